// 580-request-words: the forms of requests explain themselves: what it is, its fee, which days and why, until when it can
// be changed or cancelled, how long a recharge lasts; the list's remaining conditions; empty states (screens.md, 依頼一覧).
import { run, test, is, ok, has, hasNot, until, fewestStatements } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, found, options, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { newIds } from '../fixtures/lines.mjs';
import { beginDraft, confirmedDraft, makeRequest, submitDraft } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const date = text => sqlOne(`SELECT DATE_FORMAT(${text.replace('TODAY', 'DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)')}, '%Y/%m/%d')`);
const today = tokyoDate();

for (const [kind, about, fee] of [['recharge', 'データ容量を追加します', '300円'], ['suspend', '通信を一時的に止めます', '手数料はかかりません'], ['resume', 'もう一度通信できるようにします', '手数料はかかりません'],
    ['activate', '未開通のSIMを開通します', '手数料はかかりません'], ['terminate', '実行後は元に戻せません', '手数料はかかりません']])
    test(`the form of ${kind} says what it does, what it costs, which days, and until when it can be changed`, async () => {
        const page = words((await browser.get(`/drafts/${await beginDraft(browser, kind)}`)).text);
        for (const part of [about, fee, '30分以内', '変更と取消は適用開始日の前日まで', `${today}（本日）から ${date('TODAY + INTERVAL 3 MONTH')}（3か月後`, 'まだSIMが選ばれていません'])
            has(page, part, kind);
    });

test('with SIMs it says no more that there are none', async () => {
    hasNot(words((await browser.get(`/drafts/${await beginDraft(browser, 'suspend', newIds(1))}`)).text), 'まだSIMが選ばれていません');
});

test('a recharge says how long it lasts: on its form, on 確認, on its detail', async () => {
    const day = date('TODAY + INTERVAL 5 DAY');
    const last = date('LAST_DAY(TODAY + INTERVAL 5 DAY + INTERVAL 3 MONTH)');
    const { id, page } = await confirmedDraft(browser, 'recharge', newIds(1), { capacity: '1000000000', date: day });
    has(words((await browser.get(`/drafts/${id}`)).text), '3か月後の末日まで使えます');
    has(words(page.text), `有効期限 ${last}`);
    has(words(page.text), '変更と取消は適用開始日の前日まで');
    const answer = await submitDraft(browser, id, { page });
    const detail = words((await browser.get(answer.headers.location)).text);
    has(detail, `有効期限 ${last}`);
    has(detail, `変更・取消は ${date('TODAY + INTERVAL 4 DAY')} まで`);
});

test('the lines of a request can be narrowed to those that failed', async () => {
    const [a, b] = newIds(2);
    const path = `/requests/${await makeRequest(browser, 'suspend', [a, b], { reason: 'other', date: tokyoDate(5) })}`;
    hasNot((await browser.get(path)).text, 'only=failed');
    sql(`UPDATE request_item SET result = 'failed', code = 'refused' WHERE line_id = ${a} AND open = 1; UPDATE request SET failed_items = 1, open_items = 1 WHERE number = '${path.split('/').at(-1)}'`);
    const whole = (await browser.get(path)).text;
    has(whole, `href="${path}?only=failed"`);
    const one = (await browser.get(`${path}?only=failed`)).text;
    is([...one.matchAll(/<th><a href="\/sims\/(\d+)">/g)].map(match => Number(match[1])), [a]);
    has(one, `href="${path}"`);
    has(words((await browser.get(`${path}?only=left`)).text), 'あてはまるSIMはありません');
    sql(`UPDATE request_item SET result = 'pending', code = NULL WHERE line_id = ${a} AND result = 'failed'; UPDATE request SET failed_items = 0, open_items = 2 WHERE number = '${path.split('/').at(-1)}'`);
});

test('依頼一覧 by サービス種別, and by customer when all are looked at; what is not on offer is told', async () => {
    const page = (await browser.get('/requests?status=all')).text;
    const services = options(page, 'service').filter(option => option.value);
    is(services.map(option => Number(option.value)), sql('SELECT id FROM service ORDER BY id').map(row => Number(row[0])));
    for (const { value } of services) {
        const want = Number(sqlOne(`SELECT COUNT(*) FROM request WHERE customer_id = ${main} AND service_id = ${value}`));
        is([found((await browser.get(`/requests?status=all&service=${value}`)).text), (await browser.get(`/requests.csv?status=all&service=${value}`)).text.trim().split('\r\n').length - 1], [want, want]);
    }
    const wrong = await browser.get('/requests?service=999');
    is([wrong.status, faults(wrong.text).join().includes('一覧の中から')], [422, true]);
    const all = await signedIn(account({ customers: ['main', 'other'] }));
    await all.post('/customer', { customer_id: '0' });
    is(options((await all.get('/requests')).text, 'customer').filter(option => option.value).length, 2);
    is(found((await all.get(`/requests?status=all&customer=${main}`)).text), Number(sqlOne(`SELECT COUNT(*) FROM request WHERE customer_id = ${main}`)));
});

test('the list costs two statements, one more for conditions that are counted', async () => {
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    for (const [query, most] of [['', 2], ['status=all', 2], ['service=1', 3], ['kind=suspend&phone=00', 3], ['number=CS', 3], ['kind=x', 2]]) {
        const fewest = await fewestStatements(browser, `/requests?${query}`);
        ok(fewest <= most, `${query}: ${fewest}`);
    }
});

await run();
