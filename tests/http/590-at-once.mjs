// 590-at-once: several people, or one in several windows, do the same thing to the same draft, SIM or request at the same
// moment: one of them is first, and the others are told so. domain.md, Requests; issue 4, Faults; security.md 2.3.4, 15.4.2.
import { run, test, is, has, hasNot, long } from './lib/tap.mjs';
import { account, customerId, quote, sql, sqlOne } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { notices, titleOf, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeIds } from '../fixtures/lines.mjs';
import { cancelRequest, chooseLines, confirmedDraft, draftOf, editRequest, enterDraft, numberOf, submission as button } from '../fixtures/walk.mjs';

const main = customerId('main');
const day = tokyoDate(10);
const turns = long ? 25 : 6;
const free = n => freeIds(n, { last: true });

const [anna, ben] = [account(), account()];
const people = [await signedIn(anna), await signedIn(ben)];
// Each in a window of its own, which is a connection of its own.
const apart = { keep: false };

const draft = async (browser, lines) => (await confirmedDraft(browser, 'suspend', lines, { reason: 'other', date: day })).id;
const submission = (browser, id) => button(browser, id, apart);
const cancel = async number => is((await cancelRequest(people[0], number)).status, 303, 'cancelled');

test(`one draft submitted from two windows at once, ${turns} times: one request, shown in both`, async () => {
    const second = await new Browser().login(anna);
    const [line] = free(1);
    for (let turn = 0; turn < turns; turn++) {
        const id = await draft(people[0], [line]);
        const windows = [people[0], second];
        const both = [await submission(windows[0], id), await submission(windows[1], id)];
        const answers = await Promise.all(both.map(send => send()));
        is(answers.map(answer => answer.status), [303, 303]);
        const numbers = answers.map(numberOf);
        is(numbers[0] !== undefined && numbers[0] === numbers[1], true, `both: ${numbers}`);
        is(sql(`SELECT number FROM request WHERE draft_id = ${id}`), [[numbers[0]]], 'one request');
        is(sqlOne(`SELECT COUNT(*) FROM request_item i JOIN request r ON r.id = i.request_id WHERE r.draft_id = ${id}`), '1', 'one line');
        for (const [i, browser] of windows.entries()) {
            const page = await browser.get(answers[i].headers.location);
            is([page.status, titleOf(page.text)], [200, '一時停止依頼情報詳細']);
            has(words(page.text), numbers[0]);
        }
        await cancel(numbers[0]);
    }
});

test(`two people suspend the same SIM at once, ${turns} times: one of them does, the other is told by which request`, async () => {
    const [line] = free(1);
    const first = [0, 0];
    for (let turn = 0; turn < turns; turn++) {
        const ids = [await draft(people[0], [line]), await draft(people[1], [line])];
        const sends = [await submission(people[0], ids[0]), await submission(people[1], ids[1])];
        const answers = await Promise.all(turn % 2 === 0 ? sends.map(send => send()) : sends.toReversed().map(send => send()).toReversed());
        is(answers.map(answer => answer.status), [303, 303]);
        const numbers = answers.map(numberOf);
        const winner = numbers.findIndex(number => number !== undefined);
        const loser = 1 - winner;
        first[winner]++;
        is([numbers.filter(Boolean).length, answers[loser].headers.location], [1, `/drafts/${ids[loser]}/confirm?said=moved`]);
        const page = await people[loser].get(answers[loser].headers.location);
        has(notices(page.text).join(), '状況が変わりました');
        has(words(page.text), '依頼できません');
        has(words(page.text), numbers[winner]);
        hasNot(page.text, 'value="submit"');
        is(sql(`SELECT r.number FROM request r JOIN request_item i ON i.request_id = r.id WHERE i.line_id = ${line} AND i.open = 1`), [[numbers[winner]]], 'one open request on the SIM');
        is(sqlOne(`SELECT COUNT(*) FROM request WHERE draft_id = ${ids[loser]}`), '0', 'nothing of the other');
        await cancel(numbers[winner]);
    }
    console.log(`# who was first: ${first}`);
});

test('two people suspend overlapping SIMs, in whatever order they were chosen: whole or not at all', async () => {
    const lines = free(6);
    for (let turn = 0; turn < (long ? 10 : 4); turn++) {
        const ids = [await draft(people[0], lines.slice(0, 4)), await draft(people[1], lines.slice(2).reverse())];
        const sends = [await submission(people[0], ids[0]), await submission(people[1], ids[1])];
        const numbers = (await Promise.all(sends.map(send => send()))).map(numberOf);
        is(numbers.filter(Boolean).length, 1, String(numbers));
        is(sql(`SELECT COUNT(*) FROM request_item WHERE open = 1 AND line_id IN (${lines.join()})`), [['4']], 'the lines of one');
        await cancel(numbers.find(Boolean));
    }
});

test('twelve people ask at once for SIMs of their own: numbers without a gap, none twice', async () => {
    const lines = free(12);
    const browsers = [];
    for (let i = 0; i < lines.length; i++)
        browsers.push(await signedIn(account()));
    const sends = await Promise.all(browsers.map(async (browser, i) => submission(browser, await draft(browser, [lines[i]]))));
    const last = () => Number(sqlOne(`SELECT SUM(last) FROM request_counter WHERE customer_id = ${main} AND letters = 'CS'`));
    const before = last();
    const numbers = (await Promise.all(sends.map(send => send()))).map(numberOf);
    is(numbers.filter(number => number === undefined), []);
    const counts = numbers.map(number => Number(number.match(/-CS\d\d(\d+)$/)[1])).sort((a, b) => a - b);
    is(counts, counts.map((_, i) => counts[0] + i), 'one after the other');
    is(last(), before + lines.length);
    for (const number of numbers)
        await cancel(number);
});

test('a request is cancelled by two people at once: it is cancelled once, and mailed once', async () => {
    const [line] = free(1);
    for (let turn = 0; turn < (long ? 10 : 4); turn++) {
        const number = numberOf(await (await submission(people[0], await draft(people[0], [line])))());
        for (const browser of people)
            await browser.get(`/requests/${number}/cancel`);
        const answers = await Promise.all(people.map(browser => browser.post(`/requests/${number}/cancel`, {}, apart)));
        is(answers.map(answer => answer.status).sort(), [303, 409]);
        has(words(answers.find(answer => answer.status === 409).text), '取り消');
        is(sql(`SELECT e.kind, COUNT(*) FROM request_event e JOIN request r ON r.id = e.request_id WHERE r.number = ${quote(number)} GROUP BY e.kind ORDER BY 1`), [['cancelled', '1'], ['received', '1']]);
    }
});

test('a request is changed and cancelled at once: one of the two, wholly', async () => {
    const [line, other] = free(2);
    const seen = new Set();
    for (let turn = 0; turn < (long ? 15 : 6); turn++) {
        const number = numberOf(await (await submission(people[0], await draft(people[0], [line])))());
        await people[1].get(`/requests/${number}`);
        const id = draftOf(await editRequest(people[1], number));
        await people[1].get(`/drafts/${id}/lines`);
        await chooseLines(people[1], `/drafts/${id}/lines`, [line, other], [other]);
        is((await enterDraft(people[1], id, { reason: 'lost', date: tokyoDate(12) })).status, 303);
        const change = await submission(people[1], id);
        await people[0].get(`/requests/${number}/cancel`);
        const cancelling = () => people[0].post(`/requests/${number}/cancel`, {}, apart);
        const answers = await Promise.all(turn % 2 === 0 ? [change(), cancelling()] : [cancelling(), change()].reverse());
        const [status, day_, lines] = sql(`SELECT status, DATE_FORMAT(effective_on, '%Y/%m/%d'), (SELECT GROUP_CONCAT(CONCAT(i.line_id, i.result)) FROM request_item i WHERE i.request_id = r.id) FROM request r WHERE number = ${quote(number)}`)[0];
        // Changed first and then cancelled is as good: what was cancelled is then what it was changed to.
        const changed = day_ === tokyoDate(12);
        seen.add(changed ? 'changed, then cancelled' : 'cancelled');
        is([status, lines], ['cancelled', `${changed ? other : line}cancelled`], `${answers.map(answer => answer.status)}`);
        is(answers.map(answer => answer.status), [303, 303]);
        is(answers[0].headers.location, `/requests/${number}?done=${changed ? 2 : 4}`, 'told as it is');
        if (!changed)
            has(notices((await people[1].get(answers[0].headers.location)).text).join(), '変更できません');
    }
    console.log(`# ${[...seen].join('; ')}`);
});

test('what is kept is what is counted', () => {
    is(sql(`SELECT pending, processing, completed, failed, cancelled FROM customer_request_count WHERE customer_id = ${main}`),
        sql(`SELECT SUM(status = 'pending'), SUM(status = 'processing'), SUM(status = 'completed'), SUM(status = 'failed'), SUM(status = 'cancelled') FROM request WHERE customer_id = ${main}`));
});

await run();
