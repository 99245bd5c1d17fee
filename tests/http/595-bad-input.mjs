// 595-bad-input: what cannot be asked for: each is told in words, what was entered stays, and nothing is saved. What 500, 510 and
// 520 leave open of issue 4, Bad input; security.md 2.2.1, 2.3.2, 5.2.1-2, 8.2.2.
import { spawnSync } from 'node:child_process';
import { run, test, is, has, hasNot, expectLog, until } from './lib/tap.mjs';
import { account, customerId, env, quote, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, field, notices, titleOf, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { columnsOf, insert, raw } from '../fixtures/insert.mjs';
import { freeId, withHyphens } from '../fixtures/lines.mjs';
import { beginDraft, cancelRequest, chooseLines, confirmation, enterDraft, kinds, makeRequest, sendNumbers, submission, submitDraft, uploadNumbers } from '../fixtures/walk.mjs';

// nginx says so of what it does not even read.
expectLog(/client intended to send too large body/);

const main = customerId('main');
const browser = await signedIn(account());
const line = (state = 'active', options) => freeId({ state, last: true, ...options });
const requests = () => sqlOne('SELECT CONCAT(COUNT(*), " ", IFNULL(MAX(id), 0), " ", IFNULL(SUM(version), 0)) FROM request');

// A draft with a SIM and a note; both must be there afterwards.
async function noted() {
    const id = await beginDraft(browser, 'suspend', [line()]);
    is((await enterDraft(browser, id, { reason: 'lost', note: 'のこす', date: '' }, 'keep')).status, 303);
    return id;
}
async function isKept(id, what) {
    is(field((await browser.get(`/drafts/${id}`)).text, 'note'), 'のこす', what);
    is(sql(`SELECT item_count, (SELECT COUNT(*) FROM draft_line WHERE draft_id = ${id}) FROM draft WHERE id = ${id}`), [['1', '1']], what);
}

test('dates that are none, or not in the calendar that is asked for: told, the form kept, nothing saved', async () => {
    const id = await noted();
    const before = requests();
    const year = Number(tokyoDate(0).slice(0, 4));
    for (const [date, text] of [[tokyoDate(-1), '本日より前'], [`${year + 1}/02/30`, '日付を'], [`${year + 1}/13/01`, '日付を'], [`${year + 1}/00/10`, '日付を'], [`令和${year - 2018}年12月1日`, '日付を'], [`R${year - 2018}.12.1`, '日付を'],
        [`${year + 543}/12/01`, 'までの日付'], [`民國${year - 1911}/1/1`, '日付を'], [`${year - 1911}/12/01`, '日付を'], ['明日', '日付を'], [tokyoDate(3).slice(5), '日付を'], [`${tokyoDate(3)}x`, '日付を']]) {
        const answer = await enterDraft(browser, id, { reason: 'lost', note: 'のこす', date });
        is(answer.status, 422, date);
        has(faults(answer.text).join(), text, date);
        is(field(answer.text, 'note'), 'のこす', date);
        is(field(answer.text, 'date'), date, 'what was typed stays');
        is((await confirmation(browser, id)).headers.location, `/drafts/${id}`, 'no confirmation');
    }
    await isKept(id, 'dates');
    is(requests(), before);
});

test('each kind from each state: what domain.md allows, and what it does not is refused and told', async () => {
    const from = { suspend: ['active', 'failed'], resume: ['suspended'], recharge: ['active', 'suspended', 'reissuing'], activate: ['inactive'], terminate: ['inactive', 'active', 'suspended', 'failed'] };
    const before = requests();
    for (const kind of Object.keys(kinds)) {
        for (const state of ['inactive', 'active', 'suspended', 'reissuing', 'terminated', 'failed']) {
            const id = await beginDraft(browser, kind, [line(state)]);
            is((await enterDraft(browser, id, { ...kinds[kind].fields, date: tokyoDate(0) })).status, 303, `${kind} ${state}`);
            const page = await confirmation(browser, id);
            const good = from[kind].includes(state);
            is(page.text.includes('value="submit"'), good, `${kind} of ${state}`);
            is(words(page.text).includes('現在のステータスでは依頼できません'), !good, `${kind} of ${state}: told`);
            // Whoever sends it all the same makes nothing.
            if (!good)
                is((await submitDraft(browser, id, { page })).headers.location, `/drafts/${id}/confirm?said=moved`);
        }
    }
    is(requests(), before);
});

test('no SIM at all: told, for each kind', async () => {
    for (const kind of Object.keys(kinds)) {
        const id = await beginDraft(browser, kind);
        await browser.get(`/drafts/${id}`);
        const answer = await enterDraft(browser, id, { ...kinds[kind].fields, date: tokyoDate(0) });
        is([answer.status, faults(answer.text).join().includes('対象のSIMがありません')], [422, true], kind);
        is((await confirmation(browser, id)).headers.location, `/drafts/${id}`);
    }
});

test('another customer\'s SIM is not taken from a list either', async () => {
    const id = await noted();
    const foreign = Number(sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${customerId('other')}`));
    await browser.get(`/drafts/${id}/lines`);
    is((await chooseLines(browser, `/drafts/${id}/lines`, [foreign], [foreign, 4294967295])).status, 303);
    await isKept(id, 'foreign');
});

test('files that are too large, too long or none: told, the rest of the form and the SIMs kept', async () => {
    const id = await noted();
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), Buffer.alloc(200, 7)]);
    for (const [what, bytes, status, text] of [['a picture', png, 422, 'テキストのファイルではありません'], ['16.2 MB', Buffer.alloc(16200000, '020-1000-0022\n'), 422, '16 MB'], ['20 MB', Buffer.alloc(20000000, '020-1000-0022\n'), 413, '16MB'],
        ['100,001 numbers', Array.from({ length: 100001 }, (_, i) => `020${String(i).padStart(8, '0')}`).join('\n'), 422, '100,000件']]) {
        const answer = await uploadNumbers(browser, id, bytes, { keep: false });
        is(answer.status, status, what);
        has(words(answer.text), text, what);
        if (status === 422)
            is(field(answer.text, 'note'), 'のこす', what);
        await isKept(id, what);
    }
});

test('one number twice: the second is told, the first is taken once', async () => {
    const id = await noted();
    const [[a, phone]] = sql(`SELECT id, phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 LIMIT 1`);
    is((await uploadNumbers(browser, id, `${phone}\n${withHyphens(phone)}\n+81${phone.slice(1)}\n`)).status, 303);
    is(sql(`SELECT line_id FROM draft_line WHERE draft_id = ${id}`), [[a]]);
    const text = words((await browser.get(`/drafts/${id}`)).text);
    has(text, '2行目');
    has(text, '3行目');
    has(text, '2件は取り込めませんでした');
});

test('全件選択 of 100,001 SIMs: told how many there may be, and what was chosen stays; 100,000 are taken', async () => {
    const third = customerId('third');
    const mine = await signedIn(account({ customers: ['third'] }));
    const count = Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${third} AND state = 'active'`));
    const first = Number(sqlOne('SELECT MAX(id) FROM line')) + 1;
    const like = ['customer_id', 'project_id', 'service_id', 'plan_id', 'created_at'];
    sql(insert('line', { ...columnsOf('l', like), phone: raw("CONCAT('02999', LPAD(s.seq, 9, '0'))"), serial: raw("CONCAT('ZZ', LPAD(s.seq, 10, '0'))") },
        { from: `seq_1_to_${100001 - count} s JOIN line l ON l.id = (SELECT MIN(id) FROM line WHERE customer_id = ${third})` }));
    const last = Number(sqlOne('SELECT MAX(id) FROM line'));
    try {
        const chosen = line('active', { customer: 'third' });
        const id = await beginDraft(mine, 'suspend', [chosen]);
        await mine.get(`/drafts/${id}/lines`);
        const answer = await mine.post(`/drafts/${id}/lines?state=active`, [['go', 'all']]);
        is([answer.status, answer.headers.location], [303, `/drafts/${id}?said=many`]);
        const page = await mine.get(answer.headers.location);
        is(page.status, 200);
        has(notices(page.text).join(), '100,000件まで');
        is(sql(`SELECT line_id FROM draft_line WHERE draft_id = ${id}`), [[String(chosen)]]);
        is(sqlOne(`SELECT item_count FROM draft WHERE id = ${id}`), '1');
        sql(`UPDATE line SET state = 'terminated' WHERE id = ${last - 1}`);
        const good = await mine.post(`/drafts/${id}/lines?state=active`, [['go', 'all']]);
        hasNot(good.headers.location, 'said=many');
        is(sqlOne(`SELECT item_count FROM draft WHERE id = ${id}`), '100000');
    } finally {
        sql(`DELETE x FROM draft_line x JOIN draft d ON d.id = x.draft_id WHERE d.customer_id = ${third}`);
        await until(() => { try { sql(`DELETE FROM line_month WHERE line_id BETWEEN ${first} AND ${last}; DELETE FROM line WHERE id BETWEEN ${first} AND ${last}`); return true; } catch { return false; } }, 'the lines are gone again', 60);
    }
}, { long: true });

// Every way to a draft.
async function ways(who, id) {
    await who.get('/requests/new');
    const answers = [];
    for (const tail of ['', '/lines', '/confirm'])
        answers.push(await who.get(`/drafts/${id}${tail}`));
    answers.push(await enterDraft(who, id, { reason: 'other', note: 'fremd', date: tokyoDate(1) }));
    answers.push(await chooseLines(who, `/drafts/${id}/lines`, [], [line()]));
    answers.push(await who.post(`/drafts/${id}/lines`, [['go', 'all']]));
    answers.push(await who.post(`/drafts/${id}/confirm`, { version: 1, seen: '0'.repeat(64), go: 'submit' }));
    answers.push(await who.post(`/drafts/${id}/confirm`, { version: 1, seen: '0'.repeat(64), go: 'good' }));
    answers.push(await sendNumbers(who, id, '020'));
    return answers;
}

test('somebody else\'s draft and one that never was: one answer, and nothing of it changes', async () => {
    const id = await noted();
    const rows = () => sql(`SELECT * FROM draft WHERE id = ${id}`).flat().join();
    const before = [rows(), requests()];
    for (const other of [await signedIn(account()), await signedIn(account({ customers: ['other'] }))]) {
        for (const draft of [id, 4294967295]) {
            for (const answer of await ways(other, draft)) {
                is([answer.status, words(answer.text).includes('入力途中の依頼が見つかりません')], [404, true], titleOf(answer.text));
                hasNot(answer.text, 'のこす');
            }
        }
    }
    is([rows(), requests()], before);
    await isKept(id, 'somebody else');
});

test('an expired draft: told that it is gone and where to go on, and nothing is saved', async () => {
    const id = await noted();
    is((await enterDraft(browser, id, { reason: 'other', note: 'のこす', date: tokyoDate(1) })).status, 303);
    const send = await submission(browser, id);
    sql(`UPDATE draft SET touched_at = touched_at - INTERVAL 8 DAY WHERE id = ${id}`);
    const done = spawnSync(`${env.BIN_DIR}/simportal-worker`, ['--config', env.CONFIG, '--once'], { encoding: 'utf8', cwd: `${env.VAR}/run` });
    is([done.status, sqlOne(`SELECT COUNT(*) FROM draft WHERE id = ${id}`)], [0, '0'], 'thrown away');
    const before = requests();
    const answer = await send();
    is(answer.status, 404);
    has(words(answer.text), 'しばらく操作がなかったため削除された');
    has(answer.text, 'href="/requests/new"');
    has(answer.text, 'href="/requests"');
    for (const one of await ways(browser, id))
        is(one.status, 404);
    is(requests(), before);
});

test('an account has fifty drafts at most: the one touched longest ago makes room, what was sent stays', async () => {
    const person = account({ role: 'administrator' });
    const many = await signedIn(person);
    const begin = async () => (await many.post('/drafts', { kind: 'suspend' })).headers.location.match(/\d+/)[0];
    const drafts = [];
    while (drafts.length < 50)
        drafts.push(await begin());
    const [oldest, second, sent, touched] = drafts;
    sql(`UPDATE draft SET made_request = 1 WHERE id = ${sent}`);
    is((await enterDraft(many, touched, { reason: 'lost', note: 'いま', date: '' }, 'keep')).status, 303);
    const alone = () => sql(`SELECT id FROM draft WHERE account_id = ${person.id} ORDER BY id`).flat();
    const others = () => sqlOne(`SELECT COUNT(*) FROM draft WHERE account_id <> ${person.id}`);
    const before = others();
    drafts.push(await begin());
    is(alone(), drafts, 'fifty and the one that was sent');
    drafts.push(await begin(), await begin());
    is(alone(), drafts.filter(id => id !== oldest && id !== second));
    is(others(), before, 'nobody else\'s');
    const gone = await many.get(`/drafts/${oldest}`);
    is([gone.status, words(gone.text).includes('しばらく操作がなかったため削除された')], [404, true]);
    has((await many.get(`/drafts/${touched}`)).text, 'いま');
});

test('another customer\'s request is shown, changed and cancelled by nobody else', async () => {
    const number = await makeRequest(browser, 'suspend', [line()], { reason: 'other', date: tokyoDate(9) });
    const row = () => sql(`SELECT * FROM request WHERE number = ${quote(number)}`).flat().join();
    const before = [row(), requests(), sqlOne('SELECT COUNT(*) FROM draft')];
    const foreign = await signedIn(account({ role: 'administrator', customers: ['other'] }));
    for (const one of [number, `${number}9`]) {
        await foreign.get('/requests');
        for (const answer of [await foreign.get(`/requests/${one}`), await foreign.get(`/requests/${one}/cancel`), await foreign.post(`/requests/${one}/cancel`, {}), await foreign.post(`/requests/${one}/edit`, {})])
            is([answer.status, words(answer.text).includes('ページが見つかりません')], [404, true], one);
    }
    is([row(), requests(), sqlOne('SELECT COUNT(*) FROM draft')], before);
    is((await cancelRequest(browser, number)).status, 303);
});

await run();
