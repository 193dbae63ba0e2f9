// The page as a file: syntax that an old telephone reads, its policy, what it asks for.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const acorn = require('acorn');
const { folder, open, serve, sound, until } = require('./lib');

test('the script is ECMAScript 5', () => {
  const html = fs.readFileSync(path.join(folder('hewan'), 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1]);
  assert.strictEqual(scripts.length, 2);
  for (const script of scripts) acorn.parse(script, { ecmaVersion: 5 });
});

for (const name of ['hewan', 'many', 'hostile', 'english']) {
  test(`${name}: only the sound in hand is asked for, and nothing else`, async () => {
    const server = await serve(name);
    for (const url of [undefined, server.url]) {
      const page = await open(name, { url });
      await page.click('#play');
      await until(page, () => document.querySelector('#sound').currentTime > 0.3);
      const base = page.url().replace(/index\.html$/, '');
      const asked = new Set(page.asked.map((u) => u.slice(base.length)));
      assert.deepStrictEqual([...asked].filter((u) => u !== '' && u !== 'index.html'), ['audio/00.mp3']);
      assert.ok(page.asked.every((u) => u.startsWith(base)), String(page.asked));
      assert.deepStrictEqual(page.wrong, []);
      await page.context().close();
    }
    server.close();
  });
}

test('the policy forbids what is not the page’s own', async () => {
  const page = await open('hewan');
  const broken = await page.evaluate(async () => {
    const said = [];
    document.addEventListener('securitypolicyviolation', (e) => said.push(e.effectiveDirective));
    const add = (tag, fields) => document.body.appendChild(Object.assign(document.createElement(tag), fields));
    add('script', { textContent: 'window.intruder = true' });
    add('style', { textContent: 'body { color: red }' });
    add('img', { src: 'https://example.org/x.png' });
    add('audio', { src: 'https://example.org/x.mp3' });
    add('iframe', { src: 'https://example.org/' });
    await fetch('https://example.org/').catch(() => {});
    // A busy machine tells of the last one late.
    for (let waited = 0; waited < 10000 && new Set(said).size < 6; waited += 100) {
      await new Promise((done) => setTimeout(done, 100));
    }
    return { said, intruder: window.intruder };
  });
  assert.strictEqual(broken.intruder, undefined);
  for (const directive of ['script-src-elem', 'style-src-elem', 'img-src', 'media-src', 'frame-src', 'connect-src']) {
    assert.ok(broken.said.includes(directive), `${directive}: ${broken.said}`);
  }
  await page.context().close();
});

test('a page that may remember nothing plays all the same', async () => {
  const page = await open('hewan', {
    before: () => Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } }),
  });
  await page.click('#play');
  await until(page, () => document.querySelector('#sound').currentTime > 0.3);
  assert.deepStrictEqual(page.wrong, []);
  await page.context().close();
});

test('a browser without the newer interfaces plays all the same', async () => {
  const page = await open('hewan', {
    before: () => {
      delete Navigator.prototype.mediaSession;
      delete window.MediaMetadata;
      delete window.matchMedia;
      const scroll = window.scrollTo;
      window.scrollTo = (x, y) => { if (typeof x === 'object') throw new Error('old'); scroll.call(window, x, y); };
      delete Element.prototype.closest;
      delete Element.prototype.scrollIntoView;
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () { play.call(this); };
    },
    reducedMotion: 'reduce',
  });
  await page.click('#next');
  await page.click('#play');
  await until(page, () => document.querySelector('#sound').currentTime > 0.3);
  assert.strictEqual((await sound(page)).file, 'audio/01.mp3');
  assert.deepStrictEqual(page.wrong, []);
  await page.context().close();
});

test('a sound file that is missing is told, and told to a screen reader', async () => {
  const page = await open('hewan');
  await page.evaluate(() => { document.querySelector('#sound').src = 'audio/77.mp3'; });
  await until(page, () => document.querySelector('#trouble').textContent !== '');
  assert.strictEqual(await page.getAttribute('#trouble', 'role'), 'alert');
  await page.click('#next');
  await page.click('#play');
  await until(page, () => document.querySelector('#sound').currentTime > 0.2);
  assert.strictEqual(await page.textContent('#trouble'), '');
  await page.context().close();
});

test('two hundred articles open quickly and stay light', async () => {
  const page = await open('many');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.reload();
  const { metrics } = await devtools.send('Performance.getMetrics');
  const busy = metrics.find((m) => m.name === 'TaskDuration').value;
  const { elements, boxes, media } = await page.evaluate(() => ({
    elements: document.querySelectorAll('*').length,
    boxes: [...document.querySelectorAll('.text')].filter((t) => t.getClientRects().length).length,
    media: document.querySelectorAll('audio').length,
  }));
  assert.ok(elements > 2000, `${elements} elements`);
  assert.strictEqual(boxes, 1);
  assert.strictEqual(media, 1);
  assert.ok(busy < 3, `busy for ${busy} s`);
  await page.click('#p150 h3 button');
  await until(page, () => document.querySelector('#sound').currentTime > 0.2);
  assert.strictEqual((await sound(page)).file, 'audio/150.mp3');
  await page.context().close();
});

test('what the player hides is not shown first, and is shown where it does not come', async () => {
  const page = await open('hewan', { before: () => { HTMLMediaElement.prototype.canPlayType = () => ''; } });
  assert.strictEqual(await page.locator('.article audio').count(), await page.locator('.article').count());
  assert.ok(await page.locator('#p01 .text').isVisible());
  assert.ok(!(await page.locator('#bar').isVisible()));
  assert.strictEqual((await page.getAttribute('html', 'class')).trim(), '');
  await page.context().close();
});
