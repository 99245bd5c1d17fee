// 550-start-requests: the start page tells how many requests are in which status, from the kept counts, each a link to
// them, and which come next (screens.md, スタートページ).
import { run, test, is, has, hasNot, logLines, logMark, until } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { found, withoutBase, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { newIds } from '../fixtures/lines.mjs';
import { cancelRequest, makeRequest } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const ask = (lines, date) => makeRequest(browser, 'suspend', lines, { reason: 'other', date });
const counts = html => [...withoutBase(html).matchAll(/href="\/requests\?status=(\w+)"><b[^>]*>[^<]*<\/b><strong>([\d,]+)/g)].map(([, status, n]) => [status, Number(n.replace(/,/g, ''))]);
const next = html => [...(withoutBase(html).match(/id="next"[^]*?<\/section>/)?.[0] ?? '').matchAll(/<li><b>([^<]*)<\/b><a href="\/requests\/([A-Z0-9-]+)"/g)].map(([, day, number]) => [day, number]);
const due = (customers, n = 5) => sql(`SELECT DATE_FORMAT(effective_on, '%Y/%m/%d'), number FROM request WHERE customer_id IN (${customers}) AND status IN ('pending', 'processing') ORDER BY effective_on, id LIMIT ${n}`);

test('requests by status, each a link to as many', async () => {
    const [a, b, c] = newIds(3);
    await ask([a, b], tokyoDate(40));
    await ask([c], tokyoDate(39));
    const page = (await browser.get('/')).text;
    is(counts(page).map(([status]) => status), ['pending', 'processing', 'completed', 'failed', 'cancelled']);
    for (const [status, n] of counts(page)) {
        is(String(n), sqlOne(`SELECT COUNT(*) FROM request WHERE customer_id = ${main} AND status = '${status}'`), status);
        is(found((await browser.get(`/requests?status=${status}`)).text), n, status);
    }
});

test('the next five, the earliest day first, each a link with kind and how many SIMs', async () => {
    for (const [i, line] of newIds(5).entries())
        await ask([line], tokyoDate(50 - i));
    const page = (await browser.get('/')).text;
    is(next(page).length, 5);
    is(next(page), due(main));
    const two = await ask(newIds(2), tokyoDate(1));
    const after = (await browser.get('/')).text;
    is(next(after)[0], [tokyoDate(1), two]);
    has(words(after), `${tokyoDate(1)} ${two} 一時停止（2件） 未処理`);
    await cancelRequest(browser, two);
    hasNot(words((await browser.get('/')).text), two, 'a cancelled one is not to come');
});

test('of all customers together, with the customer\'s name; another customer\'s alone has none of them', async () => {
    const all = await signedIn(account({ customers: ['main', 'other', 'third'] }));
    await all.post('/customer', { customer_id: '0' });
    const ids = ['main', 'other', 'third'].map(customerId).join();
    const page = (await all.get('/')).text;
    is(next(page), due(ids));
    for (const [status, n] of counts(page))
        is(String(n), sqlOne(`SELECT COUNT(*) FROM request WHERE customer_id IN (${ids}) AND status = '${status}'`), status);
    has(words(page), 'TC0000-00001:');
    const other = await signedIn(account({ customers: ['third'] }));
    is(next((await other.get('/')).text), due(customerId('third')));
});

test('the page costs three statements, of all customers one more for the choice at its top (performance.md)', async () => {
    const all = await signedIn(account({ customers: ['main', 'other'] }));
    await all.post('/customer', { customer_id: '0' });
    const mark = logMark('pools.log');
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    for (const [who, most] of [[browser, 3], [all, 4]]) {
        const answer = await who.get('/');
        const line = await until(() => logLines('pools.log', mark).find(one => one.event === 'request' && one.request === answer.headers['x-request-id']), 'its line');
        is(line.statements, most, line.route);
    }
});

await run();
