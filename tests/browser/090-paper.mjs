// On paper only what is worth paper: no menu, no search, no buttons, whole tables (screens.md, Looks).
import { is, none, ok, openAs, run } from './browser.mjs';
import { inside } from './places.mjs';

await run(async (browser) => {
  const page = await openAs(browser, 'member');
  await page.emulateMedia({ media: 'print' });
  for (const place of inside.filter((one) => ['start', 'list', 'detail'].includes(one.name))) {
    await place.go(page);
    const shown = await page.$$eval('.menu, .menu-button, .search, .pager, .downloads, .buttons, .who form, .skip',
      (all) => all.filter((one) => one.getClientRects().length > 0).map((one) => one.className));
    none(shown, `${place.name}: no controls`);
    ok(await page.isVisible('h1') && await page.isVisible('.brand'), `${place.name}: its title and the portal's name`);
    const inner = await page.$$eval('.scroll', (all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length);
    is(inner, 0, `${place.name}: tables are not cut`);
    const pdf = await page.pdf({ format: 'A4', landscape: place.name === 'list' });
    ok(pdf.length > 2000, `${place.name}: prints`);
    // A4 less the margins, at 96 px an inch: what is wider is cut.
    await page.setViewportSize({ width: place.name === 'list' ? 1046 : 718, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    is(over, 0, `${place.name}: fits the width of A4`);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  none(page.faults, 'nothing is wrong on the console');
});
