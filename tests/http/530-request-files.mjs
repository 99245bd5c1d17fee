// 530-request-files: requests as files: the list, the lines of one, what 確認 says, what an upload could not read; and
// each file with numbers goes back in as it is (domain.md, Requests, Uploads of numbers).
import { run, test, is, ok, has, like, expectLog } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne, quote } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, words } from './lib/html.mjs';
import { parse } from './lib/csv.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { raw } from '../fixtures/insert.mjs';
import { chosenLines, freeLines, sorted, withHyphens } from '../fixtures/lines.mjs';
import { requestCopies } from '../fixtures/rows.mjs';
import { beginDraft, confirmedDraft, enterDraft, makeRequest, uploadNumbers } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const viewer = await signedIn(account({ role: 'viewer' }));
const foreign = await signedIn(account({ customers: ['other'] }));
const free = (n, state = 'active') => freeLines(n, { state, where: 'LENGTH(l.phone) = 11', last: true }).map(line => ({ ...line, phone: withHyphens(line.phone) }));
const table = answer => {
    is(answer.status, 200);
    const [head, ...rows] = parse(answer.text.replace(/^\uFEFF/, ''));
    return rows.map(row => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

const lines = free(4);
const asked = [];
for (const [i, line] of lines.slice(0, 3).entries())
    asked.push(await makeRequest(browser, 'suspend', [line], { reason: 'other', note: i === 0 ? '=1+1' : '', date: tokyoDate(20 + i) }));

test('the list as a file: the requests of the list, newest first, each once, with every column', async () => {
    const rows = table(await browser.get('/requests.csv?status=all'));
    is(rows.map(row => row.依頼番号), sql(`SELECT number FROM request WHERE customer_id = ${main} ORDER BY id DESC`).map(row => row[0]));
    const row = rows.find(one => one.依頼番号 === asked[1]);
    is([row.依頼種別, row.対象件数, row.依頼実行日, row.依頼取消日, row.依頼ステータス], ['一時停止', '1', tokyoDate(21), '', '未処理']);
    like(row.顧客名, /^\d+:TC0000-00001:/);
});

test('it is what the page was asked for: pending ones at first, each condition, another customer\'s never', async () => {
    const pending = rows => rows.every(row => row.依頼ステータス === '未処理');
    ok(pending(table(await browser.get('/requests.csv'))));
    for (const query of [`number=${asked[0]}`, `phone=${lines[2].phone}`, 'kind=suspend&requester=nobody', `status=all&until=${encodeURIComponent('2020/01/01')}`]) {
        const listed = [...(await browser.get(`/requests?${query}`)).text.matchAll(/<th><a href="\/requests\/([A-Z0-9-]+)">/g)].map(match => match[1]);
        is(table(await browser.get(`/requests.csv?${query}`)).map(row => row.依頼番号), listed, query);
    }
    is(table(await foreign.get('/requests.csv?status=all')).filter(row => row.依頼番号.startsWith('TC0000-00001-')), []);
    ok(table(await viewer.get('/requests.csv?status=all')).length >= 3, 'who may look may have the file');
    is((await browser.get('/requests.csv?kind=nonsense')).status, 422);
    const page = await browser.get('/requests?status=all&requester=x&size=20');
    is([...page.text.matchAll(/href="(\/requests\.csv[^"]*)"/g)].length, 0, 'nothing found, no file offered');
    const full = await browser.get('/requests?status=all&size=20&page=2');
    is([...full.text.matchAll(/href="(\/requests\.csv[^"]*)"/g)].map(match => decode(match[1])), ['/requests.csv?status=all', '/requests.csv?status=all&charset=cp932']);
});

test('of all customers; in CP932; in English', async () => {
    const all = await signedIn(account({ customers: ['main', 'other', 'third'] }));
    await all.post('/customer', { customer_id: '0' });
    is(table(await all.get('/requests.csv?status=all')).map(row => row.依頼番号), sql(`SELECT r.number FROM request r JOIN customer c ON c.id = r.customer_id WHERE c.code LIKE 'TC0000-%' ORDER BY r.id DESC`).map(row => row[0]));
    const answer = await browser.get('/requests.csv?status=all&charset=cp932');
    is(answer.headers['content-type'], 'text/csv; charset=shift_jis');
    has(new TextDecoder('shift_jis', { fatal: true }).decode(answer.body), '一時停止');
    const english = await signedIn(account({ language: 'en' }));
    has((await english.get('/requests.csv')).text.split('\r\n')[0], 'Request number');
});

test('a long file crosses chunks without losing or doubling a request', async () => {
    sql(requestCopies(asked[0], 'seq_0_to_399', { number: raw("CONCAT('TC0000-00001-CS98', LPAD(n.seq, 4, '0'))"), status: 'cancelled', account_name: 'many', open_items: 0 }));
    try {
        const numbers = table(await browser.get('/requests.csv?status=all&requester=many')).map(row => row.依頼番号);
        is([numbers.length, new Set(numbers).size], [400, 400]);
        is(table(await browser.get('/requests.csv?status=cancelled&requester=many')).length, 400);
    } finally {
        sql("DELETE FROM request WHERE account_name = 'many'");
    }
});

test('the lines of a request, and those that failed or were left out with the reason beside the number; both can be uploaded as they are', async () => {
    const some = free(140);
    const number = await makeRequest(browser, 'suspend', some, { reason: 'other', date: tokyoDate(30) });
    const id = sqlOne(`SELECT id FROM request WHERE number = ${quote(number)}`);
    const [failed, left] = some;
    // As the worker would leave them.
    sql(`UPDATE request_item SET result = 'failed', code = 'refused', text = 'x', finished_at = UTC_TIMESTAMP(6) WHERE request_id = ${id} AND line_id = ${failed.id};
        UPDATE request_item SET result = 'left', code = 'state', finished_at = UTC_TIMESTAMP(6) WHERE request_id = ${id} AND line_id = ${left.id};
        UPDATE request SET failed_items = 1, left_items = 1, open_items = items - 2 WHERE id = ${id}`);
    const page = await browser.get(`/requests/${number}`);
    has(page.text, `href="/requests/${number}/numbers.csv"`);
    has(page.text, `href="/requests/${number}/numbers.csv?only=wrong"`);
    const all = await viewer.get(`/requests/${number}/numbers.csv`);
    const rows = table(all);
    is(rows.map(row => row.電話番号).sort(), some.map(line => line.phone).sort());
    is(Object.keys(rows[0]).slice(0, 3), ['電話番号', '結果', '理由']);
    const wrong = await browser.get(`/requests/${number}/numbers.csv?only=wrong`);
    is(wrong.headers['content-disposition'], 'attachment; filename="failed.csv"');
    is(table(wrong).map(row => [row.電話番号, row.結果, row.理由 !== '']).sort(), [[failed.phone, '異常終了', true], [left.phone, '対象外', true]].sort());
    for (const [answer, want] of [[all, some], [wrong, [failed, left]], [await browser.get(`/requests/${number}/numbers.csv?charset=cp932`), some]]) {
        const to = await beginDraft(browser, 'resume', []);
        is((await uploadNumbers(browser, to, answer.body)).status, 303);
        is(chosenLines(to), sorted(want.map(line => line.id)));
        is(sqlOne(`SELECT bad_rows + repaired_rows FROM draft WHERE id = ${to}`), '0', 'nothing to repair');
    }
    is((await foreign.get(`/requests/${number}/numbers.csv`)).status, 404);
});

test('確認 shows and gives as a file the state before and after, date, price and reason of each SIM; the file can be uploaded', async () => {
    const [good] = free(1);
    const bad = free(1, 'inactive')[0];
    const { id, page } = await confirmedDraft(browser, 'recharge', [good, bad], { capacity: '1000000000', date: tokyoDate(10) });
    for (const part of [tokyoDate(10), '300円', '現在のステータスでは依頼できません'])
        has(words(page.text), part);
    const file = await browser.get(`/drafts/${id}/confirm.csv`);
    const rows = table(file);
    const of = line => rows.find(row => row.電話番号 === line.phone);
    is([of(good).判定, of(good).理由, of(good).現在のステータス, of(good).適用後のステータス, of(good).適用開始日, of(good)['料金(円・税抜)']], ['依頼できます', '', '開通済', '開通済', tokyoDate(10), '300']);
    is([of(bad).判定, of(bad).理由, of(bad).適用後のステータス, of(bad).適用開始日, of(bad)['料金(円・税抜)']], ['依頼できません', 'このSIMの現在のステータスでは依頼できません。', '', '', '']);
    is(table(await browser.get(`/drafts/${id}/confirm.csv?only=refused`)).map(row => row.電話番号), [bad.phone]);
    const to = await beginDraft(browser, 'recharge', []);
    is((await uploadNumbers(browser, to, file.body)).status, 303);
    is(chosenLines(to), sorted([good.id, bad.id]));
    await enterDraft(browser, id, { capacity: '3000000000', date: tokyoDate(10) }, 'keep');
    is((await browser.get(`/drafts/${id}/confirm.csv`)).headers.location, `/drafts/${id}`, 'what was changed since is looked at first');
    const other = await signedIn(account());
    is((await other.get(`/drafts/${id}/confirm.csv`)).status, 404, 'somebody else\'s');
});

test('a suspension shows the state that follows', async () => {
    const [line] = free(1);
    const { id } = await confirmedDraft(browser, 'suspend', [line], { reason: 'other', date: tokyoDate(9) });
    is(table(await browser.get(`/drafts/${id}/confirm.csv`)).map(row => [row.現在のステータス, row.適用後のステータス, row['料金(円・税抜)']]), [['開通済', '一時停止中', '0']]);
});

test('every row that an upload could not read is in a file, with its line and reason, and it can be uploaded again', async () => {
    const id = await beginDraft(browser, 'suspend', []);
    await uploadNumbers(browser, id, `電話番号\r\n${lines[0].phone}\r\n${Array.from({ length: 250 }, (_, i) => `bad-${i}\r\n`).join('')}`);
    const page = await browser.get(`/drafts/${id}`);
    has(page.text, `href="/drafts/${id}/unread.csv"`);
    const file = await browser.get(`/drafts/${id}/unread.csv`);
    const rows = table(file);
    is([rows.length, rows[0], rows[249].行], [250, { 電話番号: 'bad-0', 理由: '電話番号ではありません。', 行: '3' }, '252']);
    is((await uploadNumbers(browser, id, file.body)).status, 303);
    is(sqlOne(`SELECT bad_rows FROM draft WHERE id = ${id}`), '250');
});

expectLog(/"event":"refused","why":"right"/);
test('who may not ask has no files of drafts', async () => {
    const id = await beginDraft(browser, 'suspend', []);
    is((await viewer.get(`/drafts/${id}/confirm.csv`)).status, 403);
    is((await viewer.get(`/drafts/${id}/unread.csv`)).status, 403);
});

await run();
