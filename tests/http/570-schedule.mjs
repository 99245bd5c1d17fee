// 570-schedule: 予定: what is scheduled, by day and month, for all SIMs and for one; open requests alone, each customer's
// own (screens.md, 予定).
import { run, test, is, ok, has, hasNot, like, logLines, logMark, until } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne, quote } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, links, withoutBase, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { insert, raw } from '../fixtures/insert.mjs';
import { freeLines, withHyphens } from '../fixtures/lines.mjs';
import { requestCopies } from '../fixtures/rows.mjs';
import { cancelRequest, makeRequest } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const monthOf = date => date.slice(0, 7).replace('/', '-');
const iso = date => date.replaceAll('/', '-');
// The days of the sheet that have requests: day, how many, the numbers shown, how many more.
const sheet = html => [...withoutBase(html).matchAll(/<td(?: class="(\w+)")?><b[^>]*>(\d+)<\/b>(<a [^]*?)?<\/td>/g)].map(([, kind, n, rest = '']) => ({
    n: Number(n), kind, count: Number(words(rest.match(/^<a [^>]*>([^<]*)/)?.[1] ?? '0').replace(/[^\d]/g, '')),
    numbers: [...rest.matchAll(/<a class="s \w+" href="\/requests\/([A-Z0-9-]+)"/g)].map(match => match[1]), more: Number(words(rest).match(/ほか(\d+)件/)?.[1] ?? 0),
}));
const listed = html => [...(withoutBase(html).match(/<section id="list">[^]*/)?.[0] ?? '').matchAll(/<th><a href="\/requests\/([A-Z0-9-]+)">/g)].map(match => match[1]);
const want = (month, more = '') => sql(`SELECT number, DAY(effective_on) FROM request WHERE customer_id = ${main} AND status IN ('pending', 'processing') AND DATE_FORMAT(effective_on, '%Y-%m') = '${month}' ${more} ORDER BY effective_on, id`);

const [one, ...rest] = freeLines(7, { isNew: true });
const days = [tokyoDate(33), tokyoDate(34)];
const made = [await makeRequest(browser, 'suspend', [one], { reason: 'other', date: days[0] })];
for (const line of rest.slice(0, 4))
    made.push(await makeRequest(browser, 'suspend', [line], { reason: 'other', date: days[0] }));
made.push(await makeRequest(browser, 'suspend', rest.slice(4), { reason: 'other', date: days[1] }));
const resumed = await makeRequest(browser, 'resume', [one], { date: tokyoDate(60) });

test('a month as a sheet: each day with how many, its first three, and a link to the rest; then the list by day', async () => {
    const month = monthOf(days[0]);
    const page = (await browser.get(`/schedule?month=${month}`)).text;
    const all = want(month);
    is(listed(page), all.map(row => row[0]));
    for (const day of sheet(page).filter(one => one.kind !== 'outside')) {
        const of = all.filter(row => Number(row[1]) === day.n).map(row => row[0]);
        is([day.count, day.numbers, day.more], [of.length, of.slice(0, 3), Math.max(0, of.length - 3)], `day ${day.n}`);
    }
    has(words(page), '一時停止（2件）');
    const shown = sheet(page).filter(one => one.kind !== 'outside').map(day => day.n);
    is(shown, Array.from({ length: new Date(Date.UTC(...month.split('-').map(Number), 0)).getUTCDate() }, (_, i) => i + 1), 'every day once');
    is(sheet(page).length % 7, 0, 'whole weeks');
});

test('a day of it', async () => {
    const page = (await browser.get(`/schedule?month=${monthOf(days[0])}&day=${iso(days[0])}`)).text;
    is(listed(page), want(monthOf(days[0]), `AND effective_on = '${iso(days[0])}'`).map(row => row[0]));
    has(words(page), `${days[0]}の予定`);
    is(sheet(page).filter(day => day.kind === 'current').map(day => day.n), [Number(days[0].slice(8))]);
    const whole = links(page).find(link => link === `/schedule?month=${monthOf(days[0])}`);
    ok(whole, 'and back to the month');
});

test('one SIM: its own requests alone, whatever the number is typed like; nothing, and a wrong number, are said', async () => {
    const phone = withHyphens(one.phone);
    for (const typed of [phone, one.phone, `+81${one.phone.slice(1)}`]) {
        const page = (await browser.get(`/schedule?month=${monthOf(days[0])}&phone=${encodeURIComponent(typed)}`)).text;
        is(listed(page), want(monthOf(days[0]), `AND id IN (SELECT request_id FROM request_item WHERE line_id = ${one.id})`).map(row => row[0]), typed);
        is(sheet(page).reduce((sum, day) => sum + day.count, 0), listed(page).length);
    }
    is(listed((await browser.get(`/schedule?month=${monthOf(tokyoDate(60))}&phone=${phone}`)).text), [resumed, ...want(monthOf(tokyoDate(60)), `AND id IN (SELECT request_id FROM request_item WHERE line_id = ${one.id}) AND number <> ${quote(resumed)}`).map(row => row[0])].sort((a, b) => made.indexOf(a) - made.indexOf(b)).reverse());
    const link = links((await browser.get(`/sims/${one.id}`)).text).find(href => href.startsWith('/schedule?phone='));
    is((await browser.get(link)).status, 200, 'the SIM\'s own page leads there');
    has(words((await browser.get('/schedule?month=2030-01')).text), '予定されている依頼はありません');
    const wrong = await browser.get('/schedule?phone=abc');
    is([wrong.status, faults(wrong.text).join().includes('電話番号を')], [422, true]);
    const foreign = sqlOne(`SELECT phone FROM line WHERE customer_id = ${customerId('other')} AND state = 'active' LIMIT 1`);
    is(listed((await browser.get(`/schedule?phone=${foreign}`)).text), []);
});

test('previous and next month, the present one from elsewhere; what is no month or day is the present month', async () => {
    const page = (await browser.get('/schedule?month=2026-12')).text;
    is([...new Set(links(page).filter(link => /^\/schedule\?month=20/.test(link)))].filter(link => /2026-11|2027-01/.test(link)).sort(), ['/schedule?month=2026-11', '/schedule?month=2027-01']);
    const present = (await browser.get('/schedule')).text;
    for (const query of ['month=2026-13', 'month=x', 'month=1999-01', 'month=9999-99', 'day=2026-02-30', 'page=0', 'page=x', `month=${monthOf(days[0])}x`])
        is(words((await browser.get(`/schedule?${query}`)).text), words(present), query);
    has(words(present).replace(/\s/g, ''), sqlOne("SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, '%Y年%m月')"));
});

test('a cancelled request and one that is over are not scheduled', async () => {
    const number = made[1];
    await cancelRequest(browser, number);
    hasNot(words((await browser.get(`/schedule?month=${monthOf(days[0])}`)).text), number);
    sql(`UPDATE request SET status = 'processing' WHERE number = ${quote(made[2])}`);
    has(words((await browser.get(`/schedule?month=${monthOf(days[0])}`)).text), made[2]);
    sql(`UPDATE request SET status = 'pending' WHERE number = ${quote(made[2])}`);
});

test('many on one day are paged; of all customers with the customer\'s name; another customer\'s never', async () => {
    sql(requestCopies(made[0], 'seq_0_to_119', { number: raw("CONCAT('TC0000-00001-CS97', LPAD(n.seq, 4, '0'))"), account_name: 'many', effective_on: '2031-05-05', effective_at: '2031-05-04 15:00:00' }));
    try {
        const numbers = [];
        for (const page of [1, 2, 3])
            numbers.push(...listed((await browser.get(`/schedule?month=2031-05&page=${page}`)).text));
        is(numbers, want('2031-05').map(row => row[0]));
        is(sheet((await browser.get('/schedule?month=2031-05')).text).filter(day => day.count).map(day => [day.n, day.count, day.numbers.length, day.more]), [[5, 120, 3, 117]]);
        const all = await signedIn(account({ customers: ['main', 'other'] }));
        await all.post('/customer', { customer_id: '0' });
        const page = (await all.get('/schedule?month=2031-05')).text;
        is([sheet(page).find(day => day.count).count, listed(page).length], [120, 50]);
        has(words(page), 'TC0000-00001:');
        const other = await signedIn(account({ customers: ['other'] }));
        is(listed((await other.get('/schedule?month=2031-05')).text), []);
        const viewer = await signedIn(account({ role: 'viewer' }));
        is(listed((await viewer.get('/schedule?month=2031-05')).text).length, 50);
    } finally {
        sql("DELETE FROM request WHERE account_name = 'many'");
    }
});

test('who sees a hundred customers is told by day what who sees a few is told by customer: the same, and nothing foreign', async () => {
    const few = account({ customers: ['main', 'third'] }), many = account({ customers: ['main', 'third'] });
    const other = customerId('other');
    sql(`${insert('customer', { code: raw("CONCAT('HUNDRED-', seq)"), name: 'Hundred' }, { from: 'seq_1_to_100' })};
        ${insert('account_customer', { account_id: many.id, customer_id: raw('id') }, { from: "customer WHERE code LIKE 'HUNDRED-%'" })};
        UPDATE account SET customers = 102 WHERE id = ${many.id};
        ${insert('request', { customer_id: raw('c.id'), number: raw("CONCAT('TC0000-HU', c.id, '-', seq)"), account_id: few.id, account_name: 'hundred', effective_on: raw("DATE('2031-07-01') + INTERVAL seq % 9 DAY"), effective_at: '2031-07-01' },
        { from: `seq_1_to_40 JOIN customer c ON c.id IN (${main}, ${customerId('third')}, ${other})` })}`);
    try {
        const pages = [];
        for (const who of [few, many]) {
            const one = await signedIn(who);
            await one.post('/customer', { customer_id: '0' });
            const all = [];
            for (const path of ['/', '/schedule?month=2031-07', '/schedule?month=2031-07&page=2', '/schedule?month=2031-07&day=2031-07-03', `/schedule?month=${monthOf(days[0])}`])
                all.push((await one.get(path)).text);
            pages.push(all);
        }
        const told = page => [sheet(page), listed(page), [...(withoutBase(page).match(/id="next"[^]*?<\/section>/)?.[0] ?? '').matchAll(/href="\/requests\/([A-Z0-9-]+)"/g)].map(match => match[1])];
        is(pages[1].map(told), pages[0].map(told));
        is(listed(pages[1][1]).concat(listed(pages[1][2])), sql(`SELECT number FROM request WHERE account_name = 'hundred' AND customer_id <> ${other} ORDER BY effective_on, id`).map(row => row[0]));
        is(told(pages[1][0])[2].length, 5);
        ok(pages[1].every(page => !page.includes(`TC0000-HU${other}-`)), 'another customer\'s are not there');
    } finally {
        sql(`DELETE FROM request WHERE account_name = 'hundred'; DELETE FROM account_customer WHERE account_id = ${many.id} AND customer_id IN (SELECT id FROM customer WHERE code LIKE 'HUNDRED-%');
            DELETE FROM customer WHERE code LIKE 'HUNDRED-%'`);
    }
});

test('the page costs three statements; its menu entry and its crumbs', async () => {
    const mark = logMark('pools.log');
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    const answer = await browser.get('/schedule');
    const line = await until(() => logLines('pools.log', mark).find(one => one.event === 'request' && one.request === answer.headers['x-request-id']), 'its line');
    ok(line.statements <= 3, `${line.statements}`);
    like(answer.text, /<a href="\/schedule" aria-current="page">予定<\/a>/);
    has(words(answer.text), 'スタートページ 依頼申込管理 予定');
});

await run();
