// A page is under 60 KB in all, first view included, and is there at once: nothing moves or flashes afterwards
// (screens.md, Looks). Counted is what goes over the wire, headers too.
import { is, none, ok, open, openAs, run } from './browser.mjs';
import { inside, outside } from './places.mjs';

const most = 60 * 1024;

async function weigh(context, place) {
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.clearBrowserCache');
  let bytes = 0;
  let requests = 0;
  let late = 0;
  client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; requests += 1; });
  client.on('Network.responseReceived', (event) => {
    if (event.type === 'Font' || event.type === 'XHR' || event.type === 'Fetch') {
      late += 1;
    }
  });
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      window.shifts.push(...list.getEntries().filter((one) => !one.hadRecentInput).map((one) => one.value));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // Only the last step counts: what leads there is another page.
  await place.go(page);
  bytes = 0;
  requests = 0;
  await client.send('Network.clearBrowserCache');
  await page.reload();
  // What moves, moves in the frames after loading.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shift = await page.evaluate(() => window.shifts.reduce((all, one) => all + one, 0));
  ok(bytes > 500 && bytes <= most, `${place.name}: ${(bytes / 1024).toFixed(1)} KB in ${requests} requests`, `at most ${most / 1024} KB`);
  ok(shift < 0.02 && late === 0, `${place.name}: nothing moves or is fetched afterwards`, `shift ${shift}, ${late} late`);
  await page.close();
}

await run(async (browser) => {
  const out = await open(browser);
  await weigh(out.context(), outside.find((one) => one.name === 'login'));
  const page = await openAs(browser, 'administrator');
  for (const place of inside.filter((one) => ['start', 'list', 'detail', 'password', 'customers'].includes(one.name))) {
    await weigh(page.context(), place);
  }
  await weigh(page.context(), { name: 'list of 200', go: (one) => one.goto('/sims?size=200') });
  await weigh(page.context(), {
    name: 'list with folded conditions',
    go: async (one) => {
      await one.goto('/sims');
      await one.click('.search summary');
    },
  });

  // The second view asks for the page alone: what is hashed never changes.
  await page.goto('/');
  await page.goto('/sims');
  const sizes = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => `${one.name} ${one.transferSize}`));
  none(sizes.filter((one) => !one.endsWith(' 0') && !one.includes('favicon')), 'static files come from the cache the second time');
  is(await page.evaluate(() => document.styleSheets.length), 1, 'one style sheet');
  none([...out.faults, ...page.faults], 'nothing is wrong on the console');
});
