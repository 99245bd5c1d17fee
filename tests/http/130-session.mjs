// 130-session: a session from login to its end: the cookie, its token, its limits of time, what ends it.
import { run, test, is, ok, like, unlike, has, expectLog } from './lib/tap.mjs';
import { account, ctl, customerId, digest, sql, sqlOne } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { notices } from './lib/html.mjs';

expectLog(/"event":"refused","why":"csrf"/);
expectLog(/"event":"login-failed"/);

const session = browser => sqlOne(`SELECT id FROM session WHERE token_digest = UNHEX('${digest(browser.token)}')`);
const isOut = async (browser, what) => like((await browser.get('/sims')).headers.location, /^\/login\?/, what);
const isIn = async (browser, what) => is((await browser.get('/sims')).status, 200, what);

test('3.3.1-4 cookies are __Host-, Secure, HttpOnly, SameSite=Lax, Path=/, and end with the browser', async () => {
    const browser = new Browser();
    const who = account();
    const set = [...(await browser.get('/login')).headers['set-cookie'], ...(await browser.tryLogin(who)).headers['set-cookie']];
    is(set.map(line => line.split('=')[0]), ['__Host-simportal-visit', '__Host-simportal']);
    for (const line of set) {
        is(line.split('; ').slice(1, 5), ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']);
        unlike(line, /Domain|Expires/i);
    }
    unlike(set[1], /Max-Age/);
});

test('7.2.2, 7.2.4 each login has a new token of 128 bits and more; one that was sent along is not taken up', async () => {
    const who = account();
    const first = await signedIn(who);
    const second = await signedIn(who);
    ok(first.token !== second.token);
    ok(Buffer.from(first.token, 'base64url').length >= 16);
    const fixed = new Browser();
    fixed.cookies.set('__Host-simportal', 'A'.repeat(43));
    await fixed.tryLogin(who);
    ok(fixed.token !== 'A'.repeat(43));
    is(sqlOne(`SELECT COUNT(*) FROM session WHERE token_digest = UNHEX('${digest('A'.repeat(43))}')`), '0');
});

test('7.2.4 a login on top of a session ends that one, whoever it was; a failed one leaves it', async () => {
    for (const next of [account(), null]) {
        const who = account();
        const browser = await signedIn(who);
        const old = new Browser();
        old.cookies = new Map(browser.cookies);
        await browser.post('/login', { login_id: who.login, password: 'wrong wrong wrong' });
        await isIn(old, 'after a failed one');
        const { login, password } = next ?? who;
        is((await browser.post('/login', { login_id: login, password })).status, 303);
        await isOut(old, 'the one before');
        await isIn(browser, 'the new one');
    }
});

test('7.2.1 tokens that are none: malformed, doubled, unknown, the digest itself', async () => {
    const browser = await signedIn(account());
    const token = browser.token;
    for (const value of ['', 'x', token.slice(0, -1), `${token}x`, token.toLowerCase(), digest(token), `${token}; __Host-simportal=${token}`, `"${token}"`, "' OR '1'='1", '%00', 'a'.repeat(4000)]) {
        const thief = new Browser();
        const answer = await thief.get('/sims', { headers: { Cookie: `__Host-simportal=${value}` } });
        is([answer.status, answer.headers.location.split('?')[0]], [303, '/login'], value);
    }
    for (const name of ['simportal', '__host-simportal', '__Host-Simportal'])
        is((await new Browser().get('/sims', { headers: { Cookie: `${name}=${token}` } })).status, 303, name);
    await isIn(browser);
});

test('7.3.1 a session ends after 30 minutes without a request', async () => {
    for (const [minutes, alive] of [[29, true], [31, false]]) {
        const browser = await signedIn(account());
        sql(`UPDATE session SET seen_at = UTC_TIMESTAMP(6) - INTERVAL ${minutes} MINUTE WHERE id = ${session(browser)}`);
        await (alive ? isIn : isOut)(browser, `after ${minutes} minutes`);
    }
});

test('7.3.1 a request makes it young again; the probe does not', async () => {
    const browser = await signedIn(account());
    const id = session(browser);
    sql(`UPDATE session SET seen_at = UTC_TIMESTAMP(6) - INTERVAL 20 MINUTE WHERE id = ${id}`);
    await browser.get('/healthz');
    const age = () => Number(sqlOne(`SELECT TIMESTAMPDIFF(SECOND, seen_at, UTC_TIMESTAMP(6)) FROM session WHERE id = ${id}`));
    ok(age() >= 1200, 'the probe');
    await browser.get('/sims');
    ok(age() < 60, 'a page');
});

test('7.3.2 and after 12 hours in any case', async () => {
    for (const [minutes, alive] of [[12 * 60 - 1, true], [12 * 60 + 1, false]]) {
        const browser = await signedIn(account());
        sql(`UPDATE session SET created_at = UTC_TIMESTAMP(6) - INTERVAL ${minutes} MINUTE WHERE id = ${session(browser)}`);
        await (alive ? isIn : isOut)(browser, `after ${minutes} minutes`);
    }
});

test('an ended session says so on the login page, and leads back to where it was', async () => {
    const browser = await signedIn(account());
    sql(`DELETE FROM session WHERE id = ${session(browser)}`);
    const answer = await browser.get('/sims?state=active');
    like(answer.headers.location, /^\/login\?ended=1&next=%2Fsims%3Fstate%3Dactive$/);
    has(notices((await browser.get(answer.headers.location)).text).join(), 'ログアウトしました');
});

test('a post after the end leads to the login page and does nothing', async () => {
    const browser = await signedIn(account());
    const before = sqlOne('SELECT COUNT(*) FROM audit');
    sql(`DELETE FROM session WHERE id = ${session(browser)}`);
    is((await browser.post('/language', { language: 'en' })).headers.location.split('?')[0], '/login');
    is((await browser.post('/sims/1', { label: 'x', version: 0 })).status, 303);
    is(sqlOne('SELECT COUNT(*) FROM audit'), before);
});

test('7.4.1, 14.3.1 logout ends the session at the server and clears what the browser keeps', async () => {
    const browser = await signedIn(account());
    const token = browser.token;
    const answer = await browser.post('/logout');
    is([answer.status, answer.headers.location], [303, '/login?out=1']);
    like(answer.headers['clear-site-data'], /"cache".*"storage"/);
    is(browser.token, undefined, 'the cookie is taken back');
    browser.cookies.set('__Host-simportal', token);
    await isOut(browser, 'the cookie replayed');
    has(notices((await new Browser().get('/login?out=1')).text).join(), 'ログアウトしました');
});

test('logout is in the audit, and cannot be done by GET', async () => {
    const who = account();
    const browser = await signedIn(who);
    is((await browser.get('/logout')).status, 405);
    await isIn(browser);
    await browser.post('/logout');
    is(sqlOne(`SELECT action FROM audit WHERE actor_id = ${who.id} ORDER BY id DESC LIMIT 1`), 'logout');
});

test('7.4.3 a password change ends the other sessions and gives this one a new token', async () => {
    const who = account();
    const here = await signedIn(who);
    const there = await signedIn(who);
    const old = here.token;
    const oldCsrf = here.csrf;
    const changed = await here.post('/password', { present: who.password, new: 'Ein neues Wort 2026', again: 'Ein neues Wort 2026' });
    is([changed.status, changed.headers.location], [303, '/?done=password']);
    ok(here.token !== old);
    await isIn(here, 'this one goes on');
    await isOut(there, 'the other ended');
    await isOut(Object.assign(new Browser(), { cookies: new Map([['__Host-simportal', old]]) }), 'the old token is dead');
    is((await here.post('/language', { language: 'ja' }, { csrf: oldCsrf })).status, 403, 'the token of old forms too');
    is((await new Browser().tryLogin(who)).status, 422, 'the old password is none');
});

test('7.4.2 disabling an account ends its sessions at once', async () => {
    const who = account();
    const browsers = [await signedIn(who), await signedIn(who)];
    ctl('account', 'disable', who.login);
    for (const browser of browsers)
        await isOut(browser);
    is(sqlOne(`SELECT COUNT(*) FROM session WHERE account_id = ${who.id}`), '0');
});

test('7.4.2 so does a disabled_at that came some other way', async () => {
    const who = account();
    const browser = await signedIn(who);
    sql(`UPDATE account SET disabled_at = UTC_TIMESTAMP(6) WHERE id = ${who.id}`);
    await isOut(browser);
});

test('8.3.2 a change of the role acts at once', async () => {
    const who = account({ role: 'member' });
    const browser = await signedIn(who);
    const line = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${customerId('main')}`);
    has((await browser.get(`/sims/${line}`)).text, 'name="label"');
    sql(`UPDATE account_customer SET role = 'viewer' WHERE account_id = ${who.id}`);
    unlike((await browser.get(`/sims/${line}`)).text, /name="label"/);
    is((await browser.post(`/sims/${line}`, { label: 'x', version: 0 })).status, 403);
    sql(`DELETE FROM account_customer WHERE account_id = ${who.id}`);
    await isOut(browser, 'no customer any more');
});
expectLog(/"event":"refused","why":"right"/);

test('7.4.4 the logout stands on every page of somebody who is logged in', async () => {
    const browser = await signedIn(account());
    for (const path of ['/', '/sims', '/sims?phone=x', '/password', '/none', '/sims/999999'])
        has((await browser.get(path)).text, 'action="/logout"', path);
});

await run();
