// From 320 to 1440 px and at 200 % zoom no page is wider than the window, nothing sticks out of its box, and no text is
// cut, in either language (screens.md, Looks; WCAG 1.4.4, 1.4.10): wide tables scroll within themselves.
import { issue, none, open, openAs, run } from './browser.mjs';
import { inside, outside } from './places.mjs';

// A zoom of 200 % is a window of half the CSS pixels. Without LONG=1 the narrowest of each layout.
const everyWidth = [[320, 640], [360, 740], [640, 400], [768, 1024], [1024, 768], [1280, 800], [1440, 900]];
const widths = everyWidth.filter(([width]) => process.env.LONG || [320, 640, 1024, 1280].includes(width));

const look = () => {
  const complaints = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const widest = Array.from(document.querySelectorAll('body *')).filter((one) =>
      one.getBoundingClientRect().right > root.clientWidth + 1 && !one.parentElement.closest('.scroll')).slice(0, 3);
    complaints.push(`${root.scrollWidth} px wide: ${widest.map((one) => `${one.tagName}.${one.getAttribute('class')}`).join(', ')}`);
  }
  for (const one of document.querySelectorAll('body *')) {
    if (!(one instanceof HTMLElement) || one.closest('.hide, .menu-open, .skip, .scroll[tabindex]') === one) {
      continue;
    }
    const style = getComputedStyle(one);
    const clips = (value) => value === 'hidden' || value === 'clip';
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || style.visibility === 'hidden' || one.matches('select, option, input, textarea')) {
      continue;
    }
    if ((clips(style.overflowX) && one.scrollWidth > one.clientWidth + 1) || (clips(style.overflowY) && one.scrollHeight > one.clientHeight + 1)) {
      complaints.push(`cut: ${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
    }
    // Text that sticks out of a box that does not scroll.
    const own = Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (own && one.tagName !== 'TEXTAREA' && style.display !== 'inline' && one.scrollWidth > one.clientWidth + 1 && style.overflowX === 'visible' && one.clientWidth > 0) {
      complaints.push(`sticks out: ${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)} (${one.scrollWidth} > ${one.clientWidth})`);
    }
  }
  // What stands in a box does not stick out of it.
  for (const one of document.querySelectorAll('.card *, .search *')) {
    const box = one.getBoundingClientRect();
    const around = one.closest('.card, .search').getBoundingClientRect();
    if (box.width > 1 && (box.right > around.right + 1 || box.left < around.left - 1) && !one.parentElement.closest('.scroll')) {
      complaints.push(`out of its box: ${one.tagName}.${one.getAttribute('class')}: ${one.textContent.trim().slice(0, 40)}`);
    }
  }
  // What is pressed is at least 24 px high and wide, or stands in running text (WCAG 2.5.8).
  for (const one of document.querySelectorAll('button, .button, select, input:not([type=hidden]), .menu a, .pager a, summary')) {
    const box = one.getBoundingClientRect();
    if (box.width > 1 && one.getClientRects().length > 0 && (box.height < 24 || box.width < 24) && !one.matches('.hide, .menu-open')) {
      complaints.push(`small to press: ${one.tagName} ${one.textContent.trim().slice(0, 20)} ${Math.round(box.width)}×${Math.round(box.height)}`);
    }
  }
  return complaints;
};

async function all(page, places, title) {
  for (const place of places) {
    await place.go(page);
    const complaints = [];
    for (const [width, height] of widths) {
      await page.setViewportSize({ width, height });
      complaints.push(...(await page.evaluate(look)).map((one) => `${width} px: ${one}`));
    }
    none(complaints, `${place.name}${title} fits`);
  }
}

await run(async (browser) => {
  const out = await open(browser);
  await all(out, outside, '');
  const page = await openAs(browser, 'administrator');
  await all(page, inside, '');
  // English words are longer.
  const english = await open(browser, { locale: 'en-GB' });
  await english.goto('/login?lang=en');
  await all(english, outside.slice(0, 2), ' in English');
  const person = await openAs(browser, issue('--customer', 'TC0000-00001', '--role', 'administrator', '--permanent', '--language', 'en'));
  await all(person, inside.filter((one) => !one.alike), ' in English');
  none([...out.faults, ...page.faults, ...english.faults, ...person.faults], 'nothing is wrong on the console');
});
