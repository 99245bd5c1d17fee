// 250-tenants: one customer never sees anything of another, and cannot tell an id of another's from nobody's.
import { run, test, is, ok, unlike, has, hasNot } from './lib/tap.mjs';
import { account, customerId, random, sql, sqlOne } from './lib/env.mjs';
import { demo, signedIn } from './lib/client.mjs';
import { field, links, words } from './lib/html.mjs';

const main = customerId('main');
const other = customerId('other');
const own = sql(`SELECT id FROM line WHERE customer_id = ${other} ORDER BY id`).map(row => Number(row[0]));
const foreign = sql(`SELECT id FROM line WHERE customer_id = ${main} ORDER BY id`).map(row => Number(row[0]));
const foreignEsim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
const canary = `CANARY${random()}`;
const browser = await signedIn(demo('OTHER'));

// Seeded through the page of the customer that owns it.
const owner = await signedIn(account({ customers: ['main'] }));
for (const id of [foreign[0], foreign[1], Number(foreignEsim)]) {
    const page = await owner.get(`/sims/${id}`);
    await owner.post(`/sims/${id}`, { label: `${canary} label`, memo: `${canary} memo`, version: field(page.text, 'version') });
}
const marks = [canary, ...sql(`SELECT serial FROM line WHERE customer_id = ${main}`).map(row => row[0]), ...sql(`SELECT d.serial FROM card d WHERE d.former_of = ${main}`).map(row => row[0]),
    ...sql(`SELECT name FROM project WHERE customer_id = ${main}`).map(row => row[0]), ...sql(`SELECT name FROM share_group WHERE customer_id = ${main}`).map(row => row[0]),
    '株式会社テスト', 'TC0000-00001'];
const isClean = (answer, what) => {
    const found = marks.filter(mark => answer.text.includes(mark));
    is(found, [], what);
};

// What differs by nature between two answers.
const bare = answer => answer.text.replace(/name="csrf" value="[^"]*"/g, '').replace(/[0-9a-f]{32}/g, 'ID').replace(/\/sims\/\d+/g, '/sims/N');

test('8.2.2 another customer\'s SIM is 404, the same answer as for an id that is nobody\'s', async () => {
    const nobody = await browser.get('/sims/999999999');
    is(nobody.status, 404);
    for (const id of [foreign[0], foreign.at(-1), foreignEsim]) {
        const answer = await browser.get(`/sims/${id}`);
        is([answer.status, bare(answer)], [404, bare(nobody)], String(id));
        is(Object.keys(answer.headers).sort(), Object.keys(nobody.headers).sort());
        isClean(answer, `/sims/${id}`);
    }
});

test('8.2.2 nor can it be changed or its secret be revealed', async () => {
    await browser.get('/sims');
    const nobody = await browser.post('/sims/999999999', { label: 'x', memo: '', version: 0 });
    const nobodyEsim = await browser.post('/sims/999999999/esim');
    for (const id of [foreign[0], foreignEsim]) {
        const before = sql(`SELECT label, memo, version FROM line WHERE id = ${id}`);
        for (const version of [0, before[0][2]]) {
            const answer = await browser.post(`/sims/${id}`, { label: 'stolen', memo: 'stolen', version });
            is([answer.status, bare(answer)], [404, bare(nobody)], String(id));
        }
        const reveal = await browser.post(`/sims/${id}/esim`);
        is([reveal.status, bare(reveal)], [404, bare(nobodyEsim)]);
        hasNot(reveal.text, 'LPA:');
        is(sql(`SELECT label, memo, version FROM line WHERE id = ${id}`), before);
    }
    is(sqlOne(`SELECT COUNT(*) FROM audit WHERE action = 'esim-reveal' AND actor_name = '${demo('OTHER').login}'`), '0');
});

test('8.2.2 a bad form for another customer\'s SIM is answered as for nobody\'s', async () => {
    const fields = { label: 'x'.repeat(101), memo: '', version: 'abc' };
    const nobody = await browser.post('/sims/999999999', fields);
    const answer = await browser.post(`/sims/${foreign[0]}`, fields);
    is([answer.status, bare(answer)], [nobody.status, bare(nobody)]);
    isClean(answer);
});

test('8.2.2 conditions that name another customer\'s things find nothing of it', async () => {
    const [serial, phone, group] = sql(`SELECT serial, phone, share_group_id FROM line WHERE customer_id = ${main} AND share_group_id IS NOT NULL LIMIT 1`)[0];
    const old = sqlOne(`SELECT serial FROM card WHERE former_of = ${main} LIMIT 1`);
    for (const query of [`serial=${serial}`, `phone=${phone}`, `group=${group}`, `label=${canary}`, `serial=${old}`, `customer=${main}`, `customer_id=${main}`, `after=${serial}.${foreign[0]}&page=2`, `before=${serial}.${foreign[0]}`,
        `after=${serial}.${foreign[0]}.${main}`])
        for (const path of [`/sims?${query}`, `/sims.csv?${query}`]) {
            const answer = await browser.get(path);
            // A group that is not on offer is told, as one that is nobody's.
            is(answer.status, path.startsWith('/sims?group=') ? 422 : 200, path);
            const found = marks.filter(mark => words(answer.text).includes(mark) && !decodeURIComponent(query).includes(mark));
            is(found, [], path);
            for (const id of foreign)
                unlike(answer.text, new RegExp(`href="/sims/${id}"`), path);
        }
});

test('8.4.1 a crawl through everything one customer can reach never meets a word of the other', async () => {
    const seen = new Set();
    const queue = ['/', '/sims?size=200', '/sims.csv', '/sims.csv?charset=cp932', '/customers', '/password', ...own.slice(0, 30).map(id => `/sims/${id}`)];
    while (queue.length > 0 && seen.size < 90) {
        const path = queue.shift();
        if (seen.has(path))
            continue;
        seen.add(path);
        const answer = await browser.get(path);
        isClean(answer, path);
        if (/html/.test(answer.headers['content-type'] ?? ''))
            queue.push(...links(answer.text).filter(link => link.startsWith('/') && !/^\/(static|favicon|logout|language)/.test(link)));
    }
    ok(seen.size > 40, `${seen.size} pages`);
});

test('8.4.1 the file holds the own SIMs, all of them and no other', async () => {
    const rows = (await browser.get('/sims.csv')).text.trim().split('\r\n').slice(1);
    is(rows.length, own.length);
    ok(rows.every(row => row.includes('TC0000-00002')));
});

test('8.4.1 another customer cannot be chosen', async () => {
    await browser.get('/sims');
    for (const id of [main, '999999', '0']) {
        const answer = await browser.post('/customer', { customer_id: id });
        ok(id === '0' ? [303, 404].includes(answer.status) : answer.status === 404, `${id}: ${answer.status}`);
        isClean(await browser.get('/sims'), `after ${id}`);
        isClean(await browser.get('/'), `after ${id}`);
        is((await browser.get(`/sims/${foreign[0]}`)).status, 404);
    }
    await browser.post('/customer', { customer_id: other });
    has((await browser.get('/')).text, 'TC0000-00002');
});

test('8.4.1 mails and the audit name the customer they belong to', async () => {
    const strays = sqlOne(`SELECT COUNT(*) FROM audit a JOIN account c ON c.id = a.actor_id AND a.actor_kind = 'account' WHERE a.action IN ('line-note', 'esim-reveal')
        AND NOT EXISTS (SELECT 1 FROM account_customer x WHERE x.account_id = c.id AND x.customer_id = a.customer_id)`);
    is(strays, '0');
});

await run();
