// screenshot.mjs [FOLDER]: pictures of the portal. Without FOLDER the README's, .readme/sims.png; with FOLDER every
// page of places.mjs at 360, 768 and 1280 px, to look through by eye after a change of views or styles.
// DEMO_ENV=var/demo.env node tests/browser/screenshot.mjs
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issue, none, ok, open, openAs, people, run, demo } from './browser.mjs';
import { inside, outside } from './places.mjs';

const folder = process.argv[2];
const only = new RegExp(process.argv[3] || '.');
const widths = (process.argv[4] || '360,768,1280').split(',').map(Number);

async function all(page, places, prefix = '') {
  for (const place of places.filter((one) => only.test(prefix + one.name))) {
    await place.go(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.screenshot({ path: join(folder, `${prefix}${place.name}-${width}.png`), fullPage: true });
    }
  }
}

async function everything(browser) {
  mkdirSync(folder, { recursive: true });
  await all(await open(browser), outside);
  await all(await openAs(browser, 'administrator'), inside);
  const forced = await openAs(browser, issue('--customer', 'TC0000-00001', '--role', 'member'));
  await all(forced, [{ name: 'forced-change', go: (page) => page.goto('/password') }]);
  const reseller = await openAs(browser, [demo.RESELLER_LOGIN, demo.RESELLER_PASSWORD]);
  await all(reseller, inside.filter((one) => ['start', 'list', 'customers'].includes(one.name)), 'reseller-');
  const viewer = await openAs(browser, [demo.VIEWER_LOGIN, demo.VIEWER_PASSWORD]);
  await all(viewer, inside.filter((one) => ['detail', 'detail-esim'].includes(one.name)), 'viewer-');
  const english = await openAs(browser, issue('--customer', 'TC0000-00001', '--role', 'member', '--language', 'en', '--permanent'));
  await all(english, inside.filter((one) => ['start', 'list', 'detail'].includes(one.name)), 'en-');
}

// 1200×750, under 150 KB.
async function readme(browser) {
  const file = join(dirname(fileURLToPath(import.meta.url)), '../../.readme/sims.png');
  mkdirSync(dirname(file), { recursive: true });
  const page = await openAs(browser, people.administrator, { viewport: { width: 1200, height: 750 } });
  // Folded, as those keep it who know their SIMs: more of the list is seen.
  await page.goto('/sims');
  await page.click('.search summary');
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement.blur());
  await page.screenshot({ path: file });
  ok(statSync(file).size <= 150 * 1024, `made ${file}, ${statSync(file).size} bytes`, 'more than 150 KB');
  none(page.faults, 'nothing is wrong on the console');
}

await run(folder ? everything : readme);
