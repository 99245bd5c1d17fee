// 535-request-pages: the list of requests page by page: whatever is asked for, and however a page is reached, the pages
// together are what there is, newest first, each request once (screens.md, 依頼一覧; performance.md, Paging).
import { run, test, is, ok, has, hasNot } from './lib/tap.mjs';
import { account, customerId, quote, sql } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, withoutBase, words } from './lib/html.mjs';
import { insert, raw } from '../fixtures/insert.mjs';
import { itemRows, requestCounts } from '../fixtures/rows.mjs';

const third = customerId('third');
const who = account({ customers: ['third'] });
const browser = await signedIn(who);
const both = await signedIn(account({ customers: ['other', 'third'] }));
await both.post('/customer', { customer_id: '0' });
const lines = sql(`SELECT id, phone, serial, plan_id FROM line WHERE customer_id = ${third} ORDER BY id LIMIT 3`);

// 130 requests as pages and a worker have left them long ago: of three lines in turn, in every status.
const far = raw("'2099-01-01'");
sql(`${insert('request', { customer_id: third, number: raw("CONCAT('TC0000-00003-CS25', 1000 + seq)"), kind: raw("IF(seq % 2, 'resume', 'suspend')"), status: raw("ELT(1 + seq % 4, 'pending', 'completed', 'completed', 'failed')"),
        account_id: who.id, account_name: raw("IF(seq % 3, 'somebody', 'nobody')"), received_at: raw("DATE('2026-01-05') + INTERVAL seq HOUR"), received_on: raw("DATE('2026-01-05') + INTERVAL seq % 5 DAY"), effective_on: far, effective_at: far },
    { from: 'seq_0_to_129 ORDER BY seq' })};
    ${itemRows(`request r JOIN line l ON l.id = ELT(1 + RIGHT(r.number, 4) MOD 1000 MOD 3, ${lines.map(([id]) => id).join()}) WHERE r.number LIKE 'TC0000-00003-CS25%' ORDER BY r.id`, { result: 'cancelled' })};
    ${requestCounts(`customer_id = ${third}`)}`);

const of = (line, more = '1') => `EXISTS (SELECT 1 FROM request_item i WHERE i.request_id = r.id AND i.line_id = ${lines[line][0]}) AND ${more}`;
const conditions = {
    '': "r.status = 'pending'",
    'status=all': '1',
    'status=completed': "r.status = 'completed'",
    'status=all&kind=suspend': "r.kind = 'suspend'",
    'status=all&requester=some': "r.account_name = 'somebody'",
    'status=completed&from=2026/01/07&until=2026/01/09': "r.status = 'completed' AND r.received_on BETWEEN '2026-01-07' AND '2026-01-09'",
    'status=all&number=s251': "r.number LIKE '%S251%'",
    'status=completed&number=CS25': "r.status = 'completed'",
    [`status=all&phone=${lines[0][1]}`]: of(0),
    [`status=failed&phone=${lines[1][1]}`]: of(1, "r.status = 'failed'"),
    [`status=all&serial=${encodeURIComponent(lines[2][2])}`]: of(2),
    [`status=all&phone=${lines[0][1]}&serial=${encodeURIComponent(lines[0][2])}`]: of(0),
    [`status=all&phone=${lines[0][1]}&serial=${encodeURIComponent(lines[1][2])}`]: '0',
    [`status=all&serial=${encodeURIComponent(lines[2][2])}&number=CS2510&kind=suspend`]: of(2, "r.number LIKE '%CS2510%' AND r.kind = 'suspend'"),
};
// Who looks, at which customers.
const views = [['', browser, `${third}`], ['of all customers: ', both, `${third}, ${customerId('other')}`]];
const expected = (where, of = third) => sql(`SELECT r.number FROM request r WHERE r.customer_id IN (${of}) AND ${where} ORDER BY r.id DESC`).map(row => row[0]);
const numbers = page => [...withoutBase(page.text).matchAll(/<th><a href="\/requests\/([A-Z0-9-]+)">/g)].map(match => match[1]);
const link = (page, rel) => decode(page.text.match(new RegExp(`rel="${rel}" href="([^"]*)"`))?.[1] ?? '');
const inPages = (all, size = 20) => Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, i) => all.slice(i * size, (i + 1) * size));

for (const [[whose, browser, of], query, where] of views.flatMap(view => Object.entries(conditions).map(one => [view, ...one])))
    test(`${whose}${query.replaceAll('&', ', ') || 'without a word'}: by number of page, forth and back`, async () => {
        const wanted = inPages(expected(where, of)), open = `/requests?${query}${query ? '&' : ''}size=20`;
        const direct = [];
        for (let page = 1; page <= wanted.length; page++)
            direct.push(await browser.get(`${open}&page=${page}`));
        is(direct.map(numbers), wanted, 'by number');
        const forth = [await browser.get(open)];
        while (link(forth.at(-1), 'next') && forth.length <= wanted.length)
            forth.push(await browser.get(link(forth.at(-1), 'next')));
        is(forth.map(numbers), wanted, 'forth');
        const back = [direct.at(-1)];
        while (link(back.at(-1), 'prev') && back.length <= wanted.length)
            back.push(await browser.get(link(back.at(-1), 'prev')));
        is(back.map(numbers).reverse(), wanted, 'back');
        is(numbers(await browser.get(`${open}&page=1000000`)), wanted.at(-1), 'beyond the end: the last page');
        is(new Set([...direct, ...forth].map(page => page.text.match(/([\d,]+) ?件/)?.[1])).size, 1, 'the same total on each page');
    });

test('who has none is told so, who looks for one that is not there is led to all', async () => {
    const before = sql('SELECT id FROM customer').length;
    sql(insert('customer', { code: 'NONE-1' }));
    const fresh = account({ customers: ['other'] });
    const id = sql("SELECT id FROM customer WHERE code = 'NONE-1'")[0][0];
    sql(`UPDATE account_customer SET customer_id = ${id} WHERE account_id = ${fresh.id}; UPDATE account SET home_customer_id = ${id} WHERE id = ${fresh.id}`);
    const newcomer = await signedIn(fresh);
    has(words((await newcomer.get('/requests?status=all')).text), '依頼はまだありません。');
    for (const query of ['', 'status=failed', 'status=all&kind=suspend', 'status=all&number=1']) {
        const page = words((await newcomer.get(`/requests?${query}`)).text);
        has(page, '条件に合う依頼はありません。 すべての依頼を見る', query);
        hasNot(page, '依頼はまだありません。', query);
    }
    is(sql('SELECT id FROM customer').length, before + 1);
});

test('a key that is nobody\'s, or another customer\'s, moves nothing and shows nothing foreign', async () => {
    const all = expected('1');
    const foreign = sql(`SELECT id FROM request WHERE customer_id <> ${third} ORDER BY id DESC LIMIT 1`)[0]?.[0] ?? '1';
    for (const key of ['after=18446744073709551615', 'before=18446744073709551615', `after=${foreign}`, `before=${foreign}`, 'after=0', 'before=x']) {
        const page = await browser.get(`/requests?status=all&size=20&page=2&${key}`);
        is(page.status, 200, key);
        ok(numbers(page).every(number => all.includes(number)), key);
    }
    const nothing = await browser.get('/requests?status=all&number=nowhere');
    is([nothing.status, numbers(nothing)], [200, []]);
    has(nothing.text, 'value="nowhere"');
});

test('a file of each has the same', async () => {
    for (const [[, browser, of], query, where] of views.flatMap(view => Object.entries(conditions).map(one => [view, ...one]))) {
        const file = await browser.get(`/requests.csv?${query}`);
        is([...file.text.matchAll(/TC0000-0000\d-[A-Z]{2}\d+/g)].map(match => match[0]), expected(where, of), query);
    }
    is(sql(`SELECT COUNT(*) FROM request WHERE number = ${quote('TC0000-00003-CS251000')}`)[0][0], '1');
});

await run();
