// 100-requests: dates and deadlines of requests at the second, through the pages: what may be asked for on a day, until when
// it is changed and cancelled, what was confirmed before midnight, and when work begins. domain.md, Dates, with its worked
// examples; issue 4, Faults; security.md 2.3.1.
import { run, test, is, has, hasNot, like } from '../http/lib/tap.mjs';
import { account, customerId, quote, sql, sqlOne } from '../http/lib/env.mjs';
import { signedIn } from '../http/lib/client.mjs';
import { faults, field, notices, words } from '../http/lib/html.mjs';
import { freeId } from '../fixtures/lines.mjs';
import { beginDraft, cancelRequest, draftOf, editRequest, enterDraft, kinds, numberOf, submission } from '../fixtures/walk.mjs';
import { back } from '../faults/lib/pool.mjs';
import { at, begin, work } from './lib/clock.mjs';

const main = customerId('main');
const who = account({ role: 'administrator' });
const requests = () => Number(sqlOne('SELECT COUNT(*) FROM request'));
const row = number => sql(`SELECT status, DATE_FORMAT(effective_on, '%Y-%m-%d'), DATE_FORMAT(executed_on, '%Y-%m-%d') FROM request WHERE number = ${quote(number)}`)[0];

// A session is not kept from one day to another.
let browser;
async function day(moment) {
    at(moment);
    browser = await signedIn(who);
}

async function draft(kind) {
    const line = freeId({ state: kinds[kind].from });
    return { id: await beginDraft(browser, kind, [line]), kind, line };
}
const enter = ({ id, kind }, date) => enterDraft(browser, id, { ...kinds[kind].fields, date });

// What the button of the confirmation sends; sent when it is called.
async function confirmed(one, date) {
    is((await enter(one, date)).status, 303, `${one.kind} on ${date}`);
    return submission(browser, one.id);
}
async function ask(kind, date) {
    const one = await draft(kind);
    const number = numberOf(await (await confirmed(one, date))());
    like(number, /^TC0000-00001-(CS|RC|AC)\d{6}$/, `${kind} on ${date}`);
    return { number, ...one };
}
const edit = number => editRequest(browser, number);
const cancel = number => cancelRequest(browser, number);

// What the page of a request offers.
async function offers(number) {
    const page = await browser.get(`/requests/${number}`);
    return { change: page.text.includes(`/requests/${number}/edit`), cancel: page.text.includes(`/requests/${number}/cancel`), text: words(page.text) };
}

at('2023-11-30 11:00:00');
await begin();

for (const [today, last, beyond] of [['2023-11-30', '2024-02-29', '2024-03-01'], ['2024-11-28', '2025-02-28', '2025-03-01'], ['2024-11-29', '2025-02-28', '2025-03-01'], ['2024-11-30', '2025-02-28', '2025-03-01']]) {
    test(`${today}: each kind from today to ${last}, said on the form, and not a day more`, async () => {
        await day(`${today} 12:00:00`);
        const yesterday = new Date(Date.parse(today) - 86400e3).toISOString().slice(0, 10);
        const shown = date => date.replaceAll('-', '/');
        const before = requests();
        for (const kind of Object.keys(kinds)) {
            const one = await draft(kind);
            const text = words((await browser.get(`/drafts/${one.id}`)).text);
            is(text.match(/(\d{4}\/\d\d\/\d\d)（本日）から (\d{4}\/\d\d\/\d\d)/)?.slice(1), [shown(today), shown(last)], `${kind}: the days on its form`);
            for (const date of [today, shown(last)])
                is((await enter(one, date)).headers.location, `/drafts/${one.id}/confirm`, `${kind} on ${date}`);
            for (const [date, text] of [[yesterday, '本日より前'], [shown(beyond), `${shown(last)} まで`]]) {
                const answer = await enter(one, date);
                is(answer.status, 422, `${kind} on ${date}`);
                has(faults(answer.text).join(), text);
                is(field(answer.text, 'date'), date, 'what was typed stays');
            }
        }
        is(requests(), before, 'nothing is made');
    });
    if (today === '2023-11-30')
        test('2024-03-11: a recharge of today is valid until 2024-06-30', () => recharged('2024-03-11', '2024-03-11', '2024-06-30'));
    if (today === '2023-11-30')
        test('2024-11-05: a recharge asked for 2025-01-31 is valid until 2025-04-30, once that day has come', async () => { ahead = await rechargeAsked('2024-11-05', '2025-01-31'); });
    if (today === '2024-11-30')
        test('2024-11-30: a recharge of today is valid until 2025-02-28', () => recharged('2024-11-30', '2024-11-30', '2025-02-28'));
}

let ahead;
async function rechargeAsked(today, date) {
    await day(`${today} 13:00:00`);
    const one = await ask('recharge', date);
    work();
    is(row(one.number)[0], date === today ? 'completed' : 'pending', one.number);
    return one;
}
async function recharged(today, date, until) {
    const { line } = await rechargeAsked(today, date);
    await isValid(line, until);
}
async function isValid(line, until) {
    is(sqlOne(`SELECT DATE_FORMAT(valid_until, '%Y-%m-%d') FROM recharge WHERE line_id = ${line} ORDER BY id DESC LIMIT 1`), until);
    has(words((await browser.get(`/sims/${line}`)).text), until.replaceAll('-', '/'));
}

// ---- deadlines

test('a dated request is changed and cancelled until the end of the day before it, at whatever hour', async () => {
    await day('2024-12-10 10:00:00');
    const asked = [];
    for (let i = 0; i < 4; i++)
        asked.push(await ask('suspend', '2024-12-15'));
    const [changed, cancelled, late, begun] = asked.map(one => one.number);
    for (const moment of ['2024-12-14 21:59:59', '2024-12-14 22:00:00', '2024-12-14 23:59:59']) {
        await day(moment);
        for (const number of [changed, cancelled, late]) {
            const { change, cancel: may, text } = await offers(number);
            is([change, may], [true, true], `${moment} ${number}`);
            has(text, '2024/12/14', 'until when stands there');
        }
        work();
        is(asked.map(one => row(one.number)[0]), Array(4).fill('pending'), `not before its day: ${moment}`);
    }
    const again = async number => draftOf(await edit(number));
    const id = await again(changed);
    is(numberOf(await (await confirmed({ id, kind: 'suspend' }, '2024/12/20'))()), changed, 'changed at 23:59:59; it keeps its number');
    is(row(changed), ['pending', '2024-12-20', null]);
    is((await cancel(cancelled)).status, 303, 'cancelled at 23:59:59');
    is(row(cancelled)[0], 'cancelled');
    // Confirmed before midnight, submitted after it.
    const change = await confirmed({ id: await again(late), kind: 'suspend' }, '2024/12/20');
    const open = await again(begun);
    at('2024-12-15 00:00:00');
    const answer = await change();
    is([answer.status, numberOf(answer)], [303, late], 'led to the request');
    has(notices((await browser.get(answer.headers.location)).text).join(), '変更できません', 'and told');
    is(row(late), ['pending', '2024-12-15', null], 'nothing is saved');
    const { change: may, cancel: might } = await offers(late);
    is([may, might], [false, false], 'nothing is offered any more');
    for (const number of [late, begun]) {
        const told = await edit(number);
        is([told.status, numberOf(told)], [303, number], 'no draft is begun');
        has(notices((await browser.get(told.headers.location)).text).join(), '変更できません');
        const refused = await cancel(number);
        is(refused.status, 409);
        has(faults(refused.text).join(), 'もう取り消せません');
    }
    is((await browser.get(`/drafts/${open}`)).status, 200, 'a draft that was begun before is still shown');
    work();
    is([late, begun].map(row), Array(2).fill(['completed', '2024-12-15', '2024-12-15']), 'done from 00:00:00 of its day');
    is(sqlOne(`SELECT state FROM line WHERE id = ${asked[2].line}`), 'suspended');
});

test('a request of today is cancelled while it is 未処理, also after 22:00 and midnight, and never changed', async () => {
    await day('2024-12-18 21:59:59');
    const [a, b, c, d] = [await ask('suspend', '2024/12/18'), await ask('suspend', '2024/12/18'), await ask('terminate', '2024/12/18'), await ask('recharge', '2024/12/18')];
    const isOffered = async number => {
        const { change, cancel: may } = await offers(number);
        is([change, may], [false, true], number);
        has(notices((await browser.get((await edit(number)).headers.location)).text).join(), '変更できません');
    };
    await isOffered(a.number);
    is((await cancel(a.number)).status, 303, '21:59:59');
    await day('2024-12-18 22:00:00');
    await isOffered(b.number);
    is((await cancel(b.number)).status, 303, '22:00:00');
    await day('2024-12-18 23:59:59');
    await isOffered(c.number);
    at('2024-12-19 00:00:00');
    await isOffered(c.number);
    is((await cancel(c.number)).status, 303, '00:00:00');
    work();
    is([a, b, c, d].map(one => row(one.number)[0]), ['cancelled', 'cancelled', 'cancelled', 'completed']);
    const { change, cancel: may } = await offers(d.number);
    is([change, may], [false, false], 'what is done is done');
    is((await cancel(d.number)).status, 409);
    is(sql(`SELECT state FROM line WHERE id IN (${[a, b, c].map(one => one.line).join()})`).flat(), ['active', 'active', 'active']);
});

// ---- midnight between 確認 and 登録

test('confirmed for today before midnight, submitted after it: 確認 says that the day is over, and nothing is saved', async () => {
    for (const kind of Object.keys(kinds)) {
        const date = { suspend: '2024-12-21', resume: '2024-12-22', recharge: '2024-12-23', activate: '2024-12-24', terminate: '2024-12-25' }[kind];
        await day(`${date} 23:59:59`);
        const one = await draft(kind);
        const submit = await confirmed(one, date);
        const next = new Date(Date.parse(date) + 86400e3).toISOString().slice(0, 10);
        at(`${next} 00:00:00`);
        const before = requests();
        const answer = await submit();
        is(answer.headers.location, `/drafts/${one.id}/confirm?said=moved`, kind);
        const page = await browser.get(answer.headers.location);
        is(page.status, 200);
        has(notices(page.text).join(), '状況が変わりました');
        has(words(page.text), '本日より前の日付は指定できません', 'what changed');
        hasNot(page.text, 'value="submit"');
        is(requests(), before, 'nothing is saved');
        is(numberOf(await submit()), undefined, 'nor is it the second time');
        // Chosen anew it is made.
        like(numberOf(await (await confirmed(one, next))()), /^TC/, 'another day');
    }
});

test('confirmed for the next day before midnight, submitted after it: made, of that day, and done at once', async () => {
    await day('2024-12-26 23:59:59');
    const one = await draft('suspend');
    const submit = await confirmed(one, '2024-12-27');
    at('2024-12-27 00:00:00');
    const number = numberOf(await submit());
    is(row(number), ['pending', '2024-12-27', null]);
    work();
    is(row(number), ['completed', '2024-12-27', '2024-12-27']);
});

// ---- work

test('a future day\'s work starts at 00:00 of that day, each kind of it', async () => {
    await day('2025-01-05 09:00:00');
    const asked = [];
    for (const kind of Object.keys(kinds))
        asked.push(await ask(kind, '2025/01/31'));
    const results = () => sql(`SELECT r.kind, i.result, l.state FROM request r JOIN request_item i ON i.request_id = r.id JOIN line l ON l.id = i.line_id WHERE r.number IN (${asked.map(one => quote(one.number)).join()}) ORDER BY r.id`).map(one => one.join(' '));
    const states = { suspend: 'suspended', resume: 'active', recharge: 'active', activate: 'active', terminate: 'terminated' };
    at('2025-01-30 23:59:59');
    work();
    is(results(), Object.entries(kinds).map(([kind, { from }]) => `${kind} pending ${from}`));
    at('2025-01-31 00:00:00');
    work();
    is(results(), Object.entries(states).map(([kind, state]) => `${kind} done ${state}`));
    is(asked.map(one => row(one.number)[2]), Array(asked.length).fill('2025-01-31'), 'executed on');
    browser = await signedIn(who);
    if (ahead) {
        await isValid(ahead.line, '2025-04-30');
        is(row(ahead.number)[0], 'completed', 'what was asked for in November');
    }
});

test('the demo’s own pools again', async () => back());

await run();
