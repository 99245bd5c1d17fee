// 500-suspend: a SIM is suspended from the list to the carrier and back: chosen, entered, confirmed, carried out; and
// everything that stands in the way is told (domain.md, SIM states, Requests).
import { run, test, is, has, hasNot, like, until } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne, quote, mails, random } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, field, notices, options, titleOf, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeIds } from '../fixtures/lines.mjs';
import { beginDraft, cancelRequest, confirmation, draftOf, editRequest, enterDraft, makeRequest, submission, submitDraft } from '../fixtures/walk.mjs';

const main = customerId('main');
const email = `s-${random()}@sim.example`;
const who = account({ email, name: '申込 花子' });
const browser = await signedIn(who);
const today = tokyoDate();
const state = id => sqlOne(`SELECT state FROM line WHERE id = ${id}`);
const counted = () => sql(`SELECT inactive, active, suspended, reissuing, \`terminated\`, failed FROM customer_count WHERE customer_id = ${main}`)[0].join();
const really = () => sql(`SELECT SUM(state = 'inactive'), SUM(state = 'active'), SUM(state = 'suspended'), SUM(state = 'reissuing'), SUM(state = 'terminated'), SUM(state = 'failed') FROM line WHERE customer_id = ${main}`)[0].join();

test('a suspension of today is carried out within seconds, and everything knows', async () => {
    const [line] = freeIds(1);
    const number = await makeRequest(browser, 'suspend', [line], { reason: 'lost', note: 'テスト', date: today });
    like(number, /^TC0000-00001-CS\d{6,}$/);
    await until(() => sqlOne(`SELECT status FROM request WHERE number = ${quote(number)}`) === 'completed', 'the request is completed', 20);
    is(state(line), 'suspended');
    is(counted(), really(), 'kept counts');
    const page = await browser.get(`/requests/${number}`);
    is([page.status, titleOf(page.text)], [200, '一時停止依頼情報詳細']);
    for (const part of [number, '盗難・紛失', 'テスト', today, '完了', '全1件'])
        has(words(page.text), part);
    is(sql(`SELECT kind, from_text, to_text, actor_kind FROM line_event WHERE line_id = ${line} ORDER BY id DESC LIMIT 1`)[0], ['state', 'active', 'suspended', 'worker']);
    const told = await until(() => {
        const list = mails(mail => mail.to === email && mail.subject.includes(number));
        return list.length === 2 && list;
    }, 'received and completed are mailed', 20);
    const customer = sql(`SELECT CONCAT(id, ':', code, ':', name) FROM customer WHERE id = ${customerId('main')}`)[0][0];
    for (const mail of told)
        for (const part of [`顧客名： ${customer}\n`, `申込担当者： 申込 花子\n`])
            has(mail.body, part);
});

test('a request that a colleague changes and cancels is told to its requester', async () => {
    const number = await makeRequest(browser, 'suspend', freeIds(1), { reason: 'other', date: tokyoDate(4) });
    const colleague = await signedIn(account({ role: 'administrator', email: `o-${random()}@sim.example` }));
    const id = draftOf(await editRequest(colleague, number));
    is((await enterDraft(colleague, id, { reason: 'other', date: tokyoDate(5) })).status, 303);
    is((await submitDraft(colleague, id)).status, 303);
    is((await cancelRequest(colleague, number)).status, 303);
    const told = await until(() => {
        const list = mails(mail => mail.subject.includes(number));
        return list.length === 3 && list;
    }, 'received, changed and cancelled are mailed', 20);
    is(told.map(mail => mail.to), [email, email, email]);
    is(told.filter(mail => mail.body.includes('申込担当者： 申込 花子\n')).length, 3);
});

test('of two suspensions on one SIM the second is told by which request', async () => {
    const [line] = freeIds(1);
    const first = await makeRequest(browser, 'suspend', [line], { reason: 'other', date: tokyoDate(3) });
    const id = await beginDraft(browser, 'suspend', [line]);
    is((await enterDraft(browser, id, { reason: 'other', date: tokyoDate(5) })).status, 303);
    const page = await confirmation(browser, id);
    has(words(page.text), first);
    has(words(page.text), '依頼できません');
    hasNot(page.text, 'value="submit"');
});

test('suspended from one day, resumed from another: fine', async () => {
    const [line] = freeIds(1);
    await makeRequest(browser, 'suspend', [line], { reason: 'unused', date: tokyoDate(2) });
    like(await makeRequest(browser, 'resume', [line], { date: tokyoDate(9) }), /-CS/);
});

test('a cancellation that a later request needs is refused and names it', async () => {
    const [line] = freeIds(1);
    const first = await makeRequest(browser, 'suspend', [line], { reason: 'unused', date: tokyoDate(2) });
    const second = await makeRequest(browser, 'resume', [line], { date: tokyoDate(9) });
    const refused = await cancelRequest(browser, first);
    is(refused.status, 409);
    has(faults(refused.text).join(), second);
    for (const number of [second, first])
        is((await cancelRequest(browser, number)).status, 303);
    is(sql(`SELECT status FROM request WHERE number IN (${quote(first)}, ${quote(second)})`).map(row => row[0]), ['cancelled', 'cancelled']);
});

test('submitting twice makes one request and shows it', async () => {
    const [line] = freeIds(1);
    const id = await beginDraft(browser, 'suspend', [line]);
    await enterDraft(browser, id, { reason: 'other', date: tokyoDate(4) });
    const send = await submission(browser, id);
    const before = Number(sqlOne('SELECT COUNT(*) FROM request'));
    const answers = await Promise.all([...Array(6)].map(() => send()));
    const led = new Set(answers.map(answer => answer.headers.location?.replace(/\?.*/, '')));
    is(led.size, 1, [...led].join());
    is(Number(sqlOne('SELECT COUNT(*) FROM request')), before + 1);
});

test('what moved since it was confirmed is shown again, and nothing is made', async () => {
    const [line, other] = freeIds(2);
    const id = await beginDraft(browser, 'suspend', [line, other]);
    await enterDraft(browser, id, { reason: 'other', date: tokyoDate(4) });
    const send = await submission(browser, id);
    const number = await makeRequest(browser, 'suspend', [line], { reason: 'other', date: tokyoDate(3) });
    const answer = await send();
    is(answer.headers.location, `/drafts/${id}/confirm?said=moved`);
    const again = await browser.get(answer.headers.location);
    has(notices(again.text).join(), '状況が変わりました');
    has(words(again.text), number);
    const kept = await submitDraft(browser, id, { go: 'good' });
    is(kept.headers.location, `/drafts/${id}/confirm`);
    const made = await submitDraft(browser, id);
    like(made.headers.location, /^\/requests\/TC0000-00001-CS/);
});

test('numbers count without gaps among what was committed', async () => {
    const numbers = sql(`SELECT number FROM request WHERE customer_id = ${main} AND number LIKE '%-CS%' ORDER BY id`).map(row => Number(row[0].slice(-4)));
    is([...numbers].sort((a, b) => a - b), numbers.map((_, i) => i + 1));
});

test('fields at fault are told at their places, and what was typed stays', async () => {
    const id = await beginDraft(browser, 'suspend', freeIds(1));
    for (const [date, text] of [['', '入力してください'], ['2026/02/30', '日付を'], [tokyoDate(-1), '本日より前'], [tokyoDate(200), '3か月後まで'], ['令和8年', '日付を']]) {
        const answer = await enterDraft(browser, id, { reason: 'lost', note: 'のこる', date });
        is(answer.status, 422, date);
        has(faults(answer.text).join(), text);
        is(field(answer.text, 'note'), 'のこる');
    }
    const answer = await enterDraft(browser, id, { reason: 'nonsense', date: today });
    is(answer.status, 422);
    const none = await enterDraft(browser, id, { reason: '', date: today });
    has(faults(none.text).join(), '理由：選択してください。');
    is(options(none.text, 'reason')[0], { value: '', text: '選択してください' });
});

test('a draft without SIMs, somebody else\'s draft, another customer\'s request', async () => {
    const id = await beginDraft(browser, 'suspend', []);
    const empty = await enterDraft(browser, id, { reason: 'lost', date: today });
    is([empty.status, faults(empty.text).join()].join().includes('対象のSIMがありません'), true);
    const other = await signedIn(account());
    is((await other.get(`/drafts/${id}`)).status, 404);
    const foreign = await signedIn(account({ customers: ['other'] }));
    const number = sqlOne(`SELECT number FROM request WHERE customer_id = ${main} LIMIT 1`);
    is((await foreign.get(`/requests/${number}`)).status, 404);
    is((await browser.get('/requests/TC0000-00001-CS269999')).status, 404);
});

test('another customer\'s SIM never gets into a draft', async () => {
    const foreign = Number(sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${customerId('other')}`));
    const id = await beginDraft(browser, 'suspend', [foreign]);
    is(sqlOne(`SELECT COUNT(*) FROM draft_line WHERE draft_id = ${id}`), '0');
});

test('counts by status are kept', async () => {
    const kept = sql(`SELECT pending, processing, completed, failed, cancelled FROM customer_request_count WHERE customer_id = ${main}`)[0].join();
    is(kept, sql(`SELECT SUM(status = 'pending'), SUM(status = 'processing'), SUM(status = 'completed'), SUM(status = 'failed'), SUM(status = 'cancelled') FROM request WHERE customer_id = ${main}`)[0].join());
});

await run();
