// 135-session-ends: a session that ends under a form. The login page says that nothing was saved, login leads back to the page,
// and what was typed is there again: for the same account in the same browser, within the hour, and sealed until then. And
// the login form itself, which neither another tab nor a missing cookie turns into an error page. security.md 7.3.1, 14.2.1.
import { run, test, is, ok, has, hasNot, like, expectLog } from './lib/tap.mjs';
import { account, ctl, customerId, digest, quote, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, origin, signedIn } from './lib/client.mjs';
import { faults, field, lines, notices, titleOf } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeId, freeIds } from '../fixtures/lines.mjs';
import { routes } from '../fixtures/routes.mjs';
import { beginDraft, confirmedDraft, makeRequest, seenOn, sendNumbers } from '../fixtures/walk.mjs';

const texts = {
    1: '一定の時間が過ぎたため、ログアウトしました。続けるには',
    lost: '何も保存されていません',
    kept: '入力した内容はまだ保存されていません',
    out: 'ログアウトしました。',
};
const shownAgain = '入力していた内容を表示しています。まだ保存されていません。';
const who = account({ customers: ['main', 'other'] });
const line = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${customerId('main')}`);
const note = `/sims/${line}`;
const day = tokyoDate(20);

// Last used so long ago; 30 minutes are the end.
const idle = (browser, minutes = 31) => sql(`UPDATE session SET seen_at = UTC_TIMESTAMP(6) - INTERVAL ${minutes} MINUTE WHERE token_digest = UNHEX('${digest(browser.token)}')`);
const kept = id => sql(`SELECT path, HEX(sealed) FROM session_form WHERE account_id = ${id}`);
const at = location => new URL(location, origin);
const next = location => at(location).searchParams.get('next');
const mark = () => `書きかけ ${random()}`;
const typed = text => ({ label: text, memo: `一行目 & <b>\r\n二行目 ${text}`, version: sqlOne(`SELECT version FROM line WHERE id = ${line}`) });

// From the answer to a post on: through the login page to where it leads.
async function back(browser, answer, person = who) {
    const form = await browser.get(answer.headers.location);
    const login = await browser.post('/login', { login_id: person.login, password: person.password, ...(field(form.text, 'next') ? { next: field(form.text, 'next') } : {}) });
    is(login.status, 303, 'the login');
    return { form, login, page: await browser.get(login.headers.location) };
}

// A label and a memo that were posted after the end, by an account of its own.
async function typedTooLate({ person = account(), minutes = 31, fields, options, before = () => {} } = {}) {
    const browser = await signedIn(person);
    const text = mark();
    idle(browser, minutes);
    await before(browser);
    const answer = await browser.post(note, fields ?? typed(text), options);
    return { browser, person, text, answer };
}

// ---- every form of the table

const ticked = html => [...html.matchAll(/<input type="checkbox" name="line" value="(\d+)"[^>]*checked/g)].map(match => Number(match[1]));
const draft = browser => beginDraft(browser, 'recharge', [freeId()]);
// What is sent, from which page, where login leads, and what of it is there again; `lost`: a form in which nothing is typed.
const ways = {
    '/password': async () => ({ fields: { present: who.password, new: 'Ein neues Wort 2026', again: 'Ein neues Wort 2026' }, page: '/password', lost: true }),
    '/logout': async () => ({ fields: {}, out: true }),
    '/language': async () => ({ fields: { language: 'en', back: '/sims?state=active' }, from: '/sims?state=active', page: '/sims?state=active', lost: true }),
    '/customer': async () => ({ fields: { customer_id: customerId('other') }, from: '/schedule', page: '/schedule', lost: true }),
    '/sims/{id}': async () => {
        const fields = typed(mark());
        return { path: note, fields, page: note, back: html => [field(html, 'label'), field(html, 'memo').replace(/\r?\n/g, '\r\n'), field(html, 'version')], want: [fields.label, fields.memo, fields.version] };
    },
    '/sims/{id}/protection': async () => ({ path: `${note}/protection`, fields: { on: 1 }, page: note, lost: true }),
    '/sims/{id}/esim': async () => ({ path: `${note}/esim`, fields: {}, page: note, lost: true }),
    '/requests/{number}/edit': async browser => {
        const number = await makeRequest(browser, 'recharge', [freeId()], { capacity: 1000000000, date: day });
        return { path: `/requests/${number}/edit`, fields: {}, page: `/requests/${number}`, lost: true };
    },
    '/requests/{number}/cancel': async browser => {
        const path = `/requests/${await makeRequest(browser, 'recharge', [freeId()], { capacity: 1000000000, date: day })}/cancel`;
        return { path, fields: {}, page: path, lost: true };
    },
    '/drafts': async browser => {
        const page = '/sims?state=active&size=20&page=2';
        const ids = lines((await browser.get(page)).text).slice(3, 6).map(one => one.id);
        return { fields: [['kind', 'suspend'], ...ids.map(id => ['line', id])], from: page, page, back: html => ticked(html), want: ids };
    },
    '/drafts/{id}': async browser => {
        const path = `/drafts/${await draft(browser)}`;
        return { path, fields: { capacity: '3000000000', date: day, go: 'confirm' }, page: path, back: html => [field(html, 'date'), html.includes('value="3000000000" selected') || /value="3000000000"[^>]*checked/.test(html)], want: [day, true] };
    },
    '/drafts/{id}/lines': async browser => {
        const path = `/drafts/${await beginDraft(browser, 'recharge')}/lines?state=active&size=20`;
        const ids = [...(await browser.get(path)).text.matchAll(/name="shown" value="(\d+)"/g)].map(match => Number(match[1]));
        return { path, fields: [...ids.map(id => ['shown', id]), ['line', ids[2]], ['line', ids[5]], ['go', 'enter']], page: path, back: ticked, want: [ids[2], ids[5]] };
    },
    '/drafts/{id}/numbers': async browser => {
        const id = await draft(browser);
        return { path: `/drafts/${id}/numbers`, send: () => sendNumbers(browser, id, '020-0000-0000'), page: `/drafts/${id}`, from: `/drafts/${id}`, lost: true };
    },
    '/drafts/{id}/confirm': async browser => {
        const { id, page } = await confirmedDraft(browser, 'recharge', [freeId()], { capacity: 1000000000, date: day });
        return { path: `/drafts/${id}/confirm`, fields: { ...seenOn(page), go: 'submit' }, page: `/drafts/${id}/confirm`, back: html => html.includes('name="seen"'), want: true };
    },
    '/drafts/{id}/delete': async browser => ({ path: `/drafts/${await draft(browser)}/delete`, fields: {}, from: '/requests/new', page: '/requests/new', lost: true }),
};

test('every form of the table has its way here', () => {
    is(routes.filter(({ method, path }) => method === 'POST' && path !== '/login' && !path.startsWith('/api/') && !ways[path]).map(({ path }) => path), []);
});

const writes = () => sql(`SELECT CONCAT_WS('|', (SELECT COUNT(*) FROM audit WHERE actor_id = ${who.id} AND action NOT LIKE 'login%'), (SELECT COUNT(*) FROM request),
    (SELECT GROUP_CONCAT(id, '.', version, '.', item_count) FROM draft WHERE account_id = ${who.id}), (SELECT CONCAT_WS('.', language, password_hash) FROM account WHERE id = ${who.id}))`)[0][0];

for (const [pattern, way] of Object.entries(ways)) {
    test(`POST ${pattern} after the end: nothing is done, login leads back, what was typed is there again`, async () => {
        const browser = await signedIn(who);
        await browser.post('/customer', { customer_id: customerId('main') });
        const { path = pattern, fields, send, from, page, lost, out, back: read, want } = await way(browser);
        const before = writes();
        idle(browser);
        const headers = from ? { Referer: origin + from } : {};
        const answer = await (send ? send() : browser.post(path, fields, { headers }));
        is(answer.status, 303);
        is(kept(who.id).length, lost || out ? 0 : 1, 'kept');
        if (out) {
            is(answer.headers.location, '/login?out=1');
            return;
        }
        is(at(answer.headers.location).searchParams.get('ended'), lost ? 'lost' : 'kept');
        const led = await back(browser, answer);
        has(notices(led.form.text).join(), texts[lost ? 'lost' : 'kept']);
        is(led.login.headers.location, lost ? page : `${page}${page.includes('?') ? '&' : '?'}kept=1`);
        is(led.page.status, 200, 'the page');
        if (lost) {
            hasNot(led.page.text, shownAgain);
        } else {
            has(notices(led.page.text).join(), shownAgain);
            is(faults(led.page.text), []);
            is(read(led.page.text), want);
        }
        is(writes(), before, 'nothing was done');
        sql(`DELETE FROM session_form WHERE account_id = ${who.id}`);
    });
}

// ---- when it is kept

// As it is kept, an exclamation mark takes three bytes; nginx lets no larger form pass.
const large = '!'.repeat((65536 - 'label=&memo=&version=0'.length) / 3);
const cases = [
    ['29 minutes after the last request it is saved', { minutes: 29 }, 'saved'],
    ['31 minutes after it', {}, 'kept'],
    ['an hour after the end, less a minute', { minutes: 89 }, 'kept'],
    ['an hour after the end and a minute', { minutes: 91 }, 'lost'],
    ['after 12 hours', { minutes: 1, before: browser => sql(`UPDATE session SET created_at = UTC_TIMESTAMP(6) - INTERVAL 721 MINUTE WHERE token_digest = UNHEX('${digest(browser.token)}')`) }, 'kept'],
    ['after 13 hours', { minutes: 1, before: browser => sql(`UPDATE session SET created_at = UTC_TIMESTAMP(6) - INTERVAL 781 MINUTE WHERE token_digest = UNHEX('${digest(browser.token)}')`) }, 'lost'],
    ['a session that is not there', { before: browser => sql(`DELETE FROM session WHERE token_digest = UNHEX('${digest(browser.token)}')`) }, 'lost'],
    ['without a token', { options: { csrf: null } }, 'lost'],
    ['with a wrong token', { options: { csrf: 'x'.repeat(43) } }, 'lost'],
    ['with the token of another session', { before: async browser => { browser.csrf = (await signedIn(account())).csrf; } }, 'lost'],
    ['from another site', { options: { headers: { 'Sec-Fetch-Site': 'cross-site' } } }, 'lost'],
    ['with another origin', { options: { headers: { Origin: 'https://evil.example' } } }, 'lost'],
    ['a disabled account', { before: (browser, person) => sql(`UPDATE account SET disabled_at = UTC_TIMESTAMP(6) WHERE login_id = ${quote(browser.login)}`) }, 'lost'],
    ['64 KB', { fields: { label: '', memo: large, version: 0 } }, 'kept'],
    ['64 KB and a byte', { fields: { label: '', memo: `${large}m`, version: 0 } }, 'lost'],
];

for (const [name, options, want] of cases) {
    test(`what is typed after the end: ${name}: ${want}`, async () => {
        const person = account();
        const { before } = options;
        const { answer } = await typedTooLate({ ...options, person, before: browser => { browser.login = person.login; return before?.(browser); } });
        is(answer.status, 303);
        if (want === 'saved')
            like(answer.headers.location, /\?saved=1$/);
        else
            is([at(answer.headers.location).pathname, at(answer.headers.location).searchParams.get('ended')], ['/login', want]);
        is(kept(person.id).length, want === 'kept' ? 1 : 0);
    });
}

test('one form a session: the last', async () => {
    const { browser, person, answer } = await typedTooLate();
    const later = mark();
    await browser.post(note, typed(later));
    is(kept(person.id).length, 1);
    is(field((await back(browser, answer, person)).page.text, 'label'), later);
});

test('it rests sealed, and nothing but the fields of the form is in it', async () => {
    const fields = { label: 'plain text of a label', memo: 'und noch mehr', version: '0' };
    const { person } = await typedTooLate({ fields: { ...fields, password: 'none of the form', other: 'x' } });
    const [[path, sealed]] = kept(person.id);
    is(path, note);
    const bytes = Buffer.from(sealed, 'hex');
    for (const word of ['plain', 'text', 'label', 'memo', 'noch', 'version'])
        ok(!bytes.includes(word), word);
    const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    is(bytes.length, 1 + 24 + 16 + query.length, 'key id, nonce, code, text');
});

// ---- who sees it, and until when

const shows = async browser => (await browser.get(`${note}?kept=1`)).text.includes(shownAgain);

test('another account that logs in there sees nothing of it, and it is gone', async () => {
    const { browser, person, text, answer } = await typedTooLate();
    const led = await back(browser, answer, account());
    is([led.page.status, led.login.headers.location], [200, `${note}?kept=1`]);
    hasNot(led.page.text, text);
    hasNot(led.page.text, shownAgain);
    is(kept(person.id), []);
    await browser.post('/login', { login_id: person.login, password: person.password });
    ok(!await shows(browser), 'nor does the first one later');
});

test('another browser of the account sees nothing of it', async () => {
    const { browser, person, text, answer } = await typedTooLate();
    const other = await signedIn(person);
    ok(!await shows(other));
    ok((await back(browser, answer, person)).page.text.includes(text), 'this one does');
    ok(!await shows(other));
});

const logIn = async ({ browser, answer, person }) => { await back(browser, answer, person); };
const ends = [
    ['at the logout', async it => { await logIn(it); await it.browser.post('/logout'); }],
    ['at the logout of the session that has ended', async it => is((await it.browser.post('/logout')).headers.location, '/login?out=1')],
    ['when the password is changed', async it => { await logIn(it); await it.browser.post('/password', { present: it.person.password, new: 'Ein neues Wort 2026', again: 'Ein neues Wort 2026' }); it.person.password = 'Ein neues Wort 2026'; }],
    ['when the password is changed elsewhere', async it => { await (await signedIn(it.person)).post('/password', { present: it.person.password, new: 'Ein neues Wort 2026', again: 'Ein neues Wort 2026' }); it.person.password = 'Ein neues Wort 2026'; }],
    ['when the account is disabled', async it => { ctl('account', 'disable', it.person.login); ctl('account', 'enable', it.person.login); }],
    ['when it is sent again', async it => { await logIn(it); is((await it.browser.post(note, typed(it.text))).status, 303); }],
];
for (const [name, end] of ends) {
    test(`it is erased ${name}`, async () => {
        const it = await typedTooLate();
        is(kept(it.person.id).length, 1);
        await end(it);
        is(kept(it.person.id), []);
        await it.browser.tryLogin(it.person);
        ok(!await shows(it.browser));
    });
}

test('after an hour it is shown no more, whether the worker has erased it or not', async () => {
    for (const [minutes, want] of [[59, true], [61, false]]) {
        const { browser, person, text, answer } = await typedTooLate();
        sql(`UPDATE session_form SET kept_at = UTC_TIMESTAMP(6) - INTERVAL ${minutes} MINUTE WHERE account_id = ${person.id}`);
        is((await back(browser, answer, person)).page.text.includes(text), want, `${minutes} minutes`);
    }
});

test('on no other page, and not without being asked for', async () => {
    const { browser, person, text, answer } = await typedTooLate();
    await back(browser, answer, person);
    const [other] = freeIds(1, { where: `l.id <> ${line}` });
    for (const path of [note, `/sims/${other}?kept=1`, '/sims?kept=1', '/requests/new?kept=1', '/?kept=1'])
        hasNot((await browser.get(path)).text, text, path);
    ok(await shows(browser));
});

test('a second login in the same browser keeps it', async () => {
    const { browser, person, answer } = await typedTooLate();
    await browser.get('/login');
    await browser.tryLogin(person);
    await browser.tryLogin(person);
    has((await browser.get(next(answer.headers.location))).text, shownAgain);
});

test('login leads back to the customer that was looked at', async () => {
    const person = account({ customers: ['main', 'other'] });
    const path = `/sims/${freeId({ customer: 'other' })}`;
    for (const isEnded of [true, false]) {
        const browser = await signedIn(person);
        await browser.post('/customer', { customer_id: customerId('other') });
        if (isEnded)
            idle(browser);
        const text = mark();
        const { page } = await back(browser, isEnded ? await browser.post(path, typed(text)) : { headers: { location: `/login?next=${path}` } }, person);
        is(page.status, 200);
        is(page.text.includes(text), isEnded);
    }
    const browser = await signedIn(person);
    await browser.post('/customer', { customer_id: customerId('other') });
    idle(browser);
    await browser.get('/login');
    await browser.tryLogin(who);
    is((await browser.get(path)).status, 404, 'another account begins at home');
});

// Nothing is saved by a form that is older than the login before the last, of another account, or from another site.
const tabsOf = [
    ['of the tab that was open when the person logged in again', async () => {}, {}, 303],
    ['and after one more login', async (browser, person) => { await browser.tryLogin(person); }, {}, 403],
    ['and after a change of the password', async (browser, person) => { await browser.get('/'); await browser.post('/password', { present: person.password, new: 'Ein neues Wort 2026', again: 'Ein neues Wort 2026' }); }, {}, 403],
    ['and after another account logged in', async browser => { await browser.tryLogin(account()); }, {}, 403],
    ['from another site', async () => {}, { headers: { Origin: 'https://evil.example' } }, 403],
];
for (const isEnded of [true, false]) {
    for (const [name, then, options, want] of tabsOf) {
        test(`a form ${name}: ${want}${isEnded ? ', after the end' : ''}`, async () => {
            const person = account();
            const browser = await signedIn(person);
            const { csrf } = browser;
            if (isEnded)
                idle(browser);
            await browser.get('/login');
            is((await browser.tryLogin(person)).status, 303);
            await then(browser, person);
            is((await browser.post(note, typed(mark()), { csrf, ...options })).status, want);
        });
    }
}
expectLog(/"event":"refused","why":"csrf"/);

test('whoever changed the SIM meanwhile is not passed over', async () => {
    const { browser, person, answer } = await typedTooLate();
    const { page } = await back(browser, answer, person);
    sql(`UPDATE line SET version = version + 1 WHERE id = ${line}`);
    const again = await browser.get(`${note}?kept=1`);
    is(field(again.text, 'version'), field(page.text, 'version'));
    is((await browser.post(note, { label: field(again.text, 'label'), memo: 'm', version: field(again.text, 'version') })).status, 409);
});

test('who may not write any more does not get the form', async () => {
    const { browser, person, text, answer } = await typedTooLate();
    sql(`UPDATE account_customer SET role = 'viewer' WHERE account_id = ${person.id}`);
    const { page } = await back(browser, answer, person);
    is(page.status, 200);
    hasNot(page.text, text);
    hasNot(page.text, shownAgain);
});

test('the language of the login page is changed without losing the way back', async () => {
    const { browser, person, text, answer } = await typedTooLate();
    const form = await browser.get(answer.headers.location);
    const english = form.text.match(/href="([^"]+)" lang="en"/)[1].replace(/&amp;/g, '&');
    const changed = await browser.get(english);
    const page = await browser.get(changed.headers.location);
    has(notices(page.text).join(), 'What you entered is not saved yet');
    ok((await back(browser, changed, person)).page.text.includes(text));
});

test('a page that is asked for after the end is led to, the start page without a detour', async () => {
    const browser = await signedIn(who);
    idle(browser);
    const answer = await browser.get('/sims?state=active');
    is(next(answer.headers.location), '/sims?state=active');
    has(notices((await browser.get(answer.headers.location)).text).join(), texts[1]);
    is((await browser.get('/')).headers.location, '/login?ended=1');
});

// ---- the login form: another tab, an old one, no cookies

const loginOf = (browser, csrf, fields = {}) => browser.post('/login', { login_id: who.login, password: who.password, ...fields }, { csrf });
const formOf = async (browser = new Browser()) => { await browser.get('/login'); return { browser, csrf: browser.csrf }; };
const tabs = [
    ['a second tab with the login page, after a login in the first', async () => {
        const { browser, csrf } = await formOf();
        await browser.get('/login');
        await loginOf(browser, browser.csrf);
        return { browser, csrf };
    }, 303],
    ['a login page from before a login and a logout', async () => {
        const { browser, csrf } = await formOf();
        await loginOf(browser, csrf);
        await browser.get('/');
        await browser.post('/logout');
        return { browser, csrf };
    }, 303],
    ['a login page from before a session that has ended', async () => {
        const { browser, csrf } = await formOf();
        await loginOf(browser, csrf);
        idle(browser);
        return { browser, csrf };
    }, 303],
    ['a login page from before the browser was closed', async () => {
        const { browser, csrf } = await formOf();
        browser.cookies.clear();
        return { browser, csrf };
    }, 422],
    ['a browser that takes no cookies', async () => {
        const { browser, csrf } = await formOf(new Browser());
        browser.keep = () => {};
        browser.cookies.clear();
        return { browser, csrf };
    }, 422],
];
for (const [name, open, want] of tabs) {
    test(`${name}: ${want === 303 ? 'the login just works' : 'the form is shown again, with a word'}`, async () => {
        const { browser, csrf } = await open();
        const answer = await loginOf(browser, csrf, { next: '/sims' });
        is([answer.status, answer.headers.location], [want, want === 303 ? '/sims' : undefined]);
        if (want === 303) {
            is((await browser.get('/sims')).status, 200);
            return;
        }
        is(titleOf(answer.text), 'ログイン');
        has(faults(answer.text).join(), 'Cookie');
        is([field(answer.text, 'login_id'), field(answer.text, 'next'), field(answer.text, 'password') || ''], [who.login, '/sims', '']);
        ok(!browser.token, 'no session');
    });
}

test('and sent once more, that form works', async () => {
    const { browser, csrf } = await formOf();
    browser.cookies.clear();
    await loginOf(browser, csrf);
    is((await loginOf(browser, browser.csrf)).status, 303);
});

await run();
