// Playing: it goes on, remembers, rests, and obeys the lock screen.
'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { open, serve, sound, until } = require('./lib');

const PLAYING = () => document.querySelector('#sound').currentTime > 0.3;

async function started(options) {
  const page = await open('hewan', options);
  await page.click('#play');
  await until(page, PLAYING);
  return page;
}

/** Goes to the last sentence of the article in hand, by a tap on it. */
async function toLastSentence(page) {
  await page.locator('.current .text [data-ms]').last().click();
}

test('play and pause, from a file and from a server', async () => {
  const server = await serve('hewan');
  for (const url of [undefined, server.url]) {
    const page = await started({ url });
    assert.strictEqual(await page.textContent('#play'), '暂停');
    const run = await page.evaluate(() => new Promise((done) => {
      const audio = document.querySelector('#sound');
      const [at, clock] = [audio.currentTime, performance.now()];
      setTimeout(() => done((audio.currentTime - at) / ((performance.now() - clock) / 1000)), 1500);
    }));
    assert.ok(Math.abs(run - 1) < 0.3, `${run} s a second`);
    await page.click('#play');
    assert.ok((await sound(page)).paused);
    assert.strictEqual(await page.textContent('#play'), '播放');
    await page.context().close();
  }
  server.close();
});

test('a second press by a shaking hand is none', async () => {
  // On a busy machine the first press itself may take longer than a hand shakes.
  for (let turn = 0; turn < 5; turn += 1) {
    const page = await started();
    await page.waitForTimeout(350);
    const took = await page.evaluate(() => {
      const next = document.querySelector('#next');
      const start = performance.now();
      next.click();
      const pressed = performance.now() - start;
      next.click();
      return pressed;
    });
    const { file } = await sound(page);
    await page.context().close();
    if (took < 200) {
      assert.strictEqual(file, 'audio/01.mp3');
      return;
    }
  }
  assert.fail('no press was quick enough to tell');
});

test('one article goes over into the next by itself, and the last one ends', async () => {
  const page = await started();
  await toLastSentence(page);
  await page.click('#faster');
  await until(page, () => document.querySelector('#sound').getAttribute('src') === 'audio/01.mp3' && document.querySelector('#sound').currentTime > 0.3);
  assert.ok(!(await sound(page)).paused);
  assert.strictEqual((await sound(page)).rate, 1.1, 'the speed goes over too');
  assert.strictEqual(await page.getAttribute('.current h3 button', 'aria-current'), 'true');
  assert.strictEqual(await page.locator('[aria-current]').count(), 2, 'one title, one sentence');
  await page.locator('.article').last().locator('h3 button').click();
  await toLastSentence(page);
  await until(page, () => document.querySelector('#message').textContent.includes('全部播完了'));
  assert.ok((await sound(page)).paused);
  assert.strictEqual(await page.textContent('#play'), '播放');
  await page.waitForTimeout(350);
  await page.click('#play');
  await until(page, PLAYING);
  assert.strictEqual((await sound(page)).file, 'audio/00.mp3');
  await page.context().close();
});

test('the keys do what they say', async () => {
  const page = await started();
  await page.click('#next');
  await until(page, PLAYING);
  assert.strictEqual((await sound(page)).file, 'audio/01.mp3');
  await page.click('#play');
  const before = (await sound(page)).at;
  await page.click('#forward');
  await page.click('#forward');
  const later = (await sound(page)).at;
  assert.ok(Math.abs(later - before - 30) < 0.1, `${before} → ${later}`);
  await until(page, () => /^3\d秒$/.test(document.querySelector('#message').textContent));
  await page.click('#back');
  assert.ok(Math.abs((await sound(page)).at - later + 15) < 0.1);
  // On a fast machine this is within the time in which a second press is none.
  await page.waitForTimeout(350);
  await page.click('#play');
  await page.click('#slower');
  assert.strictEqual((await sound(page)).rate, 0.9);
  assert.strictEqual((await sound(page)).pitch, true);
  assert.strictEqual(await page.textContent('#pace'), '0.9倍速度');
  await page.evaluate(() => { for (let i = 0; i < 12; i += 1) document.querySelector('#slower').click(); });
  assert.strictEqual((await sound(page)).rate, 0.5);
  assert.strictEqual(await page.getAttribute('#slower', 'aria-disabled'), 'true');
  await page.click('#previous');
  await until(page, PLAYING);
  assert.strictEqual((await sound(page)).file, 'audio/00.mp3');
  await page.waitForTimeout(350);
  await page.click('#previous');
  await until(page, () => document.querySelector('#message').textContent !== '');
  assert.ok((await sound(page)).at < 1);
  assert.deepStrictEqual(page.wrong, []);
  await page.context().close();
});

test('it remembers place and speed of this edition', async () => {
  const server = await serve('hewan');
  for (const url of [undefined, server.url]) {
    const page = await started({ url });
    await page.click('#p02 h3 button');
    await page.locator('#p02 .text [data-ms]').nth(6).click();
    await page.click('#faster');
    await page.waitForTimeout(1500);
    const left = await sound(page);
    await page.reload();
    await until(page, () => document.querySelector('#sound').readyState > 0 && document.querySelector('#sound').currentTime > 1);
    const back = await sound(page);
    assert.ok(back.paused && back.file === 'audio/02.mp3', JSON.stringify(back));
    assert.ok(left.at - back.at < 4 && left.at - back.at > 0.5, `${left.at} → ${back.at}`);
    assert.match(await page.textContent('#message'), /上次听到第2篇/);
    await page.click('#play');
    await until(page, (at) => document.querySelector('#sound').currentTime > at + 0.3, back.at);
    assert.strictEqual((await sound(page)).rate, 1.1);
    // It is kept under the edition's own name.
    const book = await page.getAttribute('body', 'data-book');
    const keys = await page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('urn:uuid:')));
    assert.deepStrictEqual(keys, [`tingbao.${book}`]);
    await page.context().close();
  }
  server.close();
});

test('the sleep timer stops after its minutes, and after the article', async () => {
  const page = await started();
  await page.click('summary');
  await page.check('input[name=rest][value="30"]');
  assert.strictEqual(await page.textContent('#left'), '30分钟后停');
  await page.evaluate(() => { const clock = Date.now; Date.now = () => clock() + 29.5 * 60000; });
  await until(page, () => document.querySelector('#left').textContent === '1分钟后停');
  assert.ok(!(await sound(page)).paused);
  await page.evaluate(() => { const clock = Date.now; Date.now = () => clock() + 60000; });
  await until(page, () => document.querySelector('#sound').paused);
  assert.strictEqual(await page.textContent('#left'), '定时已到，停了');
  assert.ok(await page.isChecked('input[name=rest][value=""]'));
  assert.strictEqual(await page.textContent('#message'), '', 'nobody is woken by a live region');
  await page.check('input[name=rest][value="article"]');
  await page.click('#play');
  await toLastSentence(page);
  await until(page, () => document.querySelector('#sound').getAttribute('src') === 'audio/01.mp3');
  await page.waitForTimeout(300);
  assert.ok((await sound(page)).paused);
  await page.context().close();
});

test('lock screen and headset', async () => {
  const page = await started({
    before: () => {
      window.handlers = {};
      navigator.mediaSession.setActionHandler = (action, handler) => { window.handlers[action] = handler; };
    },
  });
  const actions = ['nexttrack', 'pause', 'play', 'previoustrack', 'seekbackward', 'seekforward', 'seekto', 'stop'];
  assert.deepStrictEqual((await page.evaluate(() => Object.keys(window.handlers))).sort(), actions);
  await page.evaluate(() => window.handlers.pause());
  assert.ok((await sound(page)).paused);
  assert.strictEqual(await page.evaluate(() => navigator.mediaSession.playbackState), 'paused');
  await page.evaluate(() => window.handlers.play());
  await page.evaluate(() => window.handlers.nexttrack());
  await until(page, PLAYING);
  assert.strictEqual((await sound(page)).file, 'audio/01.mp3');
  const title = await page.textContent('#p01 .name');
  assert.strictEqual(await page.evaluate(() => navigator.mediaSession.metadata.title), title);
  await page.evaluate(() => window.handlers.seekto({ seekTime: 40 }));
  const { at } = await sound(page);
  assert.ok(at > 39.9 && at < 45, String(at));
  await page.evaluate(() => window.handlers.seekforward({}));
  await page.evaluate(() => window.handlers.seekbackward({}));
  await page.evaluate(() => window.handlers.previoustrack());
  assert.strictEqual((await sound(page)).file, 'audio/00.mp3');
  await page.context().close();
});
