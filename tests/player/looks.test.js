// What is seen: nothing runs off the side, every target is large, every text has
// contrast, at every size and in every colour.
'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { open, until } = require('./lib');

const shot = (page, name) => (process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }) : null);
const SIZES = ['100', '150', '200', '300', '400'];
// A small telephone; 1280 × 1024 at 400 %; a usual telephone, and lying; a desk.
const SCREENS = [[320, 568], [320, 256], [360, 640], [640, 360], [1280, 800]];

/** Whatever reaches over the side of the screen. */
const OVER = () => {
  const wide = document.documentElement.clientWidth;
  const over = [...document.querySelectorAll('body *')].filter((e) => {
    const at = e.getBoundingClientRect();
    return at.width && at.height && (at.right > wide + 1 || at.left < -1) && e.id !== 'skip';
  });
  return { scroll: document.scrollingElement.scrollWidth - wide, over: over.map((e) => `${e.tagName}#${e.id}.${e.className} ${e.textContent.slice(0, 20)}`) };
};

/** Targets smaller than 60 px. */
const SMALL = () => [...document.querySelectorAll('button, input, summary, .current .text [data-ms], a:focus')]
  .map((e) => ({ e, at: e.getBoundingClientRect() }))
  .filter(({ at }) => at.width && (at.width < 60 || at.height < 60))
  .map(({ e, at }) => `${e.tagName}#${e.id} ${e.textContent.slice(0, 10)} ${at.width.toFixed(1)} × ${at.height.toFixed(1)}`);

/** The lowest contrast of any text, and of the ring. */
const CONTRAST = () => {
  const parse = (colour) => {
    const n = colour.match(/[\d.]+/g).map(Number);
    return { rgb: n.slice(0, 3), alpha: n.length > 3 ? n[3] : 1 };
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
      if (alpha !== 0) throw new Error('half transparent ground');
    }
    throw new Error('no ground');
  };
  const lines = [];
  for (const e of document.querySelectorAll('body, body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest('script, style')) continue;
    lines.push({ what: `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 12)}`, ratio: ratio(parse(getComputedStyle(e).color).rgb, ground(e)) });
  }
  lines.sort((a, b) => a.ratio - b.ratio);
  const style = getComputedStyle(document.documentElement);
  const button = document.querySelector('#back');
  button.focus();
  const ring = ratio(parse(getComputedStyle(button).outlineColor).rgb, ground(document.body));
  const border = ratio(parse(getComputedStyle(button).borderTopColor).rgb, ground(document.body));
  return { count: lines.length, least: lines[0], ring, border, scheme: style.colorScheme };
};

for (const name of ['hewan', 'hostile', 'english']) {
  test(`${name}: no sideways scrolling and large targets at every size`, async () => {
    const page = await open(name, { reducedMotion: 'reduce' });
    await page.click('#p01 h3 button');
    for (const [width, height] of SCREENS) {
      await page.setViewportSize({ width, height });
      for (const size of SIZES) {
        for (const unfolded of [false, true]) {
          await page.evaluate(([size, unfolded]) => {
            document.querySelector('details').open = unfolded;
            const input = document.querySelector(`input[name=size][value="${size}"]`);
            input.checked = true;
            input.dispatchEvent(new Event('change'));
          }, [size, unfolded]);
          const over = await page.evaluate(OVER);
          const at = `${width} × ${height}, ${size} %`;
          assert.deepStrictEqual(over, { scroll: 0, over: [] }, at);
          assert.deepStrictEqual(await page.evaluate(SMALL), [], at);
          if (name === 'hewan') {
            await page.evaluate(() => window.scrollTo(0, 0));
            await shot(page, `size-${width}x${height}-${size}${unfolded ? '-settings' : ''}`);
          }
        }
      }
    }
    await page.context().close();
  });
}

test('the skip link, once seen, is large', async () => {
  const page = await open('hewan');
  await page.keyboard.press('Tab');
  assert.deepStrictEqual(await page.evaluate(SMALL), []);
  await shot(page, 'skip');
  await page.context().close();
});

// The system's wishes, and each choice against them.
const COLOURS = [
  ['auto', 'light', 'no-preference'],
  ['auto', 'light', 'more'],
  ['auto', 'dark', 'no-preference'],
  ['auto', 'dark', 'more'],
  ['light', 'dark', 'more'],
  ['dark', 'light', 'more'],
  ['contrast', 'light', 'no-preference'],
];
for (const [colours, colorScheme, contrast] of COLOURS) {
  test(`colours ${colours} in a ${colorScheme} system, contrast ${contrast}`, async () => {
    const page = await open('hewan', { colorScheme, contrast });
    await page.click('summary');
    await page.check(`input[name=colours][value=${colours}]`);
    await page.click('#p01 h3 button');
    for (let i = 0; i < 6; i += 1) await page.click('#faster');
    await page.evaluate(() => { document.querySelector('#trouble').textContent = '试'; document.querySelector('#message').textContent = '试'; });
    const found = await page.evaluate(CONTRAST);
    assert.ok(found.count > 50);
    assert.ok(found.least.ratio >= 7, JSON.stringify(found));
    assert.ok(found.ring >= 3 && found.border >= 3, JSON.stringify(found));
    await page.evaluate(() => document.querySelector('#p01').scrollIntoView());
    await shot(page, `colours-${colours}-${colorScheme}-${contrast}`);
    await page.context().close();
  });
}

test('forced colours: the sentence in hand is marked in the system’s own', async () => {
  const page = await open('hewan', { forcedColors: 'active', colorScheme: 'dark' });
  await page.click('#p01 h3 button');
  await until(page, () => document.querySelector('#sound').currentTime > 0.3);
  const [now, other] = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('#p01 .text [data-ms]')];
    const ground = (e) => getComputedStyle(e).backgroundColor;
    return [ground(rows.find((r) => r.classList.contains('now'))), ground(rows.find((r) => !r.classList.contains('now')))];
  });
  assert.notStrictEqual(now, other);
  await shot(page, 'forced');
  await page.context().close();
});

test('who wants no movement gets none', async () => {
  const calls = () => { window.moves = []; window.scrollTo = (...a) => window.moves.push(typeof a[0]); };
  for (const [reducedMotion, wanted] of [['reduce', 'number'], ['no-preference', 'object']]) {
    const page = await open('hewan', { reducedMotion, before: calls });
    await page.click('#p01 h3 button');
    await page.locator('#p01 .text [data-ms]').last().evaluate((e) => e.click());
    const moves = await page.evaluate(() => window.moves);
    assert.ok(moves.length > 0 && moves.every((m) => m === wanted), `${reducedMotion}: ${moves}`);
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.strictEqual(moving, 0);
    await page.context().close();
  }
});

test('English by wish, and where the edition is English', async () => {
  const server = await require('./lib').serve('hewan');
  const asked = await open('hewan', { url: `${server.url}?lang=en` });
  assert.strictEqual(await asked.textContent('#play-word'), 'Play');
  assert.strictEqual(await asked.getAttribute('html', 'lang'), 'en');
  assert.match(await asked.textContent('#p01 .length'), /^2 minutes \d+ seconds$|^\d+ minutes/);
  assert.strictEqual(await asked.getAttribute('#p01 .length', 'lang'), 'en');
  await shot(asked, 'english-by-wish');
  await asked.context().close();
  server.close();
  const own = await open('english');
  assert.strictEqual(await own.textContent('#play-word'), 'Play');
  const chinese = await open('hewan');
  // The script says lengths as the program does.
  const before = await chinese.locator('.length').allTextContents();
  await chinese.evaluate(() => {
    for (const value of ['en', 'zh']) {
      const input = document.querySelector(`input[name=language][value=${value}]`);
      input.checked = true;
      input.dispatchEvent(new Event('change'));
    }
  });
  assert.deepStrictEqual(await chinese.locator('.length').allTextContents(), before);
  await own.context().close();
  await chinese.context().close();
});
