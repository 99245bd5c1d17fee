// 550-start-requests: the start page tells how many requests are in which status, from the kept counts, each a link to
// them, and which come next (screens.md, スタートページ).
import { run, test, is, has, hasNot, logLines, logMark, until } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, field, found, words } from './lib/html.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const later = days => sqlOne(`SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL ${days} DAY, '%Y/%m/%d')`);
const free = n => sql(`SELECT l.id FROM line l WHERE l.customer_id = ${main} AND l.state = 'active' AND l.share_group_id IS NULL AND l.is_protected = 0
    AND NOT EXISTS (SELECT 1 FROM request_item i WHERE i.line_id = l.id) ORDER BY l.id LIMIT ${n}`).map(row => Number(row[0]));
async function ask(lines, date) {
    await browser.get('/requests/new');
    const id = Number((await browser.post('/drafts', [['kind', 'suspend'], ...lines.map(line => ['line', line])])).headers.location.match(/\/drafts\/(\d+)/)[1]);
    await browser.post(`/drafts/${id}`, { reason: 'other', date, go: 'confirm' });
    const page = await browser.get(`/drafts/${id}/confirm`);
    const answer = await browser.post(`/drafts/${id}/confirm`, { version: field(page.text, 'version'), seen: field(page.text, 'seen'), go: 'submit' });
    return decode(answer.headers.location).match(/\/requests\/([A-Z0-9-]+)/)[1];
}
const counts = html => [...html.matchAll(/href="\/requests\?status=(\w+)"><b[^>]*>[^<]*<\/b><strong>([\d,]+)/g)].map(([, status, n]) => [status, Number(n.replace(/,/g, ''))]);
const next = html => [...(html.match(/id="next"[^]*?<\/section>/)?.[0] ?? '').matchAll(/<li><b>([^<]*)<\/b><a href="\/requests\/([A-Z0-9-]+)"/g)].map(([, day, number]) => [day, number]);
const due = (customers, n = 5) => sql(`SELECT DATE_FORMAT(effective_on, '%Y/%m/%d'), number FROM request WHERE customer_id IN (${customers}) AND status IN ('pending', 'processing') ORDER BY effective_on, id LIMIT ${n}`);

test('requests by status, each a link to as many', async () => {
    const [a, b, c] = free(3);
    await ask([a, b], later(40));
    await ask([c], later(39));
    const page = (await browser.get('/')).text;
    is(counts(page).map(([status]) => status), ['pending', 'processing', 'completed', 'failed', 'cancelled']);
    for (const [status, n] of counts(page)) {
        is(String(n), sqlOne(`SELECT COUNT(*) FROM request WHERE customer_id = ${main} AND status = '${status}'`), status);
        is(found((await browser.get(`/requests?status=${status}`)).text), n, status);
    }
});

test('the next five, the earliest day first, each a link with kind and how many SIMs', async () => {
    for (const [i, line] of free(5).entries())
        await ask([line], later(50 - i));
    const page = (await browser.get('/')).text;
    is(next(page).length, 5);
    is(next(page), due(main));
    const two = await ask(free(2), later(1));
    const after = (await browser.get('/')).text;
    is(next(after)[0], [later(1), two]);
    has(words(after), `${later(1)} ${two} 一時停止（2件） 未処理`);
    await browser.get(`/requests/${two}/cancel`);
    await browser.post(`/requests/${two}/cancel`, {});
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
