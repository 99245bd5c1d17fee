// The first day of a new person, in Japanese, from the first login to the logout: issue point 5 and 6, screens.md.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { demo, is, issue, like, login, none, ok, open, run, work } from './browser.mjs';

const fresh = 'Aozora-to-umi-no-iro-7';
const rows = '.lines tbody tr';

await run(async (browser) => {
  const page = await open(browser, { acceptDownloads: true });
  const heading = () => page.textContent('h1');
  const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

  // The demo's own first-time account, unless an earlier run on the same demo has used it up.
  let person = [demo.FIRST_LOGIN, demo.FIRST_PASSWORD];
  await login(page, ...person);
  if (!page.url().endsWith('/password')) {
    person = issue('--customer', 'TC0000-00001', '--role', 'member', '--email', 'shinki@test.example');
    await page.context().clearCookies();
    await login(page, ...person);
  }

  // ---- the forced change
  like(page.url(), /\/password$/, 'the first login leads to the password change');
  is(await page.getAttribute('html', 'lang'), 'ja', 'in Japanese');
  is(await heading(), 'パスワード変更', 'titled パスワード変更');
  is(await page.locator('.menu').count(), 0, 'there is no menu before the change');
  ok(await page.isVisible('text=ログアウト'), 'but a logout');
  ok(await page.isVisible('text=12文字以上'), 'the rules are said beforehand');
  await page.goto('/sims');
  like(page.url(), /\/password$/, 'another address leads back to the change');
  await page.fill('[name=present]', person[1]);
  await page.fill('[name=new]', 'password1234');
  await page.fill('[name=again]', 'password1234');
  await press('main button.primary');
  is(await page.textContent('#e-new'), '推測されやすいパスワードです。別のものにしてください。', 'a common password is refused at its field');
  is(await page.inputValue('[name=new]'), '', 'and no password is sent back');
  await page.fill('[name=present]', person[1]);
  await page.fill('[name=new]', fresh);
  await page.fill('[name=again]', fresh);
  await press('main button.primary');
  is(new URL(page.url()).pathname, '/', 'after the change comes the start page');
  ok(await page.isVisible('text=パスワードを変更しました。'), 'which says that the password is changed');

  // ---- the start page
  is(await heading(), 'スタートページ', 'titled スタートページ');
  const total = Number((await page.textContent('h2 small')).replace(/\D/g, ''));
  const counts = await page.$$eval('.counts a[href^="/sims"]', (all) => all.map((one) =>
    [one.querySelector('b').textContent, Number(one.querySelector('strong').textContent.replace(/,/g, ''))]));
  const sum = counts.filter(([state]) => state !== '速度制限中').reduce((all, [, n]) => all + n, 0);
  is(sum, total, 'the counts of the states add up to all SIMs');
  const [, suspended] = counts.find(([state]) => state === '一時停止中');
  await press('.counts a:has-text("一時停止中")');
  like(await page.textContent('.found'), new RegExp(`合計 ${suspended} 件が検索されました`), 'a count leads to the list of just these');
  is(await page.inputValue('[name=state]'), 'suspended', 'with the condition set');

  // ---- list and search
  await press('.menu a:has-text("SIM状況一覧")');
  is(await heading(), 'SIM状況一覧', 'the menu leads to SIM状況一覧');
  is(await page.locator(rows).count(), 50, 'of 50 rows');
  await page.fill('[name=label]', 'ﾚｲｿﾞｳｼｬ');
  await press('.search button.primary');
  ok(await page.isVisible('text=条件に合うSIMはありません。') || await page.locator(rows).count() > 0, 'half-width kana are taken');
  await page.fill('[name=label]', '冷蔵車');
  await press('.search button.primary');
  like(page.url(), /[?&]label=/, 'the condition stands in the address');
  const labels = await page.$$eval(`${rows} td small`, (all) => all.map((one) => one.textContent));
  ok(labels.length > 0 && labels.every((label) => label.includes('冷蔵車')), 'and all found labels hold the word', labels);
  await page.fill('[name=label]', '');
  await page.fill('[name=phone]', '99999');
  await press('.search button.primary');
  ok(await page.isVisible('text=条件に合うSIMはありません。'), 'nothing found is said');
  ok(await page.isVisible('.empty >> text=検索条件解除'), 'with what to do');
  await page.goBack();
  is(await page.inputValue('[name=label]'), '冷蔵車', 'the back button leads to the search before');
  await press('.search >> text=検索条件解除');
  is(await page.inputValue('[name=label]'), '', '検索条件解除 takes the conditions away');

  // ---- sort and pager
  const column = (n) => page.$$eval(rows, (all, at) => all.map((row) => row.children[at].firstChild.textContent), n);
  await press('thead a:has-text("残容量")');
  is(await page.getAttribute('thead th:nth-child(6)', 'aria-sort'), 'ascending', 'a column sorts');
  let left = (await column(5)).map(Number);
  ok(left.every((one, i) => i === 0 || left[i - 1] <= one), 'upwards', left);
  await press('thead a:has-text("残容量")');
  is(await page.getAttribute('thead th:nth-child(6)', 'aria-sort'), 'descending', 'and the other way');
  left = (await column(5)).map(Number);
  ok(left.every((one, i) => i === 0 || left[i - 1] >= one), 'downwards', left);
  await press('thead a:has-text("SIM製造番号")');
  await press('[aria-label=表示件数] a:has-text("20")');
  const seen = new Set();
  for (let turn = 0; turn < 20; turn += 1) {
    for (const serial of await page.$$eval(`${rows} th`, (all) => all.map((one) => one.textContent))) {
      seen.add(serial);
    }
    if (await page.locator('.pager a[rel=next]').count() === 0) {
      break;
    }
    await press('.pager a[rel=next] >> nth=0');
  }
  is(seen.size, total, '次へ leads through all SIMs, none twice');
  await press('.pager a[rel=prev] >> nth=0');
  like(await page.textContent('.shown'), new RegExp(`${total}件中\\d+-\\d+件目を表示`), '前へ leads back, and the page says where it is');

  // ---- detail
  const serial = await page.textContent(`${rows}:first-child th`);
  await press(`${rows}:first-child th a`);
  is(await heading(), 'SIM詳細', 'a serial leads to SIM詳細');
  ok((await page.textContent('main')).includes(serial), 'of that SIM');
  const label = `窓口用 ${process.pid} <b>"&'`;
  await page.fill('[name=label]', label);
  await page.fill('[name=memo]', '一行目\n二行目');
  await press('#note button.primary');
  ok(await page.isVisible('text=ラベルとメモを保存しました。'), 'label and memo are saved');
  is(await page.inputValue('[name=label]'), label, 'the label is kept as it was typed');
  is(await page.inputValue('[name=memo]'), '一行目\n二行目', 'the memo with its lines');
  await page.reload();
  is(await page.inputValue('[name=label]'), label, 'also when looked at again');
  ok((await page.textContent('main')).includes('新規 一郎') || (await page.textContent('main')).includes('試験 花子') ||
    (await page.textContent('main')).includes(person[0]), 'the history says who it was');
  await press('text=一覧へ戻る');
  is(await heading(), 'SIM状況一覧', 'and back to the list');
  await page.fill('[name=label]', `窓口用 ${process.pid}`);
  await press('.search button.primary');
  is(await page.locator(rows).count(), 1, 'the label is found at once');

  // ---- download
  await page.goto('/sims?state=suspended');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.downloads a >> nth=0')]);
  const file = join(work, 'found.csv');
  await download.saveAs(file);
  const csv = readFileSync(file);
  is(csv.subarray(0, 3).toString('hex'), 'efbbbf', 'the CSV has a BOM');
  const lines = csv.toString('utf8').trim().split('\r\n');
  is(lines.length, suspended + 1, 'a head and the found SIMs');
  ok(lines[0].includes('SIM製造番号') && lines[0].includes('電話番号'), 'the head names the columns', lines[0]);
  like(download.suggestedFilename(), /\.csv$/, 'its name ends with .csv');

  // ---- language
  await press('.who button:has-text("English")');
  is(await page.getAttribute('html', 'lang'), 'en', 'the language is switched at once');
  is(new URL(page.url()).pathname, '/sims', 'on the same page');
  like(page.url(), /state=suspended/, 'with the same conditions');
  await press('.who button:has-text("日本語")');
  is(await page.getAttribute('html', 'lang'), 'ja', 'and back');

  // ---- logout
  await press('.who button:has-text("ログアウト")');
  is(new URL(page.url()).pathname, '/login', 'ログアウト leads to the login');
  ok(await page.isVisible('text=ログアウトしました。'), 'which says so');
  await page.goto('/sims');
  is(new URL(page.url()).pathname, '/login', 'nothing can be seen any more');
  await login(page, person[0], person[1]);
  ok(new URL(page.url()).pathname === '/login', 'the initial password is no longer good');
  await login(page, person[0], fresh);
  is(new URL(page.url()).pathname, '/', 'the new one is');
  ok(readdirSync(join(demo.MAIL_DIR, 'new')).length > 0, 'a login sends a mail');
  none(page.faults, 'nothing is wrong on the console');
});
