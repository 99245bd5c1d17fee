// 140-first-login: the forced change: at the first login and after 90 days nothing else can be reached.
import { run, test, is, ok, like, unlike, has } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { Browser, demo, signedIn } from './lib/client.mjs';
import { links, notices, titleOf, words } from './lib/html.mjs';

const main = customerId('main');
const line = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${main}`);
const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
const pages = ['/', '/sims', '/sims.csv', `/sims/${line}`, '/customers', '/sims?state=active'];
const posts = [[`/sims/${line}`, { label: 'x', memo: '', version: 0 }], [`/sims/${esim}/esim`, {}], ['/customer', { customer_id: main }]];

async function isShutIn(browser) {
    for (const path of pages) {
        const answer = await browser.get(path);
        is([answer.status, answer.headers.location, answer.body.length], [303, '/password', 0], path);
    }
    for (const [path, fields] of posts) {
        const answer = await browser.post(path, fields);
        is([answer.status, answer.headers.location, answer.body.length], [303, '/password', 0], `POST ${path}`);
    }
}

test('6.4.1 the first login leads to the change; pages, posts and files before it too', async () => {
    const browser = new Browser();
    const who = account({ permanent: false, role: 'administrator' });
    const login = await browser.tryLogin({ ...who, next: '/sims.csv' });
    is(login.status, 303);
    await browser.get('/password');
    const before = sqlOne(`SELECT CONCAT(label, version, (SELECT COUNT(*) FROM audit WHERE action IN ('esim-reveal', 'line-note'))) FROM line WHERE id = ${line}`);
    await isShutIn(browser);
    is(sqlOne(`SELECT CONCAT(label, version, (SELECT COUNT(*) FROM audit WHERE action IN ('esim-reveal', 'line-note'))) FROM line WHERE id = ${line}`), before);
});

test('screens.md the page of the change has no menu, but the rules and the logout', async () => {
    const browser = await signedIn(account({ permanent: false }));
    const page = await browser.get('/password');
    is([page.status, titleOf(page.text)], [200, 'パスワード変更']);
    has(words(page.text), 'はじめてのログインです');
    has(words(page.text), '12文字以上、128文字以内');
    has(words(page.text), '直近5回');
    has(words(page.text), '90日');
    is(links(page.text).filter(link => link.startsWith('/') && !link.startsWith('/static') && !['/', '/favicon.ico', '/password', '/logout', '/language'].includes(link)), []);
    has(page.text, 'action="/logout"');
    for (const name of ['present', 'new', 'again'])
        like(page.text, new RegExp(`<input type="password" id="f-${name}"`));
    like(page.text, /id="f-new" name="new" autocomplete="new-password"/);
});

test('6.4.1 after the change everything is open', async () => {
    const who = account({ permanent: false });
    const browser = await signedIn(who);
    await browser.get('/password');
    const answer = await browser.post('/password', { present: who.password, new: '新しい合言葉は長いほうがよい', again: '新しい合言葉は長いほうがよい' });
    is(answer.headers.location, '/?done=password');
    const start = await browser.get(answer.headers.location);
    has(notices(start.text).join(), 'パスワードを変更しました');
    for (const path of pages)
        is((await browser.get(path)).status, 200, path);
    is((await new Browser().tryLogin({ ...who, password: '新しい合言葉は長いほうがよい' })).headers.location, '/');
});

test('one that must change may log out and switch the language', async () => {
    const browser = await signedIn(account({ permanent: false }));
    await browser.get('/password');
    is((await browser.post('/language', { language: 'en', back: '/password' })).headers.location, '/password');
    has((await browser.get('/password')).text, ' lang="en"><head>');
    is((await browser.post('/logout')).headers.location, '/login?out=1');
});

test('an unknown page is 404 for one that must change, too, and shows no menu', async () => {
    const browser = await signedIn(account({ permanent: false }));
    const page = await browser.get('/none');
    is(page.status, 404);
    unlike(page.text, /class="menu"/);
});

test("the demo's account that has never logged in is made to change (issue 2)", async () => {
    if (sqlOne(`SELECT password_own FROM account WHERE login_id = '${demo('FIRST').login}'`) === '1')
        return; // a person has used this demo already
    const browser = new Browser();
    is((await browser.tryLogin(demo('FIRST'))).status, 303);
    is((await browser.get('/')).headers.location, '/password');
});

test('6.2.10 the password is good on the 90th day, not on the 91st; then login leads to the change (domain.md, Dates)', async () => {
    const who = account();
    const browser = await signedIn(who);
    for (const [days, open] of [[89, true], [90, true], [91, false]]) {
        sql(`UPDATE account SET password_set_at = UTC_TIMESTAMP(6) - INTERVAL ${days} DAY WHERE id = ${who.id}`);
        const answer = await browser.get('/sims');
        is([answer.status, answer.headers.location], open ? [200, undefined] : [303, '/password'], `day ${days}`);
    }
    await browser.get('/password');
    await isShutIn(browser);
    has(words((await browser.get('/password')).text), '有効期間が過ぎました');
    const again = await signedIn(who);
    is((await again.get('/')).headers.location, '/password', 'at the next login too');
    await again.get('/password');
    is((await again.post('/password', { present: who.password, new: 'Fresh words every 90 days', again: 'Fresh words every 90 days' })).status, 303);
    is((await again.get('/sims')).status, 200);
});

test('the start page tells how many days the password has left', async () => {
    const who = account();
    const browser = await signedIn(who);
    sql(`UPDATE account SET password_set_at = UTC_TIMESTAMP(6) - INTERVAL 85 DAY WHERE id = ${who.id}`);
    like(words((await browser.get('/')).text), /残り5日/);
    ok(true);
});

await run();
