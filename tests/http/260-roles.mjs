// 260-roles: who may do what: administrator, member, viewer, auditor; and accounts that see several customers.
import { run, test, is, ok, like, has, hasNot, expectLog } from './lib/tap.mjs';
import { account, customerCode, customerId, sql, sqlOne } from './lib/env.mjs';
import { demo, signedIn } from './lib/client.mjs';
import { decode, field, found, lines, options, selected, words } from './lib/html.mjs';

expectLog(/"event":"refused","why":"right"/);

const [main, other, third] = ['main', 'other', 'third'].map(customerId);
const line = Number(sqlOne(`SELECT MAX(id) FROM line WHERE customer_id = ${main} AND state = 'active'`));
const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
const count = (...ids) => Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id IN (${ids.join()})`));

for (const [role, may] of [['administrator', true], ['member', true], ['viewer', false], ['auditor', false]]) {
    test(`8.2.1 ${role}: ${may ? 'edits labels and reveals codes' : 'sees everything, changes and reveals nothing'}`, async () => {
        const browser = await signedIn(account({ role }));
        for (const path of ['/', '/sims', '/sims.csv', `/sims/${line}`, `/sims/${esim}`, '/password'])
            is((await browser.get(path)).status, 200, path);
        const page = await browser.get(`/sims/${esim}`);
        is(page.text.includes('name="label"'), may, 'the form of the label');
        is(page.text.includes(`/sims/${esim}/esim`), may, 'the button of the code');
        const before = sql(`SELECT label, memo, version FROM line WHERE id = ${line}`)[0];
        const posted = await browser.post(`/sims/${line}`, { label: `by ${role}`, memo: before[1], version: before[2] });
        is(posted.status, may ? 303 : 403);
        is(sqlOne(`SELECT label FROM line WHERE id = ${line}`), may ? `by ${role}` : before[0]);
        const reveal = await browser.post(`/sims/${esim}/esim`);
        is(reveal.status, may ? 200 : 403);
        is(reveal.text.includes('LPA:'), may);
        if (!may)
            has(words(posted.text), 'この操作はできません');
    });
}

test('16.3.2 what was refused is in the log, with account, address and path', async () => {
    const who = account({ role: 'viewer' });
    const browser = await signedIn(who);
    await browser.get(`/sims/${line}`);
    const answer = await browser.post(`/sims/${line}`, { label: 'x', version: 0 });
    const { logLines, until } = await import('./lib/tap.mjs');
    const entry = await until(() => logLines('pools.log').find(one => one.request === answer.headers['x-request-id'] && one.event === 'refused'), 'it is logged');
    is([entry.level, entry.why, String(entry.account), entry.address, entry.path], ['warning', 'right', who.id, browser.from, `/sims/${line}`]);
});

// ---- several customers

const reseller = await signedIn(demo('RESELLER'));
await reseller.get('/');
await reseller.post('/customer', { customer_id: main, back: '/sims' });

test('an account that sees one customer has nothing to choose; the field is filled by itself (screens.md)', async () => {
    const page = (await (await signedIn(account())).get('/sims')).text;
    is([options(page, 'customer_id'), options(page, 'customer')], [[], []]);
    has(words(page.match(/<details class="search"[^]*<\/details>/)[0]), `顧客名 ${main}:${customerCode.main}:株式会社テスト`);
});

test('nor can it choose all of one, which would be a list where nothing may be changed', async () => {
    const browser = await signedIn(account());
    const page = await browser.get('/customers');
    is([page.status, page.text.includes('name="customer_id" value="0"')], [200, false]);
    is((await browser.post('/customer', { customer_id: '0' })).status, 404);
    has((await browser.get(`/sims/${line}`)).text, 'name="label"');
});

test('an account that sees several chooses among them at the top of each page, and all', async () => {
    const page = (await reseller.get('/sims')).text;
    is(options(page, 'customer_id').map(one => Number(one.value)).sort((a, b) => a - b), [0, Number(main), Number(other), Number(third)].sort((a, b) => a - b));
    is(selected(page, 'customer_id'), String(main));
    ok(options(page, 'customer_id').some(one => one.text === `${other}:${customerCode.other}:株式会社サンプル商事`));
});

test('each of them, chosen, shows its SIMs alone', async () => {
    for (const id of [other, third, main]) {
        const answer = await reseller.post('/customer', { customer_id: id, back: '/sims?state=active' });
        is([answer.status, answer.headers.location], [303, `/customers/${id}/sims`]);
        const page = (await reseller.get('/sims')).text;
        is([found(page), selected(page, 'customer_id')], [count(id), String(id)]);
    }
});

test('all of them: one list with the customer beside each SIM, walked without gap or repetition', async () => {
    is((await reseller.post('/customer', { customer_id: '0', back: '/sims' })).status, 303);
    for (const sort of ['serial', '-serial', 'phone', '-phone', 'state', '-state']) {
        const ids = [];
        const seen = [];
        let path = `/sims?size=100&sort=${sort}`;
        while (path && ids.length < 2000) {
            const page = (await reseller.get(path)).text;
            is(found(page), count(main, other, third));
            ids.push(...lines(page).map(row => row.id));
            seen.push(...lines(page).map(row => row.customer.split(':')[0]));
            const next = page.match(/rel="next" href="([^"]*)"/);
            path = next && decode(next[1]);
        }
        is([ids.length, new Set(ids).size], [count(main, other, third), count(main, other, third)], sort);
        is([...new Set(seen)].length, 3, sort);
    }
});

test('all of them: orders that need one customer fall back to the default', async () => {
    for (const sort of ['used', '-remaining', 'plan', 'option'])
        is((await reseller.get(`/sims?sort=${sort}`)).status, 200, sort);
    is(lines((await reseller.get('/sims?sort=-used')).text).map(row => row.id), lines((await reseller.get('/sims')).text).map(row => row.id));
});

test('all of them: the customer is a condition, the file holds all, the SIM can be opened but not changed', async () => {
    const all = (await reseller.get('/sims')).text;
    is(options(all, 'customer').map(one => one.value), ['', String(main), String(other), String(third)]);
    is(options(all, 'customer')[2].text, `${other}:${customerCode.other}:株式会社サンプル商事`);
    const one = (await reseller.get(`/sims?customer=${other}`)).text;
    is([found(one), selected(one, 'customer')], [count(other), String(other)]);
    for (const [query, where] of [['state=active', "state = 'active'"], ['throttled=1', 'throttled = 1'], ['throttled=0', 'throttled = 0'], ['state=active&throttled=1', "state = 'active' AND throttled = 1"],
        ['phone=00', "phone LIKE '%00%'"], [`customer=${third}&state=failed`, `customer_id = ${third} AND state = 'failed'`], ['state=reissuing', "state = 'reissuing'"]])
        is(found((await reseller.get(`/sims?${query}`)).text), Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id IN (${main}, ${other}, ${third}) AND ${where}`)), query);
    is((await reseller.get('/sims.csv')).text.trim().split('\r\n').length - 1, count(main, other, third));
    const page = await reseller.get(`/sims/${line}`);
    is(page.status, 200);
    hasNot(page.text, 'name="label"');
    is((await reseller.post(`/sims/${line}`, { label: 'x', memo: '', version: 0 })).status, 403);
    is((await reseller.post(`/sims/${esim}/esim`)).status, 403);
    is((await reseller.get('/')).status, 200);
});

test('8.2.2 a customer that is none of its own cannot be chosen: 404, the choice stays', async () => {
    const browser = await signedIn(account({ customers: ['main', 'other'], role: 'administrator' }));
    await browser.get('/');
    for (const id of [third, '999999', '9223372036854775807']) {
        is((await browser.post('/customer', { customer_id: id })).status, 404, String(id));
        is(selected((await browser.get('/sims')).text, 'customer_id'), String(main));
    }
    for (const id of ['-1', 'abc', '', '1e3', '99999999999999999999'])
        is((await browser.post('/customer', { customer_id: id })).status, 422, id);
    is((await browser.post('/customer', {})).status, 422);
    is((await browser.post('/customer', [['customer_id', main], ['customer_id', other]])).status, 422);
});

test('the role counts per customer: member here, viewer there', async () => {
    const who = account({ customers: ['main', 'other'], role: 'member' });
    sql(`UPDATE account_customer SET role = 'viewer' WHERE account_id = ${who.id} AND customer_id = ${other}`);
    const browser = await signedIn(who);
    const theirs = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${other}`);
    has((await browser.get(`/sims/${line}`)).text, 'name="label"');
    await browser.post('/customer', { customer_id: other });
    const page = await browser.get(`/sims/${theirs}`);
    is(page.status, 200);
    hasNot(page.text, 'name="label"');
    is((await browser.post(`/sims/${theirs}`, { label: 'x', memo: '', version: 0 })).status, 403);
    is((await browser.get(`/sims/${line}`)).status, 404, 'a SIM of the customer that was left');
});

test('3.7.2 switching leads back to pages of ours alone', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/sims?x=1', '/sims/1'])
        like((await reseller.post('/customer', { customer_id: main, back })).headers.location, new RegExp(`^/customers/${main}/(sims)?$`));
});

test('the page of customers lists and finds them (for accounts with too many for a list)', async () => {
    const page = await reseller.get('/customers');
    is(page.status, 200);
    for (const code of Object.values(customerCode))
        has(page.text, code);
    for (const [q, want] of [['ミナト', '00003'], ['みなと', '00003'], ['tc0000-00002', '00002'], ['サンプル', '00002'], ['%', ''], ['_', '']]) {
        const text = (await reseller.get(`/customers?q=${encodeURIComponent(q)}`)).text;
        const codes = [...new Set(text.match(/<main[^]*<\/main>/)[0].match(/TC0000-0000\d/g) ?? [])].map(code => code.slice(-5));
        is(codes, want ? [want] : [], q);
    }
    is((await reseller.get(`/customers?q=${'x'.repeat(101)}`)).status, 422);
    is((await reseller.get('/customers?page=99')).status, 200);
    is(field(page.text, 'q'), '');
});

await run();
