// With the keyboard alone: every control is reached by Tab in the order of the page, its focus can be seen, Enter does
// it, and nothing holds the focus (WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7).
import { is, issue, none, ok, open, run } from './browser.mjs';
import { enter, focused, tabTo } from './keys.mjs';

await run(async (browser) => {
  const [loginId, password] = issue('--customer', 'TC0000-00001', '--role', 'member', '--permanent');
  const page = await open(browser);
  const unseen = [];
  const walk = async (wanted, name, most) => {
    const { way, at } = await tabTo(page, wanted, most);
    for (const one of way) {
      if (!one.outlined || !one.visible || one.covered) {
        unseen.push(`${page.url()}: ${JSON.stringify(one)}`);
      }
    }
    ok(at, name, way.map((one) => one.what).join('\n'));
    return way;
  };

  await page.goto('/login');
  let way = await walk((at) => at.name === 'login_id', 'Tab reaches the user name');
  is(way[0].text, '本文へ移動', 'the first stop is the skip link');
  await page.keyboard.type(loginId);
  await walk((at) => at.name === 'password', 'then the password');
  await page.keyboard.type(password);
  await enter(page);
  is(new URL(page.url()).pathname, '/', 'Enter logs in');

  await page.keyboard.press('Tab');
  is((await focused(page)).text, '本文へ移動', 'the skip link is there on every page');
  ok((await focused(page)).visible, 'and is shown when it has the focus');
  await page.keyboard.press('Enter');
  is((await focused(page)).id, 'main', 'it leads to the main part');
  const { at: first } = await tabTo(page, () => true);
  ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'from where Tab goes on within it', JSON.stringify(first));

  await page.goto('/');
  await walk((at) => at.text === 'SIM状況一覧', 'the menu is reached');
  await enter(page);
  is(new URL(page.url()).pathname, '/sims', 'and followed');
  way = await walk((at) => at.name === 'phone', 'the search is reached');
  ok(way.length <= 16, 'without a detour', way.map((one) => one.what).join('\n'));
  await page.keyboard.type('0');
  await enter(page);
  ok(page.url().includes('phone=0'), 'Enter in a field searches');

  // ---- no trap: Tab goes through the whole page and comes out at its end, and back.
  await page.goto('/sims?size=20');
  const stops = [];
  let last = null;
  for (let turn = 0; turn < 150; turn += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (!at) {
      break;
    }
    if (!at.outlined || !at.visible || at.covered) {
      unseen.push(`${page.url()}: ${JSON.stringify(at)}`);
    }
    const where = await page.evaluate(() => Array.from(document.querySelectorAll('*')).indexOf(document.activeElement));
    stops.push(where);
    last = at;
  }
  ok(stops.length > 40 && stops.length < 150, 'Tab comes to the end of the list', `${stops.length} stops`);
  ok(stops.every((one, i) => i === 0 || stops[i - 1] < one), 'in the order of the page', stops.join(' '));
  const controls = await page.$$eval('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    (all) => all.filter((one) => one.getClientRects().length > 0 && one.tabIndex >= 0 && getComputedStyle(one).visibility !== 'hidden').length);
  is(stops.length, controls, 'every control is a stop');
  await page.keyboard.press('Shift+Tab');
  ok(last && await focused(page), 'and goes back');

  // ---- a SIM, its label, the logout
  await page.goto('/sims?size=20&state=active');
  await walk((at) => /^[A-Z]{2}\d/.test(at.text), 'a SIM is reached');
  await enter(page);
  await walk((at) => at.name === 'label', 'its label');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('キーボードだけで');
  await enter(page);
  ok(await page.isVisible('text=保存しました'), 'and saved by Enter');
  await page.goto('/');
  await walk((at) => at.text === 'ログアウト', 'the logout');
  await enter(page);
  is(new URL(page.url()).pathname, '/login', 'and out');

  // ---- the folded menu of small screens
  const small = await open(browser, { viewport: { width: 360, height: 740 } });
  await small.goto('/login');
  await small.fill('[name=login_id]', loginId);
  await small.fill('[name=password]', password);
  await Promise.all([small.waitForNavigation(), small.click('main button.primary')]);
  const { at: button } = await tabTo(small, (at) => at.id === 'menu-open', 10);
  ok(button && button.outlined, 'the menu button of a small screen is reached, and seen', JSON.stringify(button));
  ok(!await small.isVisible('.menu'), 'the menu is folded');
  await small.keyboard.press('Space');
  ok(await small.isVisible('.menu a:has-text("SIM状況一覧")'), 'Space unfolds it');
  await small.keyboard.press('Escape');
  ok(!await small.isVisible('.menu'), 'Escape folds it');
  none(unseen, 'the focus is always seen');
  none([...page.faults, ...small.faults], 'nothing is wrong on the console');
});
