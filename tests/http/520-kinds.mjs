// 520-kinds: recharge, activation, termination: what each asks, refuses, costs and does (domain.md, SIM states, Recharge).
import { run, test, is, has, hasNot, like, expectLog, until } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne, quote } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, field, options, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeId } from '../fixtures/lines.mjs';
import { beginDraft, enterDraft, numberOf, submitDraft } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const today = tokyoDate();
const month = tokyoDate(0, '').slice(0, 6);
const one = (state, options) => freeId({ state, isNew: true, last: true, ...options });

async function confirm(kind, lines, fields) {
    const id = await beginDraft(browser, kind, lines);
    const entered = await enterDraft(browser, id, fields);
    return { id, entered, page: entered.status === 303 ? await browser.get(entered.headers.location) : entered };
}
async function ask(kind, lines, fields) {
    const { id, page } = await confirm(kind, lines, fields);
    const number = numberOf(await submitDraft(browser, id, { page }));
    await until(() => sqlOne(`SELECT status FROM request WHERE number = ${quote(number)}`) === 'completed', `${number} is completed`, 20);
    return number;
}

test('a recharge costs what the list says, with tax once on the total, and adds capacity until the third month ends', async () => {
    const lines = sql(`SELECT l.id FROM line l JOIN line_month m ON m.line_id = l.id AND m.month = ${month} WHERE l.customer_id = ${main} AND l.state = 'active' AND l.share_group_id IS NULL AND l.throttled = 1 ORDER BY l.id LIMIT 2`).map(row => Number(row[0]));
    const before = sql(`SELECT remaining_bytes FROM line_month WHERE month = ${month} AND line_id IN (${lines.join()}) ORDER BY line_id`).map(row => Number(row[0]));
    const throttled = Number(sqlOne(`SELECT throttled FROM customer_count WHERE customer_id = ${main}`));
    const { page } = await confirm('recharge', lines, { capacity: '1000000000', date: today });
    has(words(page.text), '合計 600円（税抜）、660円（税込、うち消費税 60円）');
    like(await ask('recharge', lines, { capacity: '1000000000', date: today }), /^TC0000-00001-RC/);
    is(sql(`SELECT remaining_bytes FROM line_month WHERE month = ${month} AND line_id IN (${lines.join()}) ORDER BY line_id`).map(row => Number(row[0])), before.map(bytes => bytes + 1e9));
    is(sqlOne(`SELECT SUM(throttled) FROM line WHERE id IN (${lines.join()})`), '0', 'throttling ends');
    is(Number(sqlOne(`SELECT throttled FROM customer_count WHERE customer_id = ${main}`)), throttled - 2);
    const until_ = sqlOne(`SELECT LAST_DAY(DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) + INTERVAL 3 MONTH)`);
    is(sql(`SELECT bytes, valid_until FROM recharge WHERE line_id = ${lines[0]} ORDER BY id DESC LIMIT 1`)[0], ['1000000000', until_]);
});

test('what is offered is the price list, and nothing else is taken', async () => {
    const line = one('active');
    const { entered } = await confirm('recharge', [line], { capacity: '2000000000', date: today });
    is(entered.status, 422);
    is(options(entered.text, 'capacity').slice(1).map(option => option.text), ['1.0 GB（300円・税抜）', '3.0 GB（900円・税抜）', '10.0 GB（3,000円・税抜）', '100.0 GB（30,000円・税抜）']);
});

test('a SIM in a share group is recharged through its group', async () => {
    const line = one('active', { grouped: true });
    const { page } = await confirm('recharge', [line], { capacity: '1000000000', date: today });
    has(words(page.text), 'グループのリチャージ');
    hasNot(page.text, 'value="submit"');
});

test('an inactive SIM is activated', async () => {
    const line = one('inactive');
    like(await ask('activate', [line], { date: today }), /-AC/);
    is(sql(`SELECT state, activated_on IS NOT NULL FROM line WHERE id = ${line}`)[0], ['active', '1']);
});

test('a termination asks for the word, and spares what is protected', async () => {
    const line = one('active');
    const { id, page } = await confirm('terminate', [line], { reason: 'finished', date: today });
    has(page.text, '<button class="danger" name="go" value="submit">1件を解約する</button>');
    hasNot(words(page.text), '取り消すことはできません');
    for (const typed of ['', 'はい', '解約する']) {
        const wrong = await submitDraft(browser, id, { page, typed });
        is([wrong.status, faults(wrong.text).join().includes('「解約」と入力してください'), field(wrong.text, 'typed')], [422, true, typed]);
        has(wrong.text, '1件を解約する</button>', 'the confirmation again');
    }
    is(sqlOne(`SELECT COUNT(*) FROM request WHERE draft_id = ${id}`), '0');
    sql(`UPDATE line SET is_protected = 1 WHERE id = ${line}`);
    const spared = await confirm('terminate', [line], { reason: 'finished', date: today });
    has(words(spared.page.text), '解約保護');
    hasNot(spared.page.text, 'value="submit"');
    sql(`UPDATE line SET is_protected = 0 WHERE id = ${line}`);
    await ask('terminate', [line], { reason: 'finished', date: today });
    is(sqlOne(`SELECT state FROM line WHERE id = ${line}`), 'terminated');
    is(sqlOne(`SELECT COUNT(*) FROM line_plan WHERE line_id = ${line} AND to_on IS NULL`), '0');
});

test('each kind is refused from the wrong state', async () => {
    for (const [kind, state, fields] of [['suspend', 'inactive', { reason: 'lost' }], ['resume', 'active', {}], ['activate', 'active', {}], ['terminate', 'terminated', { reason: 'other' }], ['recharge', 'inactive', { capacity: '1000000000' }]]) {
        const { page } = await confirm(kind, [one(state)], { ...fields, date: today });
        has(words(page.text), '現在のステータスでは依頼できません', `${kind} of ${state}`);
    }
});

expectLog(/"event":"refused","why":"right"/);
test('who may only look cannot ask', async () => {
    const viewer = await signedIn(account({ role: 'viewer' }));
    is((await viewer.get('/requests/new')).status, 403);
    is((await viewer.post('/drafts', { kind: 'suspend' })).status, 403);
    is((await viewer.get('/requests')).status, 200);
});

await run();
