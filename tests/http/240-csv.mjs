// 240-csv: the SIM list as a file: the same SIMs in the same order, readable by a spreadsheet, without formulas.
import { run, test, is, ok, like, has } from './lib/tap.mjs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, ctl, customerId, sql } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, field, lines } from './lib/html.mjs';
import { parse } from './lib/csv.mjs';

const main = customerId('main');
const browser = await signedIn(account());

async function listed(query, who = browser) {
    const all = [];
    let path = `/sims?${query}&size=200`;
    while (path) {
        const page = await who.get(path);
        all.push(...lines(page.text));
        const next = page.text.match(/rel="next" href="([^"]*)"/);
        path = next && decode(next[1]);
    }
    return all;
}

async function file(query, who = browser) {
    const answer = await who.get(`/sims.csv?${query}`);
    is(answer.status, 200, query);
    return parse(answer.text.replace(/^\uFEFF/, ''));
}

test('5.4.1, 5.4.2, 3.2.1 it is a download with a plain name, a type with its charset, and not to be guessed at', async () => {
    const answer = await browser.get('/sims.csv');
    is(answer.headers['content-disposition'], 'attachment; filename="sims.csv"');
    is([answer.headers['content-type'], answer.headers['x-content-type-options'], answer.headers['cache-control']], ['text/csv; charset=utf-8', 'nosniff', 'no-store']);
    like(answer.headers['content-security-policy'], /default-src 'none'/);
    is([...answer.body.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'the byte order mark');
});

test('its head names every column, in the words of the screens', async () => {
    const [head, ...rows] = await file('');
    for (const name of ['SIM製造番号', '電話番号', 'SIMステータス', '契約プラン', 'オプション'])
        ok(head.some(cell => cell.includes(name)), name);
    ok(rows.every(row => row.length === head.length), 'every row is as long as the head');
});

// Files come in chunks, of which the first has 100 rows and the next 200: 300 lines cross two borders.
const orders = ['serial', 'phone', 'state', 'used', 'remaining', 'plan', 'option'].flatMap(sort => [`sort=${sort}`, `sort=-${sort}`]);
for (const query of ['', ...orders, 'state=active', 'phone=0&sort=-plan', 'serial=g&sort=used&state=active', 'state=suspended&sort=-serial', 'throttled=1', 'phone=020-1', 'serial=gg&sort=-remaining', 'label=%E7%AB%AF%E6%9C%AB', 'label=none-at-all'])
    test(`the file is the list: the same SIMs in the same order (${query || 'no condition'})`, async () => {
        const [head, ...rows] = await file(query);
        const [serial, phone, state] = ['SIM製造番号', '電話番号', 'SIMステータス'].map(name => head.indexOf(name));
        const want = (await listed(query)).map(line => [line.serial, line.phone, line.stateText]);
        is(rows.map(row => [row[serial], row[phone], row[state]]), want);
    });

test('each line is there once, in every order', async () => {
    const all = sql(`SELECT serial FROM line WHERE customer_id = ${main} ORDER BY serial`).map(row => row[0]);
    ok(all.length >= 300, `${all.length} lines`);
    for (const order of orders) {
        const [head, ...rows] = await file(order);
        is(rows.map(row => row[head.indexOf('SIM製造番号')]).sort(), all, order);
    }
});

test('all customers in one file: one after the other, each line once, in the order of the list', async () => {
    const all = await signedIn(account({ customers: ['main', 'other', 'third'] }));
    is((await all.post('/customer', { customer_id: '0' })).status, 303);
    const [{ count }] = sql(`SELECT COUNT(*) FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code LIKE 'TC0000-%'`).map(([n]) => ({ count: Number(n) }));
    for (const query of ['', ...orders.slice(0, 6), 'phone=02', 'serial=G&sort=-state', 'state=active&sort=phone', `customer=${customerId('other')}`]) {
        const [head, ...rows] = await file(query, all);
        const [serial, customer] = [head.indexOf('SIM製造番号'), 0];
        const want = await listed(query, all);
        is(rows.map(row => row[serial]), want.map(line => line.serial), query);
        is(new Set(rows.map(row => row[serial])).size, rows.length, query);
        is(rows.map(row => row[customer]).filter((one, i, list) => one !== list[i - 1]).length, new Set(rows.map(row => row[customer])).size, query);
        if (query === '' || query.startsWith('sort='))
            is(rows.length, count, query);
    }
});

test('HEAD tells of the file and sends none of it', async () => {
    const answer = await browser.ask('HEAD', '/sims.csv');
    is([answer.status, answer.headers['content-disposition'], answer.body.length], [200, 'attachment; filename="sims.csv"', 0]);
});

test('page and size do not cut it', async () => {
    is((await file('size=20&page=3')).length, (await file('')).length);
});

test('the links of the page lead to the file of what is shown', async () => {
    const page = await browser.get('/sims?state=active&sort=-phone&size=20&page=2');
    const hrefs = [...page.text.matchAll(/href="(\/sims\.csv[^"]*)"/g)].map(match => decode(match[1]));
    is(hrefs, ['/sims.csv?state=active&sort=-phone', '/sims.csv?state=active&sort=-phone&charset=cp932']);
});

test('1.2.10 cells that a spreadsheet would take for formulas are not; numbers and phone numbers are as they were', async () => {
    const texts = ['=1+1', '+1', '@x', '-1', '-1+cmd|x', '\'quoted', '"=1+1"', ' =1+1', 'a,b', 'a"b', '=HYPERLINK("http://evil.example","x")', '＝1+1', '％', '-5.2'];
    const ids = sql(`SELECT id FROM line WHERE customer_id = ${main} AND state = 'active' ORDER BY serial LIMIT ${texts.length}`).map(row => Number(row[0]));
    for (const [i, id] of ids.entries()) {
        const page = await browser.get(`/sims/${id}`);
        is((await browser.post(`/sims/${id}`, { label: texts[i], memo: `${texts[i]}\n=2+2`, version: field(page.text, 'version') })).status, 303, texts[i]);
    }
    const [head, ...rows] = await file('sort=serial&state=active');
    const [label, memo, phone, iccid] = ['ラベル', 'メモ', '電話番号', 'ICCID'].map(name => head.findIndex(cell => cell.includes(name)));
    const list = await listed('sort=serial&state=active');
    for (const [i, id] of ids.entries()) {
        const row = rows[list.findIndex(line => line.id === id)];
        // A negative number is a number; what begins like a formula gets an apostrophe before it.
        const trimmed = texts[i].trim();
        const want = /^[=+@＝＋＠]/.test(trimmed) || (/^-/.test(trimmed) && !/^-[\d.]+$/.test(trimmed)) ? `'${trimmed}` : trimmed;
        is(row[label], want);
        ok(!/^[=+@\t\r]/.test(row[memo]), row[memo]);
    }
    for (const row of rows)
        for (const [i, cell] of row.entries())
            ok(!/^[=+@\t\r]/.test(cell) && !(cell.startsWith('-') && !/^-[\d.]+$/.test(cell)), `${head[i]}: ${cell}`);
    ok(rows.every(row => /^\d{3}-\d{4}-\d{4,7}$/.test(row[phone])), 'phone numbers keep their zeros and hyphens');
    ok(rows.every(row => row[iccid] === '' || /^'\d{19,20}$/.test(row[iccid])), 'no spreadsheet rounds an ICCID');
    for (const id of ids) {
        const page = await browser.get(`/sims/${id}`);
        await browser.post(`/sims/${id}`, { label: '', memo: '', version: field(page.text, 'version') });
    }
});

test('CP932 is a choice; what it cannot say becomes what is nearest or a question mark, nothing is lost', async () => {
    const id = Number(sql(`SELECT id FROM line WHERE customer_id = ${main} ORDER BY serial LIMIT 1`)[0][0]);
    const page = await browser.get(`/sims/${id}`);
    await browser.post(`/sims/${id}`, { label: '髙橋①ソ表〜−か\u3099é🍣', memo: '', version: field(page.text, 'version') });
    const answer = await browser.get('/sims.csv?charset=cp932');
    is(answer.headers['content-type'], 'text/csv; charset=shift_jis');
    ok(answer.body[0] !== 0xef);
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(answer.body);
    const rows = parse(text);
    const utf8 = await file('');
    is(rows.length, utf8.length);
    is(rows[0], utf8[0]);
    const label = rows[0].findIndex(cell => cell.includes('ラベル'));
    const row = rows[utf8.findIndex(cells => cells.includes('髙橋①ソ表〜−か\u3099é🍣'))];
    is(row[label], '髙橋①ソ表～－がe?');
    has(utf8.flat().join(), '🍣');
    is((await browser.get('/sims.csv?charset=nonsense')).headers['content-type'], 'text/csv; charset=utf-8');
});

test('the file goes back in as it is: every line is known, and the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'csv-'));
    const all = Number(sql(`SELECT COUNT(*) FROM line WHERE customer_id = ${main}`)[0][0]);
    const english = await signedIn(account({ language: 'en' }));
    try {
        for (const [who, query] of [[browser, ''], [browser, '?charset=cp932'], [english, '?sort=-used']]) {
            writeFileSync(join(folder, 'sims.csv'), (await who.get(`/sims.csv${query}`)).body);
            const report = JSON.parse(ctl('line', 'import', join(folder, 'sims.csv'), '--json'));
            is([report.rows, report.known, report.added, report.bad_rows], [all, all, 0, 0], query);
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('15.2.2 eight exports at once: all whole, and pages are served meanwhile', async () => {
    const exports = Array.from({ length: 8 }, () => browser.get('/sims.csv'));
    const page = await browser.get('/sims');
    is(page.status, 200);
    const answers = await Promise.all(exports);
    is(new Set(answers.map(answer => answer.text)).size, 1);
});

test('15.2.2 no more than so many from one address at a time; the others are told to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => browser.get('/sims.csv')));
    const codes = answers.map(answer => answer.status);
    is(codes.filter(code => ![200, 429].includes(code)), []);
    ok(codes.filter(code => code === 200).length >= 20, codes.join());
    for (const answer of answers.filter(one => one.status === 429))
        like(answer.headers['retry-after'], /^\d+$/);
    is((await browser.get('/sims.csv')).status, 200);
});

await run();
