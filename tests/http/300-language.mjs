// 300-language: Japanese and English: the choice before and after login, and that English pages hold no Japanese but data.
import { run, test, is, ok, like, has, hasNot, expectLog } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { field, links, notices, titleOf } from './lib/html.mjs';

// A logout without its token.
expectLog(/"event":"refused","why":"csrf"/);
const main = customerId('main');
const japanese = /[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]/;

// What of a page is not data: the portal's name, names of customers, people, projects, groups, labels and memos stay as they are.
const data = sql(`SELECT name FROM customer UNION SELECT name FROM account UNION SELECT name FROM project UNION SELECT name FROM share_group UNION SELECT label FROM line UNION SELECT memo FROM line
    UNION SELECT from_text FROM line_event WHERE kind IN ('label', 'memo') UNION SELECT to_text FROM line_event WHERE kind IN ('label', 'memo')`)
    .map(row => row[0]).concat('管理コンソールポータル').filter(text => text && japanese.test(text)).sort((a, b) => b.length - a.length);

function isEnglish(html, what) {
    has(html, ' lang="en"><head>', what);
    let text = html.replace(/<[^>]* lang="ja"[^>]*>[^<]*/g, '').replace(/&(amp|lt|gt|quot);/g, ' ');
    for (const one of data)
        text = text.split(one.replace(/[&<>"]/g, ' ')).join('');
    const left = text.match(/[^<>"]*[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef][^<>"]*/);
    is(left?.[0], undefined, what);
}

test('the login page is in the language of the configuration, and another can be chosen', async () => {
    const browser = new Browser();
    has((await browser.get('/login')).text, ' lang="ja"><head>');
    const chosen = await browser.get('/login?lang=en&next=%2Fsims');
    is([chosen.status, chosen.headers.location], [303, '/login?next=%2Fsims']);
    const cookie = chosen.headers['set-cookie'].find(line => line.startsWith('__Host-simportal-language='));
    like(cookie, /^__Host-simportal-language=en; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000$/);
    isEnglish((await browser.get('/login?next=/sims')).text, 'login');
    isEnglish((await browser.get('/none')).text, 'a page that is not there');
    is((await browser.get('/login?lang=ja')).status, 303);
    has((await browser.get('/login')).text, ' lang="ja"><head>');
});

test('languages that are none change nothing', async () => {
    for (const value of ['fr', 'EN', '', 'en-US', '../../etc/passwd', 'x'.repeat(100)]) {
        const browser = new Browser();
        const answer = await browser.get(`/login?lang=${encodeURIComponent(value)}`);
        is(answer.status, 200, value);
        has(answer.text, ' lang="ja"><head>');
        browser.cookies.set('__Host-simportal-language', value.slice(0, 10).replace(/[^\w-]/g, '') || 'fr');
        has((await browser.get('/login')).text, ' lang="ja"><head>', 'nor as a cookie');
    }
});

test('a person switches on every page and comes back to it; the account keeps it', async () => {
    const who = account();
    const browser = await signedIn(who);
    const answer = await browser.post('/language', { language: 'en', back: '/sims' });
    is([answer.status, answer.headers.location], [303, '/sims']);
    isEnglish((await browser.get('/sims')).text, 'the list');
    const again = await signedIn(who);
    isEnglish((await again.get('/')).text, 'at the next login');
    is(sqlOne(`SELECT language FROM account WHERE id = ${who.id}`), 'en');
    await browser.post('/language', { language: 'ja', back: '/' });
    has((await browser.get('/')).text, ' lang="ja"><head>');
});

test('3.7.2 the switch leads nowhere else, and takes the two languages alone', async () => {
    const browser = await signedIn(account());
    for (const back of ['//evil.example', 'https://evil.example/', '/\\evil.example', '']) {
        const answer = await browser.post('/language', { language: 'ja', back });
        is([answer.status, answer.headers.location], [303, '/'], back);
    }
    for (const fields of [{ language: 'fr' }, { language: '' }, {}, [['language', 'ja'], ['language', 'en']]])
        is((await browser.post('/language', fields)).status, 422, JSON.stringify(fields));
});

test('the page that answers a post is switched at the page above it, never where only posts are taken', async () => {
    const browser = await signedIn(account({ role: 'administrator' }));
    const [code] = sql(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`)[0];
    for (const [path, fields, options, status, back] of [
        [`/sims/${code}/esim`, {}, {}, 200, `/sims/${code}`],
        [`/sims/${code}`, { version: 'x' }, {}, 422, `/sims/${code}`],
        ['/customer', { customer_id: 'x' }, {}, 422, '/'],
        ['/language', { language: 'fr' }, {}, 422, '/'],
        ['/logout', {}, { csrf: null }, 403, '/'],
        ['/sims', {}, {}, 405, '/sims'],
        ['/none/at/all', {}, {}, 404, '/'],
    ]) {
        await browser.get('/');
        const page = await browser.post(path, fields, options);
        is([page.status, field(page.text, 'back')], [status, back], path);
        const answer = await browser.post('/language', { language: 'ja', back: field(page.text, 'back') });
        is((await browser.get(answer.headers.location)).status, 200, path);
    }
});

test('the login page in another language still leads to where one wanted to go', async () => {
    const browser = new Browser();
    const page = await browser.get('/login?next=%2Fsims%3Fstate%3Dactive%26phone%3D0');
    const chosen = await browser.get(links(page.text).find(link => link.startsWith('/login?lang=en')));
    is([chosen.status, chosen.headers.location], [303, '/login?next=%2Fsims%3Fstate%3Dactive%26phone%3D0']);
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example'])
        is(links((await browser.get(`/login?next=${encodeURIComponent(next)}`)).text).filter(link => link.includes('evil')), [], next);
});

const who = account({ language: 'en', role: 'administrator', customers: ['main', 'other'], name: 'English Person' });
const english = await signedIn(who);
const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
const states = sql(`SELECT MIN(id) FROM line WHERE customer_id = ${main} GROUP BY state`).map(row => row[0]);

for (const path of ['/', '/sims', '/sims?size=200', '/sims?phone=abc', '/sims?label=none-at-all', '/password', '/customers', '/none', '/sims?throttled=1', `/sims/${esim}`, ...states.map(id => `/sims/${id}`)])
    test(`in English ${path} holds no Japanese but data`, async () => {
        isEnglish((await english.get(path)).text, path);
    });

test('in English answers to posts hold no Japanese either', async () => {
    await english.get(`/sims/${esim}`);
    isEnglish((await english.post(`/sims/${esim}`, { label: 'x'.repeat(101), memo: '', version: '' })).text, '422');
    isEnglish((await english.post(`/sims/${esim}/esim`)).text, 'the code');
    isEnglish((await english.post('/password', { present: 'x', new: 'short', again: 'other' })).text, 'password');
    isEnglish((await english.post('/customer', { customer_id: 'x' })).text, 'customer');
    isEnglish((await english.post('/none')).text, '404');
});

test('in English the file has English heads and words', async () => {
    const [head, ...rows] = (await english.get('/sims.csv')).text.split('\r\n');
    ok(!japanese.test(head), head);
    ok(rows.some(row => row.includes('500MB plan')));
    hasNot(rows.join(), '開通済');
});

test('titles and notices are translated', async () => {
    is(titleOf((await english.get('/sims')).text) === 'SIM状況一覧', false);
    ok(notices((await english.get('/?done=password')).text).every(text => !japanese.test(text)));
});

await run();
