// Without JavaScript everything works: architecture.md, "Every page works without JavaScript; script only adds".
import { is, issue, like, login, none, ok, open, run } from './browser.mjs';
import { esim } from './places.mjs';

await run(async (browser) => {
  const person = issue('--customer', 'TC0000-00001', '--role', 'administrator');
  const page = await open(browser, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
  const count = (selector) => page.locator(selector).count();

  await login(page, ...person);
  like(page.url(), /\/password$/, 'the login works');
  is(await count('.secret button'), 0, 'no button that would do nothing');
  await page.fill('[name=present]', person[1]);
  await page.fill('[name=new]', 'Mata-ashita-no-asa-8');
  await page.fill('[name=again]', 'Mata-ashita-no-asa-8');
  await press('main button.primary');
  is(new URL(page.url()).pathname, '/', 'the password change too');
  is(await page.isVisible('.menu'), false, 'the menu is folded');
  await page.click('.menu-button');
  ok(await page.isVisible('.menu'), 'its button unfolds it');
  await press('.menu a:has-text("SIM状況一覧")');
  ok(await count('.lines tbody tr') > 0, 'the list is there');
  ok(await page.isVisible('[name=phone]'), 'the conditions are unfolded');
  await page.click('.search summary');
  ok(!await page.isVisible('[name=phone]'), 'and fold');
  await page.click('.search summary');
  await page.selectOption('[name=state]', 'suspended');
  await press('.search button.primary');
  like(page.url(), /state=suspended/, 'the search works');
  ok((await page.locator('.lines tbody td.s').allTextContents()).every((state) => state.includes('一時停止中')), 'and finds what it should');
  await press('.search >> text=検索条件解除');
  await press('thead a:has-text("電話番号")');
  is(await page.getAttribute('thead th:nth-child(2)', 'aria-sort'), 'ascending', 'sorting works');
  await press('.pager a[rel=next] >> nth=0');
  like(await page.textContent('.shown'), /51-/, 'leafing works');
  await press('[aria-label=表示件数] a:has-text("20")');
  is(await count('.lines tbody tr'), 20, 'the page size works');
  if (await count('.pager form')) {
    await page.fill('.pager form [name=page] >> nth=0', '3');
    await press('.pager form button >> nth=0');
    like(await page.textContent('.shown'), /41-60/, 'the jump works');
  }
  await press('.lines tbody th a >> nth=0');
  await page.fill('[name=label]', 'スクリプトなし');
  await press('#note button.primary');
  ok(await page.isVisible('text=ラベルとメモを保存しました。'), 'the label is saved');
  await page.goto(esim());
  await press('#esim button');
  ok(await count('.qr path') === 1 && /^LPA:1\$/.test(await page.textContent('.code')), 'the activation code is revealed, with its QR');
  await press('.who button:has-text("English")');
  is(await page.getAttribute('html', 'lang'), 'en', 'the language is switched');
  await press('.who button:has-text("Log out"), .who button:has-text("Sign out")');
  is(new URL(page.url()).pathname, '/login', 'and out');
  none(page.faults, 'nothing is wrong');
});
