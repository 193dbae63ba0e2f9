// The keyboard alone reaches every function, and the shortcuts are in nobody's way.
'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { open, sound, until } = require('./lib');

/** What has the focus: an id, a name, the title or sentence it is. */
const WHERE = () => {
  const e = document.activeElement;
  if (e.id) return e.id;
  if (e.type === 'radio') return `${e.name}=${e.value}`;
  if (e.dataset.ms) return `sentence ${e.dataset.ms}`;
  const box = e.closest && e.closest('.article');
  return box ? `title ${box.id}` : e.tagName;
};

/** Whether what has the focus can be seen whole, and has a ring around it. */
const SEEN = () => {
  const e = document.activeElement;
  const at = e.getBoundingClientRect();
  const bar = document.querySelector('#bar');
  const play = document.querySelector('#play');
  const mode = document.documentElement.classList;
  let room = innerHeight;
  if (mode.contains('pinned') && !bar.contains(e)) room = bar.getBoundingClientRect().top;
  if (mode.contains('one') && e !== play) room = play.getBoundingClientRect().top;
  const ring = getComputedStyle(e.type === 'radio' ? e.nextElementSibling : e).outlineStyle;
  return { whole: at.top >= -1 && at.bottom <= room + 1, ring };
};

async function walk(page, stops) {
  const found = [];
  for (let i = 0; i < stops; i += 1) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(WHERE);
    if (where === 'BODY') break;
    found.push(where);
    const seen = await page.evaluate(SEEN);
    assert.ok(seen.whole, `${where} is covered`);
    assert.notStrictEqual(seen.ring, 'none', `${where} has no ring`);
  }
  return found;
}

/** Tabs on until something has the focus. */
async function to(page, wanted) {
  for (let i = 0; i < 60; i += 1) {
    if ((await page.evaluate(WHERE)) === wanted) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${wanted}`);
}

test('the way of the Tab key', async () => {
  const keys = ['skip', 'play', 'back', 'forward', 'previous', 'next', 'slower', 'faster', 'SUMMARY'];
  const titles = ['title p00', 'sentence 0', 'title p01', 'title p02', 'title p03', 'title p04'];
  const groups = ['rest=', 'size=100', 'colours=auto', 'keys=on', 'language=zh'];
  for (const [width, height] of [[360, 640], [640, 360], [320, 568], [1280, 800], [320, 256]]) {
    const page = await open('hewan', { viewport: { width, height } });
    assert.deepStrictEqual(await walk(page, 40), [...keys, ...titles]);
    await page.evaluate(() => { document.querySelector('details').open = true; document.activeElement.blur(); });
    const unfolded = await walk(page, 40);
    assert.deepStrictEqual(unfolded.filter((w) => w.includes('=')), groups);
    await page.context().close();
  }
});

test('every function by keyboard alone', async () => {
  const page = await open('hewan');
  await to(page, 'play');
  await page.keyboard.press('Enter');
  await until(page, () => document.querySelector('#sound').currentTime > 0.3);
  await page.waitForTimeout(350);
  await page.keyboard.press('Space');
  await until(page, () => document.querySelector('#sound').paused);
  await to(page, 'next');
  await page.keyboard.press('Enter');
  assert.strictEqual((await sound(page)).file, 'audio/01.mp3');
  assert.ok((await sound(page)).paused, 'what was silent stays silent');
  await until(page, () => document.querySelector('#message').textContent.includes('住了41年'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  assert.strictEqual((await sound(page)).file, 'audio/00.mp3');
  await to(page, 'faster');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  assert.strictEqual((await sound(page)).rate, 0.9);
  await until(page, () => document.querySelector('#message').textContent === '0.9倍速度');

  // From the skip link into the text, from sentence to sentence, and hear one.
  await page.evaluate(() => document.activeElement.blur());
  await to(page, 'skip');
  await page.keyboard.press('Enter');
  assert.strictEqual(await page.evaluate(WHERE), 'sentence 0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.strictEqual(await page.locator('.text [tabindex="0"]').count(), 1);
  const ms = await page.evaluate(() => Number(document.activeElement.dataset.ms));
  assert.ok(ms > 0);
  assert.strictEqual(await page.evaluate(() => document.activeElement.getAttribute('role')), 'button');
  await page.keyboard.press('Enter');
  await until(page, (at) => { const a = document.querySelector('#sound'); return !a.paused && a.currentTime * 1000 > at; }, ms);
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  assert.strictEqual(await page.evaluate(WHERE), 'sentence 0');

  // Titles, settings.
  await to(page, 'title p02');
  await page.keyboard.press('Enter');
  await until(page, () => document.querySelector('#sound').getAttribute('src') === 'audio/02.mp3');
  await page.evaluate(() => document.activeElement.blur());
  await to(page, 'SUMMARY');
  await page.keyboard.press('Enter');
  await to(page, 'rest=');
  await page.keyboard.press('ArrowDown');
  assert.strictEqual(await page.textContent('#left'), '播完这篇就停');
  await to(page, 'size=100');
  await page.keyboard.press('ArrowRight');
  assert.strictEqual(await page.evaluate(() => document.documentElement.style.fontSize), '187.5%');
  await to(page, 'colours=auto');
  await page.keyboard.press('ArrowRight');
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('light')));
  await to(page, 'keys=on');
  await to(page, 'language=zh');
  await page.keyboard.press('ArrowRight');
  assert.strictEqual(await page.textContent('#back'), 'Back 15 s');
  assert.strictEqual(await page.getAttribute('html', 'lang'), 'en');
  assert.strictEqual(await page.getAttribute('#list', 'lang'), 'zh-CN');
  await page.keyboard.press('ArrowLeft');
  assert.strictEqual(await page.textContent('#back'), '后退15秒');
  assert.deepStrictEqual(page.wrong, []);
  await page.context().close();
});

test('the shortcuts, and switching them off', async () => {
  const page = await open('hewan');
  await page.keyboard.press('\\');
  await until(page, () => document.querySelector('#sound').currentTime > 0.3);
  await page.keyboard.press('}');
  await until(page, () => document.querySelector('#sound').getAttribute('src') === 'audio/01.mp3' && document.querySelector('#sound').currentTime > 0.2);
  await page.keyboard.press(']');
  assert.ok((await sound(page)).at > 15);
  await page.keyboard.press('[');
  assert.ok((await sound(page)).at < 10);
  await page.keyboard.press('{');
  assert.strictEqual((await sound(page)).file, 'audio/00.mp3');
  await page.keyboard.press('\\');
  assert.ok((await sound(page)).paused);
  // Letters, digits, the space bar and every combination belong to others.
  const before = JSON.stringify(await sound(page));
  for (const key of [...'abcdefghijklmnopqrstuvwxyz0123456789,', 'Space', 'Control+[', 'Alt+]', 'Meta+\\', 'ArrowLeft', 'F2']) {
    await page.keyboard.press(key);
  }
  assert.strictEqual(JSON.stringify(await sound(page)), before);
  await page.click('summary');
  await page.check('input[name=keys][value=off]');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('\\');
  await page.keyboard.press(']');
  assert.strictEqual(JSON.stringify(await sound(page)), before);
  await page.reload();
  await page.keyboard.press('\\');
  assert.ok((await sound(page)).paused, 'and they stay off');
  await page.context().close();
});

test('focus inside a text that ends goes on to the next text', async () => {
  const page = await open('hewan');
  await page.evaluate(() => document.querySelector('#skip').focus());
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await until(page, () => document.querySelector('#sound').getAttribute('src') === 'audio/01.mp3');
  assert.strictEqual(await page.evaluate(WHERE), 'sentence 0');
  assert.ok(await page.evaluate(() => !!document.activeElement.closest('#p01')));
  await page.context().close();
});
