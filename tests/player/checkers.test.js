// Three checkers of accessibility, none of which may find anything.
'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const axe = require('axe-core');
const pa11y = require('pa11y');
const { chromium } = require('playwright-core');
const { ARGS, CHROMIUM, open, serve } = require('./lib');

const EDITIONS = ['hewan', 'many', 'hostile', 'english'];

async function axeFinds(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations', 'incomplete'], rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } } }));
  const told = (list) => list.map((f) => `${f.id}: ${f.help}: ${f.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3).join(' | ')}`);
  return { violations: told(found.violations), incomplete: told(found.incomplete) };
}

for (const name of EDITIONS) {
  test(`axe, ${name}`, async () => {
    for (const live of [true, false]) {
      // Without script no checker runs either: the page as it is where the player does not come.
      const before = live ? undefined : () => { HTMLMediaElement.prototype.canPlayType = () => ''; };
      const page = await open(name, { before });
      if (live) {
        await page.click('#p01 h3 button');
        await page.click('summary');
      }
      const every = name === 'hewan' ? ['light', 'dark', 'contrast'] : ['light'];
      for (const colours of live ? every : ['plain']) {
        if (live) await page.check(`input[name=colours][value=${colours}]`);
        assert.deepStrictEqual(await axeFinds(page), { violations: [], incomplete: [] }, colours);
      }
      await page.context().close();
    }
  });
}

test('pa11y, WCAG 2 at level AAA', async () => {
  for (const name of ['hewan', 'hostile', 'english']) {
    const server = await serve(name);
    for (const actions of [[], ['click element #p01 h3 button', 'click element summary']]) {
      const result = await pa11y(server.url, {
        standard: 'WCAG2AAA',
        runners: ['htmlcs', 'axe'],
        includeWarnings: true,
        // “Position: fixed may require scrolling in two dimensions”: looks.test.js
        // measures that it does not.
        ignore: ['WCAG2AAA.Principle1.Guideline1_4.1_4_10.C32,C31,C33,C38,SCR34,G206'],
        actions,
        timeout: 120000,
        chromeLaunchConfig: { executablePath: CHROMIUM, args: ARGS },
      });
      assert.deepStrictEqual(result.issues.map((i) => `${i.type} ${i.code} ${i.message} ${i.context}`), [], name);
    }
    server.close();
  }
});

test('lighthouse, accessibility', async () => {
  const { default: lighthouse } = await import('lighthouse');
  const port = 9333 + (process.pid % 500);
  const chrome = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, `--remote-debugging-port=${port}`] });
  for (const name of ['hewan', 'many', 'english']) {
    const server = await serve(name);
    const { lhr } = await lighthouse(server.url, { port, onlyCategories: ['accessibility', 'best-practices'], output: 'json', logLevel: 'error' });
    assert.strictEqual(lhr.runtimeError, undefined);
    const { score, auditRefs } = lhr.categories.accessibility;
    const wrong = auditRefs.map((r) => lhr.audits[r.id]).filter((a) => a.score !== null && a.score < 1).map((a) => `${a.id}: ${a.title}`);
    assert.deepStrictEqual(wrong, [], name);
    assert.strictEqual(score, 1);
    assert.strictEqual(lhr.audits['errors-in-console'].score, 1);
    server.close();
  }
  await chrome.close();
});
