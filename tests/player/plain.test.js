// Without script: sound bars and texts.
'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { open } = require('./lib');

test('without script every article has its sound bar and its text', async () => {
  const page = await open('hewan', { javaScriptEnabled: false });
  const articles = await page.locator('.article').count();
  assert.ok(articles >= 5);
  for (let i = 0; i < articles; i += 1) {
    const article = page.locator('.article').nth(i);
    const audio = article.locator('audio');
    assert.ok(await audio.isVisible());
    assert.strictEqual(await audio.getAttribute('src'), `audio/0${i}.mp3`);
    assert.strictEqual(await audio.getAttribute('preload'), 'none');
    assert.match(await audio.getAttribute('aria-label'), /^收听：./);
    assert.ok(await article.locator('.text').isVisible());
    assert.match(await article.locator('.length').textContent(), /^(\d+分)?(\d+秒)?$/);
  }
  for (const hidden of ['#bar', '#settings', '#skip']) assert.ok(!(await page.locator(hidden).isVisible()), hidden);
  assert.match(await page.textContent('header'), /没有运行脚本/);
  assert.ok(!page.asked.some((u) => u.endsWith('.mp3')), 'nothing is fetched before it is asked for');
  await page.setViewportSize({ width: 320, height: 568 });
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/plain.png` });
  await page.context().close();
});

test('the plain sound bar plays', async () => {
  const page = await open('hewan', { javaScriptEnabled: false });
  // The browser's own bar: focus and the space key, as anybody's.
  await page.locator('#p01 audio').focus();
  await page.keyboard.press('Space');
  await page.waitForTimeout(1500);
  assert.deepStrictEqual(page.asked.filter((u) => u.endsWith('.mp3')).map((u) => u.slice(-6)).slice(0, 1), ['01.mp3']);
  await page.context().close();
});
