// axe-core finds no violation of WCAG 2.2 AA on any page (screens.md, Looks).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { is, none, open, openAs, run } from './browser.mjs';
import { inside, outside } from './places.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function check(page, place) {
  const answers = [];
  const note = (response) => {
    if (response.request().isNavigationRequest() && response.status() !== 303) {
      answers.push(response.status());
    }
  };
  page.on('response', note);
  await place.go(page);
  page.off('response', note);
  is(answers[answers.length - 1], place.status || 200, `${place.name} answers ${place.status || 200}`);
  // Given by the debugger's connection, which the page's policy does not concern.
  const { violations } = await page.evaluate(`(() => { ${axe}; return axe.run(document, { runOnly: ${JSON.stringify(tags)} }); })()`);
  none(violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary.replace(/\n/g, ' ').slice(0, 200)}`).join('\n  ')}`),
    `${place.name}: axe finds nothing`);
}

await run(async (browser) => {
  const out = await open(browser);
  for (const place of outside) {
    await check(out, place);
  }
  const page = await openAs(browser, 'administrator');
  for (const place of inside.filter((one) => !one.alike)) {
    await check(page, place);
  }
  // The same frame at a width where the menu is folded.
  await page.setViewportSize({ width: 360, height: 740 });
  for (const place of inside.filter((one) => ['start', 'list', 'detail'].includes(one.name))) {
    await check(page, { ...place, name: `${place.name}, narrow` });
  }
  none([...out.faults, ...page.faults], 'nothing is wrong on the console, no violation of the policy');
});
