// 510-choose-and-upload: the SIMs of a request: ticks survive paging, all that is found, a file of numbers read as domain.md
// (Uploads of numbers) says, each bad row told with its line and reason, the rest of the form kept.
import { run, test, is, has } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, faults, field, notices, words } from './lib/html.mjs';
import { chosenLines, sorted, withHyphens } from '../fixtures/lines.mjs';
import { beginDraft, chooseLines, enterDraft, uploadNumbers } from '../fixtures/walk.mjs';

const main = customerId('main');
const who = account();
const browser = await signedIn(who);
const shown = html => [...html.matchAll(/name="shown" value="(\d+)"/g)].map(match => Number(match[1]));
const next = html => decode(html.match(/name="to" value="([^"]*after=[^"]*)"/)?.[1] ?? '');

const draft = (kind = 'suspend') => beginDraft(browser, kind);

test('ticks survive paging and sorting, and are taken back', async () => {
    const id = await draft();
    const first = await browser.get(`/drafts/${id}/lines?size=20`);
    const page1 = shown(first.text);
    is(page1.length, 20);
    const to = next(first.text);
    const moved = await chooseLines(browser, `/drafts/${id}/lines?size=20`, page1, [page1[0], page1[3]], ['to', to]);
    is([moved.status, decode(moved.headers.location)], [303, to]);
    const second = await browser.get(to);
    const page2 = shown(second.text);
    await chooseLines(browser, to, page2, [page2[1]]);
    is(chosenLines(id), sorted([page1[0], page1[3], page2[1]]));
    const back = await browser.get(`/drafts/${id}/lines?size=20`);
    is([...back.text.matchAll(/name="line" value="(\d+)"[^>]* checked/g)].length + [...back.text.matchAll(/checked[^>]*name="line" value="(\d+)"/g)].length, 2, 'two boxes of the first page are ticked');
    await chooseLines(browser, `/drafts/${id}/lines?size=20`, page1, []);
    is(chosenLines(id), [page2[1]]);
});

test('a button leads to pages of this list alone', async () => {
    const id = await draft();
    for (const to of ['https://evil.example/', '//evil.example/', '/sims', `/drafts/${id + 1}/lines`, `/drafts/${id}/linesx`])
        is((await browser.post(`/drafts/${id}/lines?size=20`, { to })).headers.location, `/drafts/${id}/lines?size=20`, to);
});

test('all that is found, and none', async () => {
    const id = await draft();
    await browser.get(`/drafts/${id}/lines`);
    await browser.post(`/drafts/${id}/lines?phone=0001&state=active`, { go: 'all' });
    is(chosenLines(id), sql(`SELECT id FROM line WHERE customer_id = ${main} AND phone LIKE '%0001%' AND state = 'active' ORDER BY id`).map(row => Number(row[0])));
    await browser.post(`/drafts/${id}/lines?state=active`, { go: 'all' });
    is(chosenLines(id).length, Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND state = 'active'`)));
    await browser.post(`/drafts/${id}/lines`, { go: 'none' });
    is(chosenLines(id), []);
});

test('a file of numbers takes the place of the ticks; repairs are reported', async () => {
    const id = await draft();
    const three = sql(`SELECT id, phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 ORDER BY id LIMIT 3`);
    const [a, b, c] = three.map(row => row[1]);
    const answer = await uploadNumbers(browser, id, `"${withHyphens(a)}"\n${b}\n+81${c.slice(1)}\n`);
    is([answer.status, answer.headers.location], [303, `/drafts/${id}?said=uploaded`]);
    is(chosenLines(id), three.map(row => Number(row[0])));
    const page = await browser.get(answer.headers.location);
    has(notices(page.text).join(), 'アップロードが完了しました。');
    has(words(page.text), '3件を読み取りました');
    has(words(page.text), '2件は補正して読み取りました');
});

test('every bad row is told with its line and reason; the good ones stay, and so does the rest of the form', async () => {
    const id = await draft();
    await enterDraft(browser, id, { reason: 'lost', note: 'のこす', date: '' }, 'keep');
    const good = sqlOne(`SELECT phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 ORDER BY id LIMIT 1`);
    const foreign = sqlOne(`SELECT phone FROM line WHERE customer_id = ${customerId('other')} AND LENGTH(phone) = 11 LIMIT 1`);
    await uploadNumbers(browser, id, `電話番号\r\n${good}\r\n8.98E+18\r\nabc\r\n${foreign}\r\n02099999999\r\n${good}\r\n`);
    is(chosenLines(id).length, 1);
    const page = await browser.get(`/drafts/${id}`);
    const text = words(page.text);
    for (const part of ['3行目 8.98E+18', '4行目 abc', '5行目', '6行目 02099999999', '7行目', '5件は読み取れませんでした'])
        has(text, part);
    is((text.match(/該当するSIMがありません/g) ?? []).length, 2, 'another customer\'s is told as unknown');
    is(field(page.text, 'note'), 'のこす');
});

test('what is no such file is refused with the form kept', async () => {
    const id = await draft();
    await enterDraft(browser, id, { reason: 'lost', note: 'のこす', date: '' }, 'keep');
    for (const [bytes, text] of [[Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'テキストのファイルではありません'], ['', '電話番号がありません'], ['"020', '引用符']]) {
        const answer = await uploadNumbers(browser, id, bytes, { filename: 'a.png' });
        is(answer.status, 422, text);
        has(faults(answer.text).join(), text);
        is(field(answer.text, 'note'), 'のこす');
    }
    is((await uploadNumbers(browser, id, '020', { field: 'other' })).status, 422);
    is(chosenLines(id), []);
});

test('the list of SIMs as a file can be uploaded as it is', async () => {
    const id = await draft('terminate');
    const file = await browser.get('/sims.csv?state=active');
    const answer = await uploadNumbers(browser, id, file.body);
    is(answer.status, 303);
    is(chosenLines(id).length, Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND state = 'active'`)));
    is(sqlOne(`SELECT bad_rows + repaired_rows FROM draft WHERE id = ${id}`), '0');
});

await run();
