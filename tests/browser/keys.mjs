// keys.mjs: walking through a page with the keyboard alone.

export const focused = (page) => page.evaluate(() => {
  const at = document.activeElement;
  if (!at || at === document.body) {
    return null;
  }
  const box = at.getBoundingClientRect();
  const shown = at.id === 'menu-open' && at.nextElementSibling ? at.nextElementSibling : at;
  const style = getComputedStyle(shown);
  const seen = shown.getBoundingClientRect();
  const over = document.elementFromPoint(seen.left + Math.min(4, seen.width / 2), seen.top + Math.min(4, seen.height / 2));
  return {
    what: `${at.tagName.toLowerCase()} ${at.name || at.textContent.trim().slice(0, 24)}`,
    id: at.id,
    name: at.name || '',
    text: at.textContent.trim(),
    top: box.top,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    visible: seen.width > 0 && seen.height > 0 && seen.bottom > 0 && seen.top < window.innerHeight,
    // A sticky head must not hide what has the focus (2.4.11).
    covered: Boolean(over) && !shown.contains(over) && !over.contains(shown),
  };
});

// Tab until `wanted` says yes; gives every stop on the way, the last being the wanted one, or null.
export async function tabTo(page, wanted, most = 120, key = 'Tab') {
  const way = [];
  for (let turn = 0; turn < most; turn += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at) {
      way.push(at);
      if (wanted(at)) {
        return { way, at };
      }
    }
  }
  return { way, at: null };
}

export const enter = (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
