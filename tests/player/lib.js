// What all tests of the player need: the folder of the export, a server for it, a
// browser.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => fs.existsSync(p));
// A browser in a container has no sandbox of its own; sound must be asked for by a
// person, as everywhere.
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--autoplay-policy=user-gesture-required'];

// A machine that compiles something beside is slow.
const PATIENCE = 90000;

/** What is measured in milliseconds is measured again where the machine was busy with something else. */
async function bestOf(times, measure) {
  for (let left = times - 1; ; left -= 1) {
    try {
      await measure();
      return;
    } catch (e) {
      if (!left || e.code !== 'ERR_ASSERTION') throw e;
      console.log(`measured again: ${e.message}`);
      for (const context of browser.contexts()) await context.close();
    }
  }
}

/** The listener's folder of an edition: `hewan`, `many`, `hostile`, `english`. */
function folder(name) {
  return path.join(process.env.EDITIONS, name, 'listener');
}

function fileUrl(name) {
  return pathToFileURL(path.join(folder(name), 'index.html')).href;
}

/** A server with ranges for one folder: `{ url, close }`. */
async function serve(name) {
  const base = folder(name);
  const server = http.createServer((request, response) => {
    const at = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(base, at === '/' ? 'index.html' : at);
    if (!file.startsWith(base) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = fs.readFileSync(file);
    const type = file.endsWith('.html') ? 'text/html; charset=utf-8' : 'audio/mpeg';
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range || '');
    if (!range) {
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.length, 'accept-ranges': 'bytes' }).end(bytes);
      return;
    }
    const from = Number(range[1]);
    const to = range[2] ? Number(range[2]) : bytes.length - 1;
    response.writeHead(206, {
      'content-type': type,
      'content-length': to - from + 1,
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
    });
    response.end(bytes.subarray(from, to + 1));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  // A test that fails leaves it open.
  server.unref();
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

let browser = null;
async function launch() {
  browser = browser || (await chromium.launch({ executablePath: CHROMIUM, args: ARGS }));
  return browser;
}
async function quit() {
  if (browser) await browser.close();
  browser = null;
}

/**
 * Opens an edition's page in a context of its own; everything it asks for is kept in
 * `page.asked`, everything that goes wrong in `page.wrong`.
 */
async function open(name, { url, before, ...context } = {}) {
  const within = await (await launch()).newContext({ viewport: { width: 360, height: 640 }, ...context });
  const page = await within.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.asked = [];
  page.wrong = [];
  page.on('request', (r) => page.asked.push(r.url()));
  page.on('pageerror', (e) => page.wrong.push(e.message));
  page.on('console', (m) => m.type() === 'error' && page.wrong.push(m.text()));
  if (before) await page.addInitScript(before);
  await page.goto(url || fileUrl(name));
  return page;
}

/** The sound as it is now. */
function sound(page) {
  return page.evaluate(() => {
    const a = document.querySelector('#sound');
    return { at: a.currentTime, paused: a.paused, rate: a.playbackRate, file: a.getAttribute('src'), pitch: a.preservesPitch };
  });
}

/** Waits until something about the page is so. */
function until(page, test, arg) {
  return page.waitForFunction(test, arg, { timeout: PATIENCE, polling: 20 });
}

module.exports = { ARGS, CHROMIUM, bestOf, fileUrl, folder, launch, open, quit, serve, sound, until };
