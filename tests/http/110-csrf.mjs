// 110-csrf: nothing changes unless the form was ours: token of this session, our origin. security.md 3.5.1, 3.5.3.
import { run, test, is, ok, like, has, expectLog } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { Browser, origin, signedIn } from './lib/client.mjs';
import { csrfOf, field, links, titleOf } from './lib/html.mjs';

expectLog(/"event":"refused","why":"csrf"/);

const who = account({ role: 'administrator', customers: ['main', 'other'] });
const browser = await signedIn(who);
const stranger = await signedIn(account({ customers: ['other'] }));
const line = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${customerId('main')}`);
const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${customerId('main')}`);
const version = () => sqlOne(`SELECT version FROM line WHERE id = ${line}`);

// All that a post could change.
const state = () => sql(`SELECT CONCAT_WS('|', (SELECT GROUP_CONCAT(id, '.', customer_id, '.', HEX(token_digest)) FROM session WHERE account_id = ${who.id}),
    (SELECT CONCAT_WS('.', language, password_hash, password_set_at) FROM account WHERE id = ${who.id}),
    (SELECT CONCAT_WS('.', label, memo, version) FROM line WHERE id = ${line}), (SELECT COUNT(*) FROM audit WHERE actor_id = ${who.id}))`)[0][0];

const forms = () => [
    ['/logout', {}],
    ['/language', { language: 'en', back: '/' }],
    ['/customer', { customer_id: customerId('other') }],
    ['/password', { present: who.password, new: 'A quite good new one 77', again: 'A quite good new one 77' }],
    [`/sims/${line}`, { label: 'changed by a stranger', memo: '', version: version() }],
    [`/sims/${esim}/esim`, {}],
];

const attempts = [
    ['without a token', { csrf: null }],
    ['with an empty token', { csrf: '' }],
    ['with a wrong token', { csrf: 'x'.repeat(43) }],
    ["with another session's token", { csrf: stranger.csrf }],
    ['with Origin evil', { headers: { Origin: 'https://evil.example' } }],
    ['with Origin null', { headers: { Origin: 'null' } }],
    ['with our origin as plain http', { headers: { Origin: origin.replace('https', 'http') } }],
    ['with our origin on another port', { headers: { Origin: 'https://localhost:1' } }],
    ['from another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['from a sister site', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
];

for (const [kind, options] of attempts) {
    test(`3.5.1 a post ${kind} is 403 and changes nothing`, async () => {
        const before = state();
        for (const [path, fields] of forms()) {
            const answer = await browser.post(path, fields, options);
            is(answer.status, 403, path);
            has(titleOf(answer.text) + answer.text, '操作を受け付けられませんでした', path);
        }
        is(state(), before);
    });
}

test('3.5.1 a token sent twice is none', async () => {
    const before = state();
    is((await browser.post('/language', [['csrf', browser.csrf], ['language', 'en']])).status, 403);
    is(state(), before);
});

test('3.5.1 a token in the address is none', async () => {
    const before = state();
    is((await browser.post(`/language?csrf=${encodeURIComponent(browser.csrf)}`, { language: 'en' }, { csrf: null })).status, 403);
    is(state(), before);
});

test('our own forms pass, with the headers that browsers send and without them', async () => {
    for (const headers of [{}, { Origin: origin }, { Origin: origin, 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }])
        is((await browser.post('/language', { language: 'ja' }, { headers })).status, 303, JSON.stringify(headers));
});

test('3.5.1 the login form is held likewise: no one is logged in as somebody else', async () => {
    const other = new Browser();
    await other.get('/login');
    for (const [kind, options] of attempts) {
        const visitor = new Browser();
        await visitor.get('/login');
        const answer = await visitor.post('/login', { login_id: who.login, password: who.password }, kind.startsWith('with another') ? { csrf: other.csrf } : options);
        is(answer.status, options.headers ? 403 : 422, kind); // from a page of ours: the form again (135-session-ends)
        is(visitor.token, undefined, kind);
    }
    const bare = new Browser();
    is((await bare.post('/login', { login_id: who.login, password: who.password }, { csrf: other.csrf })).status, 422, 'without the cookie of the visit');
    is(bare.token, undefined);
});

test('the token of a form holds for all pages of its session, old ones too, and for no other session', async () => {
    const old = csrfOf((await browser.get('/')).text);
    const again = await signedIn(who);
    await browser.get('/sims');
    ok(browser.csrf !== old, 'it is masked anew in each page');
    for (const csrf of [old, browser.csrf])
        is((await browser.post('/language', { language: 'ja' }, { csrf })).status, 303);
    is((await again.post('/language', { language: 'ja' }, { csrf: old })).status, 403);
});

test('3.5.1 a token that is changed, cut or lengthened is none', async () => {
    await browser.get('/');
    const token = browser.csrf;
    const turned = at => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    for (const csrf of [turned(0), turned(token.length >> 1), turned(token.length - 2), token.slice(0, -1), token.slice(1), `${token}A`, token + token, token.slice(0, token.length >> 1), 'A'.repeat(token.length), ' '])
        is((await browser.post('/language', { language: 'ja' }, { csrf })).status, 403, csrf);
});

test('a post without a login leads to the login page, with nothing of what was sent', async () => {
    const visitor = new Browser();
    await visitor.get('/login');
    for (const csrf of [visitor.csrf, 'wrong']) {
        const answer = await visitor.post(`/sims/${line}`, { label: 'x', version: 0 }, { csrf });
        is([answer.status, answer.headers.location], [303, `/login?ended=lost&next=%2Fsims%2F${line}`]);
    }
});

test('3.5.3 nothing changes by GET: every link followed, the database as before', async () => {
    const dump = () => sql(`SELECT (SELECT GROUP_CONCAT(id, ':', label, ':', memo, ':', version, ':', state ORDER BY id) FROM line), (SELECT COUNT(*) FROM audit),
        (SELECT COUNT(*) FROM line_event), (SELECT COUNT(*) FROM mail), (SELECT GROUP_CONCAT(id, language, password_hash ORDER BY id) FROM account)`);
    const before = dump();
    const seen = new Set();
    const queue = ['/'];
    while (queue.length > 0 && seen.size < 60) {
        const path = queue.shift();
        if (seen.has(path))
            continue;
        seen.add(path);
        const answer = await browser.get(path);
        ok(answer.status < 400 || [404, 405].includes(answer.status), `${answer.status} ${path}`);
        for (const link of links(answer.text))
            if (link.startsWith('/') && !link.startsWith('/static/') && !link.startsWith('/favicon'))
                queue.push(link);
    }
    ok(seen.size > 30, `${seen.size} pages`);
    for (const [path] of forms())
        await browser.get(`${path}?csrf=${encodeURIComponent(browser.csrf)}&language=en&customer_id=${customerId('other')}&label=x&version=0`);
    is(dump(), before);
});

test('14.2.1 no address on a page holds a token', async () => {
    for (const path of ['/', '/sims', `/sims/${line}`, '/password', '/customers']) {
        const page = await browser.get(path);
        for (const link of links(page.text))
            ok(!link.includes(browser.token) && !link.includes(browser.csrf) && !/csrf|token|session|password=/.test(link), link);
        ok(!page.text.includes(browser.token), 'nor the page the cookie');
    }
});

test('8.2.3 fields that a form does not have change nothing', async () => {
    const before = sql(`SELECT role, customer_id FROM account_customer WHERE account_id = ${who.id}`);
    const page = await browser.get(`/sims/${line}`);
    const answer = await browser.post(`/sims/${line}`, { label: 'mass', memo: '', version: field(page.text, 'version'), state: 'terminated', customer_id: customerId('other'), role: 'administrator', id: '1', phone: '0' });
    is(answer.status, 303);
    like(sqlOne(`SELECT CONCAT(customer_id, ' ', state = 'terminated', ' ', label) FROM line WHERE id = ${line}`), new RegExp(`^${customerId('main')} [01] mass$`));
    is(sql(`SELECT role, customer_id FROM account_customer WHERE account_id = ${who.id}`), before);
});

await run();
