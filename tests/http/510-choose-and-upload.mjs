// 510-choose-and-upload: the SIMs of a request: ticks survive paging, all that is found, a file of numbers read as domain.md
// (Uploads of numbers) says, each bad row told with its line and reason, the rest of the form kept.
import { run, test, is, has, hasNot } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, faults, field, found, notices, options, selected, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { chosenLines, freeIds, sorted, withHyphens } from '../fixtures/lines.mjs';
import { beginDraft, chooseLines, confirmedDraft, draftOf, enterDraft, uploadNumbers } from '../fixtures/walk.mjs';

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
    has(words(page.text), `3行目 +81${c.slice(1)}`, 'the cell as typed');
    has(words(page.text), '2件は補正して読み取りました');
});

test('every bad row is told with its line, the cell as it stands, and its reason; no success above; the rest stays', async () => {
    const id = await draft();
    await enterDraft(browser, id, { reason: 'lost', note: 'のこす', date: '' }, 'keep');
    const good = sqlOne(`SELECT phone FROM line WHERE customer_id = ${main} AND state = 'active' AND LENGTH(phone) = 11 ORDER BY id LIMIT 1`);
    const foreign = sqlOne(`SELECT phone FROM line WHERE customer_id = ${customerId('other')} AND LENGTH(phone) = 11 LIMIT 1`);
    const ended = sqlOne(`SELECT phone FROM line l WHERE customer_id = ${main} AND state = 'terminated' AND NOT EXISTS (SELECT 1 FROM line o WHERE o.live_phone = l.phone) ORDER BY id LIMIT 1`);
    const wide = '０２０−９９９９−９９９８';
    const answer = await uploadNumbers(browser, id, `電話番号\r\n${good}\r\n8.98E+18\r\nabc\r\n${foreign}\r\n02099999999\r\n${withHyphens(good)}\r\n${ended}\r\n${wide}\r\n`);
    is(chosenLines(id).length, 1);
    const page = await browser.get(answer.headers.location);
    const text = words(page.text);
    for (const part of ['3行目 8.98E+18', '4行目 abc', `5行目 ${foreign}：該当するSIMがありません`, '6行目 02099999999：該当する', `7行目 ${withHyphens(good)}：同じ番号`, `8行目 ${ended}：解約済みのSIMです`, `9行目 ${wide}：該当する`,
        '1件を取り込み、7件は取り込めませんでした'])
        has(text, part);
    hasNot(text, 'アップロードが完了しました', 'no success above faults');
    is((text.match(/該当するSIMがありません/g) ?? []).length, 3, 'another customer\'s is told as unknown');
    is(field(page.text, 'note'), 'のこす');
    const file = (await browser.get(`/drafts/${id}/unread.csv`)).text;
    for (const typed of [wide, ended, withHyphens(good)])
        has(file, typed);
});

test('a number that another customer has now, after this one\'s SIM was terminated, is told as terminated', async () => {
    const id = await draft();
    const phone = sqlOne(`SELECT o.phone FROM line o WHERE o.customer_id = ${customerId('other')} AND o.live_phone IS NOT NULL AND LENGTH(o.phone) = 11 ORDER BY id DESC LIMIT 1`);
    const [ended, before] = sql(`SELECT id, phone FROM line WHERE customer_id = ${main} AND state = 'terminated' ORDER BY id DESC LIMIT 1`)[0];
    sql(`UPDATE line SET phone = '${phone}' WHERE id = ${ended}`);
    await uploadNumbers(browser, id, `${phone}\n`);
    has(words((await browser.get(`/drafts/${id}`)).text), '解約済みのSIMです');
    sql(`UPDATE line SET phone = '${before}' WHERE id = ${ended}`);
});

test('a file of numbers is offered where SIMs are chosen as well', async () => {
    const id = await draft();
    const page = await browser.get(`/drafts/${id}/lines`);
    has(page.text, `action="/drafts/${id}/numbers" enctype="multipart/form-data"`);
    has(words(page.text), 'CSV 選択番号アップロード');
});

for (const [kind, states, shownAs] of [['suspend', 'active,failed', '開通済 / 異常終了'], ['resume', 'suspended', '一時停止中'], ['activate', 'inactive', '未開通'], ['recharge', 'active,suspended,reissuing', '開通済 / 一時停止中 / 再発行'], ['terminate', 'inactive,active,suspended,failed', '未開通 / 開通済 / 一時停止中 / 異常終了']])
    test(`choosing for ${kind} begins with the states it may start from`, async () => {
        await browser.get('/requests/new');
        const begun = await browser.post('/drafts', { kind });
        const to = `/drafts/${draftOf(begun)}/lines?state=${encodeURIComponent(states)}`;
        is(begun.headers.location, to);
        const page = await browser.get(to);
        is(selected(page.text, 'state'), states);
        has(options(page.text, 'state').map(option => option.text).join(), shownAs);
        is(found(page.text), Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND FIND_IN_SET(state, '${states}')`)));
        const narrowed = await browser.get(`${to}&phone=00`);
        is(found(narrowed.text), Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND phone LIKE '%00%' AND FIND_IN_SET(state, '${states}')`)));
    });

test('several states are a condition of the list and its file as well; a wrong word is refused', async () => {
    const all = Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${main} AND state IN ('suspended', 'terminated')`));
    is(found((await browser.get('/sims?state=suspended,terminated')).text), all);
    is((await browser.get('/sims.csv?state=suspended,terminated')).text.trim().split('\r\n').length - 1, all);
    for (const wrong of ['active,', ',', 'active,lost', 'active,suspended,active,x', 'aktiv'])
        is((await browser.get(`/sims?state=${wrong}`)).status, 422, wrong);
});

test('what 全件選択 has left out is told with the reason, by state; and only once', async () => {
    const id = await draft();
    await browser.get(`/drafts/${id}/lines`);
    const answer = await browser.post(`/drafts/${id}/lines?size=20`, { go: 'all' });
    const counts = Object.fromEntries(sql(`SELECT state, COUNT(*) FROM line WHERE customer_id = ${main} GROUP BY state`));
    const page = await browser.get(answer.headers.location);
    const told = notices(page.text).join();
    for (const [state, word] of [['inactive', '未開通'], ['suspended', '一時停止中'], ['terminated', '解約'], ['reissuing', '再発行']])
        if (counts[state])
            has(told, `${word} ${counts[state]}件`);
    has(told, 'いまのステータスからは、この依頼を始められません');
    hasNot(told, '開通済 ');
    has(page.text, `action="/drafts/${id}/lines?size=20"`, 'what it posts to tells no more');
    const fitting = await browser.post(`/drafts/${id}/lines?state=active`, { go: 'all' });
    is(fitting.headers.location, `/drafts/${id}/lines?state=active`);
    for (const left of ['', 'x', '1.2.3.4.5.6.7.8', '-1', '99999999999999999999', '%3Cb%3E', '0.0.0.0.0.0'])
        is((await browser.get(`/drafts/${id}/lines?left=${left}`)).status, 200, left);
});

test('choosing for a recharge shows what each SIM has used, and whose it is; 確認 warns of suspended ones', async () => {
    const id = await draft('recharge');
    const page = await browser.get(`/drafts/${id}/lines?state=suspended`);
    has(words(page.text), '使用容量(GB)');
    has(words(page.text), `${main}:TC0000-00001:`);
    hasNot(words((await browser.get(`/drafts/${await draft('suspend')}/lines`)).text), '使用容量(GB)');
    const lines = [...freeIds(1), ...freeIds(1, { state: 'suspended' })];
    const { page: confirm } = await confirmedDraft(browser, 'recharge', lines, { capacity: '1000000000', date: tokyoDate() });
    has(words(confirm.text), '一時停止中のSIMが1件あります');
    has(words(confirm.text), '一時停止中です。解除するまで使えません');
    const { page: none } = await confirmedDraft(browser, 'recharge', lines.slice(0, 1), { capacity: '1000000000', date: tokyoDate() });
    hasNot(words(none.text), '解除するまで使えません');
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
