// 522-drafts: what was begun and not sent is listed on 各種依頼, opened and thrown away; a change says of which request it is,
// and 確認 what it changes, field by field and line by line (screens.md, 各種依頼, 確認).
import { run, test, is, ok, has, hasNot, expectLog } from './lib/tap.mjs';
import { account, quote, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { notices, titleOf, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { chosenLines, freeIds, freeLines, sorted, withHyphens } from '../fixtures/lines.mjs';
import { beginDraft, chooseLines, confirmation, deleteDraft, draftOf, editRequest, enterDraft, listedDrafts, makeRequest, submitDraft } from '../fixtures/walk.mjs';

const who = account();
const browser = await signedIn(who);

test('一時保存 leads to the list of drafts, the latest first, with their age; an empty one is not listed', async () => {
    is(await listedDrafts(browser), []);
    has(words((await browser.get('/requests/new')).text), '入力途中の依頼はありません');
    await beginDraft(browser, 'resume');
    const old = await beginDraft(browser, 'suspend', freeIds(2));
    const young = await beginDraft(browser, 'terminate');
    const kept = await enterDraft(browser, young, { reason: 'other', note: 'のこす', date: '' }, 'keep');
    is([kept.status, kept.headers.location], [303, '/requests/new?said=kept']);
    const now = 'UTC_TIMESTAMP(6) - INTERVAL';
    for (const [since, age] of [['30 SECOND', '0分前'], ['61 MINUTE', '1時間前'], ['49 HOUR', '2日前']]) {
        sql(`UPDATE draft SET touched_at = ${now} ${since} WHERE id = ${old}`);
        has(words((await browser.get('/requests/new')).text), age);
    }
    is(await listedDrafts(browser), [young, old]);
    const page = await browser.get(kept.headers.location);
    has(notices(page.text).join(), '一時保存しました');
    has(page.text, `href="/drafts/${young}"`);
    has((await browser.get(`/drafts/${young}`)).text, 'のこす');
});

test('a draft is thrown away by its button, once', async () => {
    const [first, ...others] = await listedDrafts(browser);
    const answer = await deleteDraft(browser, first);
    is([answer.status, answer.headers.location], [303, '/requests/new?said=deleted']);
    has(notices((await browser.get(answer.headers.location)).text).join(), '削除しました');
    is(await listedDrafts(browser), others);
    is((await deleteDraft(browser, first)).status, 404);
    is(sqlOne(`SELECT COUNT(*) FROM draft WHERE id = ${first}`), '0');
});

expectLog(/"event":"refused","why":"(right|csrf)"/);
test('nobody else sees it, throws it away, or does it without the token', async () => {
    const id = await beginDraft(browser, 'suspend', freeIds(1));
    const both = await signedIn(account({ customers: ['main', 'other'] }));
    for (const visitor of [await signedIn(account()), await signedIn(account({ customers: ['other'] })), both]) {
        ok(!(await listedDrafts(visitor)).includes(id));
        is((await deleteDraft(visitor, id)).status, 404);
    }
    const viewer = await signedIn(account({ role: 'viewer' }));
    await viewer.get('/sims');
    is((await viewer.post(`/drafts/${id}/delete`, {})).status, 403);
    is((await browser.send(`/drafts/${id}/delete`, 'csrf=none')).status, 403);
    is(sqlOne(`SELECT COUNT(*) FROM draft WHERE id = ${id}`), '1');
});

test('what has become a request is no draft any more', async () => {
    const id = await beginDraft(browser, 'suspend', freeIds(1));
    await enterDraft(browser, id, { reason: 'other', date: tokyoDate(30) });
    const made = await submitDraft(browser, id);
    ok(!(await listedDrafts(browser)).includes(id));
    is((await deleteDraft(browser, id)).headers.location, made.headers.location.replace(/\?.*/, ''));
    is(sqlOne(`SELECT COUNT(*) FROM draft WHERE id = ${id}`), '1');
});

test('キャンセル on the confirmation of a recharge throws it away', async () => {
    const id = await beginDraft(browser, 'recharge', freeIds(1));
    await enterDraft(browser, id, { capacity: '1000000000', date: tokyoDate(5) });
    has((await confirmation(browser, id)).text, `action="/drafts/${id}/delete"`);
});

test('a change names its request in title and crumbs at each step, and 確認 shows before and after', async () => {
    const [a, b, c] = freeLines(3);
    const number = await makeRequest(browser, 'recharge', [a, b], { capacity: '1000000000', date: tokyoDate(20) });
    const id = draftOf(await editRequest(browser, number));
    ok((await listedDrafts(browser)).includes(id));
    for (const step of ['', '/lines', '/confirm']) {
        if (step === '/confirm') {
            await chooseLines(browser, `/drafts/${id}/lines`, [b.id, c.id], [c.id]);
            is(chosenLines(id), sorted([a.id, c.id]));
            await enterDraft(browser, id, { capacity: '3000000000', date: tokyoDate(20) });
        }
        const page = await browser.get(`/drafts/${id}${step}`);
        is(titleOf(page.text), `リチャージ依頼の変更（${number}）`, step);
        has(page.text, `<a href="/requests/${number}">${number}</a>`, step);
    }
    const page = words((await confirmation(browser, id)).text);
    for (const part of ['変更前 1.0 GB → 変更後 3.0 GB', `${tokyoDate(20)} 変更なし`, '追加 1件、削除 1件、変更なし 1件', '変更前の合計は 660円（税込）です。', `依頼の対象から外すSIM ${withHyphens(b.phone)}`])
        has(page, part);
    const removed = words((await browser.get(`/drafts/${id}/confirm?only=removed`)).text);
    has(removed, `${withHyphens(b.phone)}`);
    hasNot(removed.slice(removed.indexOf('判定')), withHyphens(a.phone));
    is((await submitDraft(browser, id)).headers.location, `/requests/${number}?done=2`);
    is(sql(`SELECT i.line_id FROM request_item i JOIN request r ON r.id = i.request_id WHERE r.number = ${quote(number)}`).map(row => Number(row[0])).sort((x, y) => x - y), sorted([a.id, c.id]));
});

test('a new request has no before', async () => {
    const id = await beginDraft(browser, 'suspend', freeIds(1));
    await enterDraft(browser, id, { reason: 'other', date: tokyoDate(5) });
    const page = await confirmation(browser, id);
    is(titleOf(page.text), '一時停止依頼');
    hasNot(words(page.text), '変更なし');
});

await run();
