// What a browser keeps: nothing (security.md 6.2.6-7, 7.4.1, 7.4.4, 14.2.1, 14.3.1-3).
import { demo, is, issue, like, login, none, ok, open, openAs, run } from './browser.mjs';
import { esim, inside } from './places.mjs';

await run(async (browser) => {
  // ---- the fields of secrets
  const page = await open(browser);
  const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
  await page.goto('/login');
  is(await page.getAttribute('[name=password]', 'type'), 'password', 'the password is typed unseen');
  is(await page.getAttribute('[name=password]', 'autocomplete'), 'current-password', 'managers know it as the present one');
  is(await page.getAttribute('[name=login_id]', 'autocomplete'), 'username', 'and the user name');
  is(await page.getAttribute('[name=password]', 'maxlength'), null, 'nothing cuts a password that is pasted');
  await page.fill('[name=login_id]', demo.ADMIN_LOGIN);
  await page.focus('[name=password]');
  const wrong = 'あいう long passphrase 123';
  await page.keyboard.insertText(wrong);
  is(await page.inputValue('[name=password]'), wrong, 'pasting is allowed');
  await page.click('.secret button');
  is(await page.getAttribute('[name=password]', 'type'), 'text', '表示 shows it');
  is(await page.textContent('.secret button'), '隠す', 'and then says 隠す');
  await press('main button.primary');
  is(await page.getAttribute('[name=password]', 'type'), 'password', 'a shown password is unseen again after sending');
  is(await page.inputValue('[name=password]'), '', 'and not sent back');
  is(await page.inputValue('[name=login_id]'), demo.ADMIN_LOGIN, 'the user name is');
  is(await page.evaluate(() => document.activeElement.id), 'errors', 'the focus is on what went wrong');

  const person = issue('--customer', 'TC0000-00001', '--role', 'administrator', '--permanent');
  await login(page, ...person);
  await page.goto('/password');
  is(await page.$$eval('input[type=password]', (all) => all.map((one) => one.autocomplete).join(' ')),
    'current-password new-password new-password', 'the change names its fields to managers');
  is(await page.getAttribute('main input[autocomplete=username]', 'value'), person[0], 'and the account they belong to');
  const described = await page.$$eval('main input:not([type=hidden]):not([aria-hidden])', (all) => all.map((one) => Boolean(one.labels.length)));
  ok(described.every(Boolean), 'every field has a label');

  // ---- what is kept
  const [cookie] = (await page.context().cookies()).filter((one) => one.name === '__Host-simportal');
  ok(cookie && cookie.name.startsWith('__Host-') && cookie.httpOnly && cookie.secure && cookie.sameSite === 'Lax', 'the cookie is __Host-, HttpOnly, Secure, Lax', JSON.stringify({ ...cookie, value: '' }));
  is(await page.evaluate(() => document.cookie), '', 'no script sees a cookie');
  const urls = [];
  page.on('request', (request) => urls.push(request.url()));
  for (const place of inside.filter((one) => ['start', 'list', 'list-label', 'detail', 'esim', 'customers'].includes(one.name))) {
    await place.go(page);
  }
  const code = await (async () => {
    await page.goto(esim());
    ok(!(await page.content()).includes('LPA:'), 'the activation code is masked until asked for');
    await press('#esim button');
    return page.textContent('.code');
  })();
  like(code, /^LPA:1\$/, 'and then shown');
  await page.goto('/sims');
  await page.click('.search summary');
  const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]));
  is(kept, '[[],[]]', 'the storage holds nothing');
  is(await page.evaluate(() => document.cookie), '__Host-simportal-folded=line-list', 'scripts see one cookie: that the search is folded');
  await page.reload();
  ok(!await page.isVisible('[name=phone]'), 'it stays folded');
  await page.goto('/sims?phone=abc');
  ok(await page.isVisible('[name=phone]'), 'unless something in it is at fault');
  await page.goto('/sims');
  await page.click('.search summary');
  await page.reload();
  ok(await page.isVisible('[name=phone]') && await page.evaluate(() => document.cookie) === '__Host-simportal-folded=', 'and is unfolded for good as well');
  const token = await page.getAttribute('[name=csrf]', 'value');
  ok(token && !urls.some((url) => url.includes(token) || url.includes(cookie.value) || url.includes('LPA')), 'no secret stands in an address');
  is(await page.evaluate(() => navigator.serviceWorker ? navigator.serviceWorker.getRegistrations().then((all) => all.length) : 0), 0, 'no service worker');

  // ---- logout on every page, and what the back button shows after it
  const without = [];
  for (const place of inside) {
    await place.go(page);
    if (await page.locator('.who form[action="/logout"] button').count() !== 1) {
      without.push(place.name);
    }
  }
  none(without, 'the logout is on every page');
  await page.goto('/sims');
  await page.click('.search summary');
  const serial = await page.textContent('.lines tbody th >> nth=0');
  await press('.lines tbody th a >> nth=0');
  await press('.who form[action="/logout"] button');
  for (let turn = 0; turn < 3; turn += 1) {
    await page.goBack().catch(() => null);
    ok(!(await page.content()).includes(serial), `after the logout the back button shows no data (${turn + 1})`);
  }
  await page.goto('/login');
  is(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, 'the logout empties the storage');
  is((await page.context().cookies()).filter((one) => one.name === cookie.name && one.value === cookie.value).length, 0, 'and takes the cookie');

  // ---- the session's end
  const other = await openAs(browser, person);
  await other.goto('/sims?state=active&size=20');
  await other.context().clearCookies();
  await other.reload();
  is(new URL(other.url()).pathname, '/login', 'without a session comes the login');
  await other.fill('[name=login_id]', person[0]);
  await other.fill('[name=password]', person[1]);
  await Promise.all([other.waitForNavigation(), other.click('main button.primary')]);
  like(other.url(), /\/sims\?state=active&size=20$/, 'and after it the page that was asked for');
  none([...page.faults, ...other.faults], 'nothing is wrong on the console');
});
