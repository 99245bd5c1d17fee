// 210-sim-pages: every order of SIM状況一覧 is one, pages follow each other by key without a gap or a repetition, jumps
// land where they say; and parameters that are rubbish do no harm.
import { run, test, is, ok, like, has, unlike } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, field, found, lines, shown } from './lib/html.mjs';
import { insert } from '../fixtures/insert.mjs';

const main = customerId('main');
const total = Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main}`));
const browser = await signedIn(account());
const rel = (html, which) => { const found = html.match(new RegExp(`rel="${which}" href="([^"]*)"`)); return found && decode(found[1]); };
const capacity = Object.fromEntries(sql('SELECT name_ja, capacity_bytes FROM plan').map(([name, bytes]) => [name, Number(bytes)]));

// What each order goes by; states go by their code, plans by capacity, options by their codes.
const keys = { serial: line => line.serial, phone: line => line.phone.replaceAll('-', ''), state: line => line.state, used: line => line.used, remaining: line => line.remaining, plan: line => capacity[line.plan], option: null };
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

async function walk(query, which = 'next', start = `/sims?${query}`) {
    const all = [];
    let path = start;
    let pages = 0;
    while (path && pages++ < 40) {
        const page = await browser.get(path);
        is(page.status, 200, path);
        const rows = lines(page.text);
        all[which === 'next' ? 'push' : 'unshift'](...rows);
        path = rel(page.text, which);
    }
    return all;
}

for (const sort of Object.keys(keys)) {
    for (const sign of ['', '-']) {
        test(`sorted by ${sign}${sort}: ordered, and each SIM once, forwards`, async () => {
            for (const size of [50, 200]) {
                const rows = await walk(`sort=${sign}${sort}&size=${size}`);
                is([rows.length, new Set(rows.map(row => row.id)).size], [total, total], `size ${size}`);
                const key = keys[sort];
                if (key) {
                    const bad = rows.findIndex((row, i) => i > 0 && compare(key(rows[i - 1]), key(row)) * (sign ? -1 : 1) > 0);
                    is(bad < 0 ? 'ordered' : [bad, key(rows[bad - 1]), key(rows[bad])], 'ordered', `size ${size}`);
                }
            }
        });
    }
}

test('options are sorted in blocks, the two directions are each other turned round', async () => {
    for (const sort of ['option', 'plan', 'state', 'used', 'remaining']) {
        const up = (await walk(`sort=${sort}&size=100`)).map(row => row.id);
        const down = (await walk(`sort=-${sort}&size=100`)).map(row => row.id);
        is(down.reverse().join(), up.join(), sort);
    }
    const blocks = (await walk('sort=option&size=200')).map(row => row.option).filter((text, i, all) => text !== all[i - 1]);
    is(new Set(blocks).size, blocks.length, blocks.join());
});

for (const sort of ['serial', '-phone', 'state', '-used', 'remaining', 'plan', '-option']) {
    test(`back from the last page to the first by "previous": the same SIMs in the same order (${sort})`, async () => {
        const pages = Math.ceil(total / 50);
        const forwards = (await walk(`sort=${sort}`)).map(row => row.id);
        const backwards = (await walk('', 'prev', `/sims?sort=${sort}&page=${pages}`)).map(row => row.id);
        is(backwards.join(), forwards.join());
    });
}

test('a jump lands where it says, for the first, middle and last page', async () => {
    const all = (await walk('sort=phone&size=20')).map(row => row.id);
    const pages = Math.ceil(total / 20);
    for (const page of [1, 2, Math.ceil(pages / 2), pages - 1, pages]) {
        const answer = await browser.get(`/sims?sort=phone&size=20&page=${page}`);
        is(lines(answer.text).map(row => row.id), all.slice((page - 1) * 20, page * 20), `page ${page}`);
        is(shown(answer.text), `${total}件中${(page - 1) * 20 + 1}-${Math.min(page * 20, total)}件目を表示`);
        like(answer.text, new RegExp(`aria-current="page"[^>]*>${page}</a>`));
    }
    const first = (await browser.get('/sims?sort=phone&size=20')).text;
    like(first, /<form method="get" action="\/sims">[^]*name="page"/);
    is(field(first.slice(first.indexOf('class="pager"')), 'sort'), 'phone');
});

test('a page past the end shows the last one (issue 2, Bad input)', async () => {
    const last = Math.ceil(total / 50);
    const want = lines((await browser.get(`/sims?page=${last}`)).text).map(row => row.id);
    for (const page of [last + 1, 9999, 1000000000]) {
        const answer = await browser.get(`/sims?page=${page}`);
        is([answer.status, lines(answer.text).map(row => row.id)], [200, want], String(page));
    }
});

const firstPage = lines((await browser.get('/sims')).text).map(row => row.id).join();
for (const [what, queries] of [
    ['a page that is no number', ['page=0', 'page=-1', 'page=abc', 'page=1e9', 'page=1.5', 'page=%20', 'page=', 'page=99999999999999999999', 'page=0x1', 'page=%EF%BC%91']],
    ['a size that is none of the four', ['size=7', 'size=0', 'size=-50', 'size=1000000', 'size=abc', 'size=', 'size=050']],
    ['an order that does not exist', ['sort=nonsense', 'sort=', 'sort=-', 'sort=serial;DROP', 'sort=id', "sort='", 'sort=SERIAL', 'sort=1', 'order=desc']],
    ['a place in the list that is rubbish', ['after=x', 'after=.1', 'after=AF.0', 'after=AF.-1', 'after=..', `after=${'a'.repeat(200)}`, 'after=AF.1.2', 'before=zz', 'after=%27.1&page=1']],
    ['doubled', ['page=1&page=2', 'size=20&size=200', 'sort=phone&sort=-phone', 'after=a.1&after=b.2']],
    ['parameters that nobody knows', ['x=1', 'customer_id=2', 'account=1', '%3Cscript%3E=1', 'a[]=1&a[b]=2']],
])
    test(`${what}: the list as it is without`, async () => {
        for (const query of queries) {
            const answer = await browser.get(`/sims?${query}`);
            is([answer.status, lines(answer.text).map(row => row.id).join() === firstPage], [200, true], query);
        }
    });

test('a place far beyond the end, or before the beginning, shows the page by its number', async () => {
    for (const query of ['page=2&after=ZZZZ.999999', 'page=2&before=.1', 'page=2&after=AF9999999999999.1', 'page=2&before=AA.1']) {
        const answer = await browser.get(`/sims?${query}`);
        is([answer.status, lines(answer.text).length], [200, 50], query);
    }
});

for (const [name, value, message] of [['phone', 'abc', '数字'], ['phone', '090-1234-5678-9999-0', '数字'], ['phone', '1'.repeat(33), '32文字以内'], ['serial', 'AF-1', '数字'], ['serial', 'A'.repeat(33), '32文字以内'],
    ['label', 'x'.repeat(101), '100文字以内'], ['label', 'a\tb', '使用できない'], ['service', 'x', '数字'], ['plan', '-1', '数字'], ['state', 'gone', '一覧の中から'], ['group', 'x', '数字'], ['throttled', '2', '一覧の中から']])
    test(`15.3.7, 1.3.3 the condition ${name} with ${JSON.stringify(value.slice(0, 24))} is told at its place, and no list ignores it`, async () => {
        const answer = await browser.get(`/sims?${name}=${encodeURIComponent(value)}&sort=phone`);
        is([answer.status, lines(answer.text).length], [422, 0]);
        like(answer.text, new RegExp(`id="e-${name}">[^<]*${message}`));
        is((await browser.get(`/sims.csv?${name}=${encodeURIComponent(value)}`)).status, 422, 'the file');
    });

test('15.3.7 a doubled condition is told, not half obeyed', async () => {
    for (const [name, query] of [['phone', 'phone=1&phone=2'], ['state', 'state=active&state=failed'], ['label', 'label=a&label=']]) {
        const answer = await browser.get(`/sims?${query}`);
        is(answer.status, 422, query);
        has(answer.text, `id="e-${name}">同じ項目が二重`);
    }
});

test('conditions at their longest are taken', async () => {
    for (const query of [{ phone: '0-'.repeat(7) + ' '.repeat(8) + '1' }, { serial: 'A'.repeat(20) }, { label: '長'.repeat(100) }])
        is((await browser.get(`/sims?${new URLSearchParams(query)}`)).status, 200, JSON.stringify(query));
});

test('a service, plan or group that is not on offer is told at its place, and finds nothing', async () => {
    const ended = sqlOne(`${insert('share_group', { customer_id: main, name: 'ended', name_search: 'ended', ended_on: '2026-01-01' })}; SELECT LAST_INSERT_ID()`);
    for (const [name, value] of [['service', '999999'], ['plan', '9223372036854775807'], ['group', '9223372036854775807'], ['group', ended]]) {
        const answer = await browser.get(`/sims?${name}=${value}`);
        is([answer.status, lines(answer.text).length], [422, 0], name);
        has(answer.text, `id="e-${name}">一覧の中から`);
        is((await browser.get(`/sims.csv?${name}=${value}`)).text.trim().split('\r\n').length, 1, 'the file');
    }
    sql(`DELETE FROM share_group WHERE id = ${ended}`);
});

test('conditions that were folded away come folded, unless one of them is at fault', async () => {
    const open = async (cookie, path = '/sims') => (await browser.get(path, { headers: { Cookie: `${browser.cookie()}; ${cookie}` } })).text.match(/<details class="search"[^>]*>/)[0].includes(' open');
    is([await open('x=1'), await open('__Host-simportal-folded=line-list'), await open('__Host-simportal-folded=a.line-list.b'), await open('__Host-simportal-folded=line-list', '/sims?phone=abc')], [true, false, false, true]);
    for (const value of ['', 'line', 'line-list-x', 'LINE-LIST', '%6cine-list', '.'.repeat(3000), 'line-list; __Host-simportal-folded=line-list', '\'"<script>'])
        is(await open(`__Host-simportal-folded=${value}`), true, value.slice(0, 40));
});

test('1.2.4 SQL in any parameter finds nothing and breaks nothing', async () => {
    for (const name of ['phone', 'serial', 'service', 'plan', 'state', 'group', 'throttled', 'label', 'sort', 'size', 'page', 'after', 'before', 'customer', 'charset'])
        for (const value of ["' OR '1'='1", '1; DROP TABLE line', '1 UNION SELECT password_hash FROM account', "a'/*", '%\' AND SLEEP(3)#', '\\']) {
            const answer = await browser.get(`/sims?${name}=${encodeURIComponent(value)}`);
            ok([200, 422].includes(answer.status), `${name} ${value}: ${answer.status}`);
            unlike(answer.text, /argon2id|SQL syntax/);
            ok(answer.ms < 2900, `${name} ${value}: ${answer.ms} ms`);
        }
    is(found((await browser.get('/sims')).text), total);
});

await run();
