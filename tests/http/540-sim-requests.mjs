// 540-sim-requests: the SIM's own page: what is asked for it, what was, and its protection against being terminated
// (screens.md, SIM詳細; domain.md, SIM states).
import { run, test, is, ok, has, hasNot, expectLog } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { notices, options, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeId, newIds } from '../fixtures/lines.mjs';
import { cancelRequest, confirmedDraft, makeRequest, submitDraft } from '../fixtures/walk.mjs';

const main = customerId('main');
const who = account();
const browser = await signedIn(who);
const viewer = await signedIn(account({ role: 'viewer' }));
const foreign = await signedIn(account({ customers: ['other'] }));
const panel = (html, id) => words(html.match(new RegExp(`<section class="card[^"]*" id="${id}">[^]*?</section>`))?.[0] ?? '');
const counts = id => sql(`SELECT (SELECT is_protected FROM line WHERE id = ${id}), (SELECT COUNT(*) FROM line_event WHERE line_id = ${id} AND kind = 'protection'),
    (SELECT COUNT(*) FROM audit WHERE action = 'line-protect' AND object = 'line ${id}')`)[0].join();

test('a SIM without requests says so; then its open ones stand at the top, with kind and day, and its history below', async () => {
    const [line] = newIds(1);
    has(panel((await browser.get(`/sims/${line}`)).text, 'requests'), 'このSIMの依頼はまだありません。');
    const first = await makeRequest(browser, 'suspend', [line], { reason: 'other', date: tokyoDate(12) });
    const second = await makeRequest(browser, 'resume', [line], { date: tokyoDate(20) });
    const page = (await browser.get(`/sims/${line}`)).text;
    for (const [number, text] of [[first, `一時停止（${tokyoDate(12)}）`], [second, `一時停止解除（${tokyoDate(20)}）`]]) {
        has(words(page), `${number} ${text}`, 'under way');
        has(page, `href="/requests/${number}"`);
    }
    has(words(page), '進行中の依頼');
    await cancelRequest(browser, second);
    const after = (await viewer.get(`/sims/${line}`)).text;
    hasNot(words(after), `${second} 一時停止解除（`, 'a cancelled one is not under way');
    const rows = panel(after, 'requests');
    has(rows, `${first} 一時停止`);
    has(rows, '取消済');
    ok(rows.indexOf(first) < rows.indexOf(second), 'what is open comes first');
});

test('from the SIM one goes on to a request for it', async () => {
    const [line] = newIds(1);
    const page = await browser.get(`/sims/${line}`);
    is(options(page.text, 'kind').map(option => option.value), ['recharge', 'suspend', 'terminate']);
    const answer = await browser.post('/drafts', { kind: 'suspend', line });
    has((await browser.get(answer.headers.location)).text, '合計枚数：1枚');
    hasNot((await viewer.get(`/sims/${line}`)).text, 'action="/drafts"', 'who may only look');
});

test('解約保護 is set and cleared, with history and audit, once each; a termination of it is refused and says why', async () => {
    const [line, other] = newIds(2);
    is(counts(line), '0,0,0');
    await browser.get(`/sims/${line}`);
    const set = await browser.post(`/sims/${line}/protection`, { on: 1 });
    is([set.status, set.headers.location], [303, `/sims/${line}?saved=2`]);
    is(counts(line), '1,1,1');
    const page = (await browser.get(set.headers.location)).text;
    has(notices(page).join(), '解約保護を設定しました。');
    has(panel(page, 'protection'), '設定中');
    has(panel(page, 'protection'), '解約依頼を受け付けません');
    has(words(page), `解約保護 設定なし 設定中 ${who.name ?? ''}`.trim(), 'its history');
    is((await browser.post(`/sims/${line}/protection`, { on: 1 })).headers.location, `/sims/${line}?saved=0`);
    is(counts(line), '1,1,1', 'twice is once');

    const { id, page: confirm } = await confirmedDraft(browser, 'terminate', [line, other], { reason: 'finished', date: tokyoDate(5) });
    has(words(confirm.text), '解約保護が設定されています。解約するには、SIM詳細で保護を外してください。');
    has(words(confirm.text), '1件は依頼できません。依頼できるのは 1件です。');
    hasNot(confirm.text, 'value="submit"');
    await submitDraft(browser, id, { page: confirm });
    is(sqlOne(`SELECT COUNT(*) FROM request WHERE draft_id = ${id}`), '0', 'nor by a form of one\'s own');

    await browser.get(`/sims/${line}`);
    is((await browser.post(`/sims/${line}/protection`, { on: 0 })).headers.location, `/sims/${line}?saved=3`);
    is(counts(line), '0,2,2');
    const number = await makeRequest(browser, 'terminate', [line], { reason: 'finished', date: tokyoDate(5) });
    ok(number, 'now it can be');
    await cancelRequest(browser, number);
});

test('set between 確認 and 登録 it holds as well', async () => {
    const [line] = newIds(1);
    const { id, page } = await confirmedDraft(browser, 'terminate', [line], { reason: 'finished', date: tokyoDate(5) });
    await browser.post(`/sims/${line}/protection`, { on: 1 });
    const answer = await submitDraft(browser, id, { page });
    is(answer.headers.location, `/drafts/${id}/confirm?said=moved`);
    await browser.post(`/sims/${line}/protection`, { on: 0 });
});

expectLog(/"event":"refused","why":"right"/);
test('a terminated SIM has none; another customer\'s does not exist; who may only look sees it; a wrong word is refused', async () => {
    const gone = Number(sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${main} AND state = 'terminated'`));
    const page = (await browser.get(`/sims/${gone}`)).text;
    hasNot(page, 'id="protection"');
    hasNot(page, 'action="/drafts"');
    is((await browser.post(`/sims/${gone}/protection`, { on: 1 })).status, 409);
    const [line] = newIds(1);
    const before = counts(line);
    is((await foreign.post(`/sims/${line}/protection`, { on: 1 })).status, 404);
    is((await browser.post(`/sims/${line}/protection`, { on: 'x' })).status, 422);
    is((await viewer.post(`/sims/${line}/protection`, { on: 1 })).status, 403);
    const seen = (await viewer.get(`/sims/${line}`)).text;
    has(panel(seen, 'protection'), '設定なし');
    hasNot(seen, '/protection"');
    is([counts(gone), counts(line)], ['0,0,0', before]);
});

test('SIM detail offers the requests that are valid now, or once an open request is through', async () => {
    const offered = async line => [...(await browser.get(`/sims/${line}`)).text.matchAll(/<option value="(suspend|resume|recharge|activate|terminate)"/g)].map(match => match[1]);
    for (const [state, kinds] of [['active', ['recharge', 'suspend', 'terminate']], ['suspended', ['recharge', 'resume', 'terminate']], ['inactive', ['activate', 'terminate']]])
        is(await offered(freeId({ state })), kinds, state);
    is(await offered(freeId({ grouped: true })), ['suspend', 'terminate'], 'one in a group is recharged through its group');
    const line = freeId();
    sql(`UPDATE line SET is_protected = 1 WHERE id = ${line}`);
    is(await offered(line), ['recharge', 'suspend'], 'protected');
    sql(`UPDATE line SET is_protected = 0 WHERE id = ${line}`);
    const number = await makeRequest(browser, 'suspend', [line], { reason: 'other', date: tokyoDate(5) });
    is(await offered(line), ['recharge', 'suspend', 'resume', 'terminate'], 'to be suspended');
    await cancelRequest(browser, number);
});

await run();
