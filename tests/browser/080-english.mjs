// In English no Japanese word is left over, but what is data: names of customers, plans, labels, people.
import { is, issue, none, open, openAs, run, sql } from './browser.mjs';
import { inside, outside } from './places.mjs';

const japanese = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

// Texts and described attributes that hold Japanese, without elements that say to be Japanese.
const left = (page) => page.evaluate((source) => {
  const wanted = new RegExp(source);
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (element.closest('[lang=ja]') || element.closest('script, style')) {
      continue;
    }
    if (node.nodeType === 3) {
      found.push(node.textContent.trim());
    } else {
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-show', 'data-hide']) {
        found.push(node.getAttribute(name) || '');
      }
      if (node.tagName === 'INPUT' && node.type !== 'hidden') {
        found.push(node.value);
      }
    }
  }
  return found.filter((text) => wanted.test(text));
}, japanese.source);

await run(async (browser) => {
  // The portal's own name is configuration.
  const data = [['管理コンソールポータル'], ['試験 花子'], ...sql(`SELECT name FROM customer UNION SELECT name FROM project
    UNION SELECT name FROM share_group UNION SELECT name FROM account UNION SELECT label FROM line WHERE label <> ''
    UNION SELECT memo FROM line WHERE memo <> '' UNION SELECT from_text FROM line_event WHERE kind IN ('label', 'memo')
    UNION SELECT to_text FROM line_event WHERE kind IN ('label', 'memo')`), ['冷蔵車']].map(([text]) => text.replace(/\\n/g, '\n')).sort((a, b) => b.length - a.length);
  const strip = (text) => data.reduce((rest, one) => (one ? rest.split(one).join('') : rest), text.replace(/\s+/g, ' '));

  const check = async (page, place) => {
    await place.go(page);
    is(await page.getAttribute('html', 'lang'), 'en', `${place.name} says to be in English`);
    none((await left(page)).map(strip).filter((text) => japanese.test(text)), `${place.name} has no Japanese left`);
  };
  const out = await open(browser, { locale: 'en-GB' });
  await out.goto('/login?lang=en');
  for (const place of outside.filter((one) => one.name.startsWith('login'))) {
    await check(out, place);
  }
  const page = await openAs(browser, issue('--customer', 'TC0000-00001', '--role', 'administrator', '--language', 'en', '--permanent'));
  for (const place of inside.filter((one) => one.name !== 'detail-note-wrong' && !one.alike)) {
    await check(page, place);
  }
  const forced = await openAs(browser, issue('--customer', 'TC0000-00001', '--role', 'member', '--language', 'en'));
  await check(forced, { name: 'forced change', go: (one) => one.goto('/password') });
  none([...out.faults, ...page.faults, ...forced.faults], 'nothing is wrong on the console');
});
