// 510-choose-and-upload: the SIMs of a request: ticks survive paging, all that is found, a file of numbers read as domain.md
// (Uploads of numbers) says, each bad row told with its line and reason, the rest of the form kept.
import { run, test, is, ok, has, hasNot, like } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, faults, field, notices, words } from './lib/html.mjs';

const main = customerId('main');
const who = account();
const browser = await signedIn(who);
const chosen = id => sql(`SELECT line_id FROM draft_line WHERE draft_id = ${id} ORDER BY line_id`).map(row => Number(row[0]));
const shown = html => [...html.matchAll(/name="shown" value="(\d+)"/g)].map(match => Number(match[1]));
const next = html => decode(html.match(/name="to" value="([^"]*after=[^"]*)"/)?.[1] ?? '');

async function draft(kind = 'suspend') {
    await browser.get('/requests/new');
    const answer = await browser.post('/drafts', { kind });
    return Number(answer.headers.location.match(/\/drafts\/(\d+)/)[1]);
}

async function upload(id, bytes, { filename = 'a.csv', field: name = 'file' } = {}) {
    await browser.get(`/drafts/${id}`);
    const body = Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${browser.csrf}\r\n--x\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: text/csv\r\n\r\n`),
        Buffer.from(bytes), Buffer.from('\r\n--x--\r\n')]);
    return browser.send(`/drafts/${id}/numbers`, body, { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
}

test('ticks survive paging and sorting, and are taken back', async () => {
    const id = await draft();
    const first = await browser.get(`/drafts/${id}/lines?size=20`);
    const page1 = shown(first.text);
    is(page1.length, 20);
    const to = next(first.text);
    const moved = await browser.post(`/drafts/${id}/lines?size=20`, [...page1.map(one => ['shown', one]), ['line', page1[0]], ['line', page1[3]], ['to', to]]);
    is([moved.status, decode(moved.headers.location)], [303, to]);
    const second = await browser.get(to);
    const page2 = shown(second.text);
    await browser.post(to, [...page2.map(one => ['shown', one]), ['line', page2[1]], ['go', 'enter']]);
    is(chosen(id), [page1[0], page1[3], page2[1]].sort((a, b) => a - b));
    const back = await browser.get(`/drafts/${id}/lines?size=20`);
    is([...back.text.matchAll(/name="line" value="(\d+)"[^>]* checked/g)].length + [...back.text.matchAll(/checked[^>]*name="line" value="(\d+)"/g)].length, 2, 'two boxes of the first page are ticked');
    await browser.post(`/drafts/${id}/lines?size=20`, [...page1.map(one => ['shown', one]), ['go', 'enter']]);
    is(chosen(id), [page2[1]]);
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
    is(chosen(id), sql(`SELECT id FROM line WHERE customer_id = ${main} AND phone LIKE '%0001%' AND state = 'active' ORDER BY id`).map(row => Number(row[0])));
    await browser.post(`/drafts/${id}/lines?state=active`, { go: 'all' });
    is(chosen(id).length, Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND state = 'active'`)));
    await browser.post(`/drafts/${id}/lines`, { go: 'none' });
    is(chosen(id), []);
});

test('a file of numbers takes the place of the ticks; repairs are reported', async () => {
    const id = await draft();
    const three = sql(`SELECT id, phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 ORDER BY id LIMIT 3`);
    const [a, b, c] = three.map(row => row[1]);
    const answer = await upload(id, `"${a.slice(0, 3)}-${a.slice(3, 7)}-${a.slice(7)}"\n${b}\n+81${c.slice(1)}\n`);
    is([answer.status, answer.headers.location], [303, `/drafts/${id}?said=uploaded`]);
    is(chosen(id), three.map(row => Number(row[0])));
    const page = await browser.get(answer.headers.location);
    has(notices(page.text).join(), 'アップロードが完了しました。');
    has(words(page.text), '3件を読み取りました');
    has(words(page.text), '2件は補正して読み取りました');
});

test('every bad row is told with its line and reason; the good ones stay, and so does the rest of the form', async () => {
    const id = await draft();
    await browser.get(`/drafts/${id}`);
    await browser.post(`/drafts/${id}`, { reason: 'lost', note: 'のこす', date: '', go: 'keep' });
    const good = sqlOne(`SELECT phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 ORDER BY id LIMIT 1`);
    const foreign = sqlOne(`SELECT phone FROM line WHERE customer_id = ${customerId('other')} AND LENGTH(phone) = 11 LIMIT 1`);
    await upload(id, `電話番号\r\n${good}\r\n8.98E+18\r\nabc\r\n${foreign}\r\n02099999999\r\n${good}\r\n`);
    is(chosen(id).length, 1);
    const page = await browser.get(`/drafts/${id}`);
    const text = words(page.text);
    for (const part of ['3行目 8.98E+18', '4行目 abc', '5行目', '6行目 02099999999', '7行目', '5件は読み取れませんでした'])
        has(text, part);
    is((text.match(/該当するSIMがありません/g) ?? []).length, 2, 'another customer\'s is told as unknown');
    is(field(page.text, 'note'), 'のこす');
});

test('what is no such file is refused with the form kept', async () => {
    const id = await draft();
    await browser.get(`/drafts/${id}`);
    await browser.post(`/drafts/${id}`, { reason: 'lost', note: 'のこす', date: '', go: 'keep' });
    for (const [bytes, text] of [[Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'テキストのファイルではありません'], ['', '電話番号がありません'], ['"020', '引用符']]) {
        const answer = await upload(id, bytes, { filename: 'a.png' });
        is(answer.status, 422, text);
        has(faults(answer.text).join(), text);
        is(field(answer.text, 'note'), 'のこす');
    }
    is((await upload(id, '020', { field: 'other' })).status, 422);
    is(chosen(id), []);
});

test('the list of SIMs as a file can be uploaded as it is', async () => {
    const id = await draft('terminate');
    const file = await browser.get('/sims.csv?state=active');
    const answer = await upload(id, file.body);
    is(answer.status, 303);
    is(chosen(id).length, Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND state = 'active'`)));
    is(sqlOne(`SELECT bad_rows + repaired_rows FROM draft WHERE id = ${id}`), '0');
});

await run();
