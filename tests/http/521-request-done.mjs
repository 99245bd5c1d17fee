// 521-request-done: 完了 and 依頼詳細 say how far a request is: what to expect and when, followed with and without a script
// until it is through; what has failed in words and counts, which lines, whom to contact; no success above a failure
// (screens.md, 依頼詳細; domain.md, Dates).
import { run, test, is, has, hasNot, until } from './lib/tap.mjs';
import { account, quote, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { notices, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeLines, withHyphens } from '../fixtures/lines.mjs';
import { cancelRequest, makeRequest } from '../fixtures/walk.mjs';

const browser = await signedIn(account());
const isFollowed = page => [/data-refresh="([^"]*)"/.exec(page.text)?.[1] ?? null, page.text.includes('<noscript><meta http-equiv="refresh"')];

// A request as a worker would have left it: its row and its items say so, and the page is asked for.
async function stand(number, { status, due = 0, results = [] }) {
    const items = sql(`SELECT i.id FROM request_item i JOIN request r ON r.id = i.request_id WHERE r.number = ${quote(number)} ORDER BY i.line_id`);
    const count = what => results.filter(result => result === what).length;
    sql(`UPDATE request SET status = '${status}', effective_at = UTC_TIMESTAMP(6) - INTERVAL ${due} MINUTE, done_items = ${count('done')}, failed_items = ${count('failed')}, left_items = ${count('left')},
            open_items = items - ${results.length} WHERE number = ${quote(number)};
        ${results.map((result, i) => `UPDATE request_item SET result = '${result}', code = ${{ failed: "'refused'", left: "'state'" }[result] ?? 'NULL'} WHERE id = ${items[i][0]}`).join(';')}`);
    return browser.get(`/requests/${number}?done=1`);
}

test('a request of today is followed from its first moment to its result', async () => {
    const number = await makeRequest(browser, 'suspend', freeLines(1), { reason: 'lost', date: tokyoDate() });
    const first = await browser.get(`/requests/${number}?done=1`);
    has(notices(first.text).join(), '依頼を受け付けました。');
    if (sqlOne(`SELECT status FROM request WHERE number = ${quote(number)}`) !== 'completed')
        is(isFollowed(first), [`/requests/${number}?done=1`, true]);
    await until(() => sqlOne(`SELECT status FROM request WHERE number = ${quote(number)}`) === 'completed', 'the request is completed', 20);
    const last = await browser.get(`/requests/${number}?done=1`);
    is(isFollowed(last), [null, false]);
    has(words(last.text), '1件すべての処理が完了しました。');
    for (const link of ['/requests', '/requests/new'])
        has(last.text, `<a class="button" href="${link}">`);
});

const lines = freeLines(3);
const number = await makeRequest(browser, 'suspend', lines, { reason: 'lost', date: tokyoDate(20) });
const all = [number];
const success = '依頼を受け付けました。';
const contact = `依頼番号 ${number} を添えて営業担当までご連絡ください`;
for (const [what, standing, followed, said, others] of [
    ['its day has not come', { status: 'pending', due: -600 }, false, [success, `${tokyoDate(20)} の0:00から0:30の間に処理します`], [contact]],
    ['it is due', { status: 'pending' }, true, [success, '処理中です。通常は', '自動で更新されます'], [contact]],
    ['it is late', { status: 'pending', due: 31 }, true, [success, '通常の30分を過ぎました', contact], []],
    ['it is late for an hour', { status: 'pending', due: 61 }, false, ['通常の30分を過ぎました', contact], []],
    ['some of it is done', { status: 'processing', due: 5, results: ['done'] }, true, ['処理中です', '完了 1件'], [contact]],
    ['all is done', { status: 'completed', results: ['done', 'done', 'done'] }, false, [success, '3件すべての処理が完了しました'], [contact]],
    ['some lines were left out', { status: 'completed', results: ['done', 'done', 'left'] }, false, ['3件のうち2件の処理が完了しました。1件は対象外です', `${withHyphens(lines[2].phone)}：実行する日の`, '改めてご依頼ください'], [contact]],
    ['some lines failed', { status: 'failed', results: ['done', 'failed', 'failed'] }, false,
        ['一部異常終了：3件のうち1件は完了し、2件は異常終了しました', `${withHyphens(lines[1].phone)}：回線設備で`, `${withHyphens(lines[2].phone)}：回線設備で`, contact], [success, `${withHyphens(lines[0].phone)}：`]],
    ['all lines failed', { status: 'failed', results: ['failed', 'failed', 'failed'] }, false, ['異常終了：3件のうち3件が異常終了し、完了したものはありません', contact], [success, '一部異常終了']],
    ['it is cancelled', { status: 'cancelled' }, false, ['この依頼は取り消されました'], [success, contact]],
])
    test(`what the page says when ${what}`, async () => {
        const page = await stand(number, standing);
        is(isFollowed(page)[1], followed, 'followed');
        for (const text of said)
            has(words(page.text), text);
        for (const text of others)
            hasNot(words(page.text), text);
        if (standing.status === 'failed')
            is(notices(page.text), [], 'no success above a failure');
    });

test('more lines than are named are counted, and each language has its words', async () => {
    const many = freeLines(8);
    const failed = await makeRequest(browser, 'suspend', many, { reason: 'lost', date: tokyoDate(21) });
    all.push(failed);
    has(words((await stand(failed, { status: 'failed', results: many.map((_, i) => (i ? 'failed' : 'done')) })).text), 'ほか2件');
    const english = await signedIn(account({ language: 'en' }));
    const text = words((await english.get(`/requests/${failed}`)).text);
    for (const part of ['Partly failed: of 8 SIMs 1 are completed and 7 have failed.', 'and 2 more', 'Contact your sales representative'])
        has(text, part);
});

test('what was written by hand is put back, as a worker and the kept counts expect it', async () => {
    for (const made of all) {
        await stand(made, { status: 'pending', due: -600 });
        sql(`UPDATE request_item i JOIN request r ON r.id = i.request_id SET i.result = 'pending', i.code = NULL WHERE r.number = ${quote(made)}`);
        is((await cancelRequest(browser, made)).status, 303);
    }
});

await run();
