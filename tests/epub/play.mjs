// Plays an EPUB from its first sentence to its last in foliate-js, a reading
// program's engine, in Chromium, and tells as JSON which sentence was highlighted
// when.
//   node play.mjs BOOK.epub [PICTURE.png]
// TINGBAO_CHROMIUM names the browser's program.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, normalize } from 'node:path'
import { chromium } from 'playwright-core'

const [book, picture] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const engine = dirname(require.resolve('foliate-js/view.js'))
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }
// How much faster than life it plays; 16 is what the browser allows.
const RATE = 16

const PAGE = `<!DOCTYPE html><meta charset="utf-8"><title>play</title>
<style>html, body, foliate-view { margin: 0; width: 100%; height: 100vh; display: block }</style>
<script>
// The browser tells the time four times a second, which at this rate would step
// over short sentences: here it is told all the time.
const Plain = window.Audio
window.sounds = []
window.Audio = function (src) {
    const audio = new Plain(src)
    audio.preservesPitch = false
    window.sounds.push(audio)
    const timer = setInterval(() => {
        if (audio.ended) clearInterval(timer)
        else if (!audio.paused && !audio.seeking) audio.dispatchEvent(new Event('timeupdate'))
    }, 5)
    return audio
}
</script>
<script type="module">
import '/engine/view.js'
window.errors = []
window.heard = []   // what the engine says it highlights
window.shown = []   // what has the class in the page
window.done = false
const view = document.createElement('foliate-view')
document.body.append(view)
window.begin = async () => {
    const file = new File([await (await fetch('/book.epub')).blob()], 'book.epub')
    await view.open(file)
    const overlay = view.mediaOverlay
    const active = view.book.media.activeClass
    const playing = view.book.media.playbackActiveClass
    overlay.addEventListener('error', e => window.errors.push(String(e.detail)))
    overlay.addEventListener('highlight', e => {
        const sound = window.sounds.at(-1)
        const { text, begin, end } = e.detail
        if (window.heard.at(-1)?.text === text) return
        // A page is turned in its own time, however fast the sound is.
        sound.playbackRate = 0.25
        window.heard.push({ text, begin, end, at: sound.currentTime, length: sound.duration })
    })
    const look = () => {
        for (const { doc, index } of view.renderer.getContents()) {
            const marked = [...doc.querySelectorAll('.' + CSS.escape(active))]
            const ids = marked.map(e => e.id).join(' ')
            if (ids && ids !== window.shown.at(-1)?.ids) {
                const style = doc.defaultView.getComputedStyle(marked[0])
                window.shown.push({ ids, index, text: marked[0].textContent,
                    background: style.backgroundColor, color: style.color,
                    playing: doc.documentElement.classList.contains(playing) })
            }
        }
        const sound = window.sounds.at(-1)
        const wanted = window.heard.at(-1)?.text.split('#')[1]
        if (sound && wanted === window.shown.at(-1)?.ids) sound.playbackRate = ${RATE}
        if (!window.done) setTimeout(look, 4)
    }
    look()
    const sections = view.book.sections
    const first = sections.findIndex(s => s.linear !== 'no')
    const last = sections.findLastIndex(s => s.mediaOverlay)
    await view.goTo(first)
    // At the end of the last clip the engine stops: nothing follows it.
    const check = setInterval(() => {
        const sound = window.sounds.at(-1)
        const { text, end } = window.heard.at(-1) ?? {}
        if (sound?.paused && sound.currentTime > end - 0.02 && text.split('#')[0] === sections[last].id) {
            clearInterval(check)
            window.done = true
        }
    }, 50)
    await view.startMediaOverlay()
    return { sections: sections.map(s => ({ id: s.id, linear: s.linear })), first }
}
window.ready = true
</script>`

const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    try {
        const [type, body] = path === '/' ? ['text/html', PAGE]
            : path === '/book.epub' ? ['application/epub+zip', await readFile(book)]
            : path.startsWith('/engine/')
                ? [TYPES[extname(path)] ?? 'application/octet-stream', await readFile(join(engine, path.slice(8)))]
                : [null, null]
        response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' })
        response.end(body ?? '')
    } catch {
        response.writeHead(404).end()
    }
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address()

const browser = await chromium.launch({
    executablePath: process.env.TINGBAO_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
})
const page = await browser.newPage({ viewport: { width: 480, height: 800 } })
const strangers = []
const messages = []
page.on('request', r => {
    const { protocol, host } = new URL(r.url())
    if (protocol !== 'blob:' && protocol !== 'data:' && host !== `127.0.0.1:${port}`) strangers.push(r.url())
})
page.on('pageerror', e => messages.push(String(e)))
await page.goto(`http://127.0.0.1:${port}/`)
await page.waitForFunction(() => window.ready)
const opened = await page.evaluate(() => window.begin())
if (picture) {
    await page.waitForFunction(() => window.shown.length >= 6, null, { timeout: 60_000 })
    await page.screenshot({ path: picture })
}
await page.waitForFunction(() => window.done, null, { timeout: 600_000 })
const result = await page.evaluate(() => ({ heard: window.heard, shown: window.shown, errors: window.errors }))
await browser.close()
server.close()
console.log(JSON.stringify({ ...opened, ...result, strangers, messages }))
