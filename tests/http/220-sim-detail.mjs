// 220-sim-detail: SIM詳細: what is registered, its label and memo: saved, refused, meanwhile changed; hostile text.
import { run, test, is, ok, like, unlike, has, hasNot } from './lib/tap.mjs';
import { account, customerId, random, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { faults, field, lines, notices, titleOf, words } from './lib/html.mjs';
import { insert } from '../fixtures/insert.mjs';

const main = customerId('main');
const ids = sql(`SELECT id FROM line WHERE customer_id = ${main} AND state = 'active' ORDER BY id DESC LIMIT 12`).map(row => Number(row[0]));
const who = account();
const browser = await signedIn(who);
const note = id => sql(`SELECT label, memo, version FROM line WHERE id = ${id}`)[0];
const events = id => sql(`SELECT kind, from_text, to_text, actor_name FROM line_event WHERE line_id = ${id} AND kind IN ('label', 'memo') ORDER BY id`);

async function save(id, label, memo, version) {
    const page = await browser.get(`/sims/${id}`);
    return browser.post(`/sims/${id}`, { label, memo, version: version ?? field(page.text, 'version') });
}

test('the page tells everything registered (screens.md)', async () => {
    const id = ids[0];
    const [serial, state, iccid, code, plan] = sql(`SELECT l.serial, l.state, d.iccid, c.code, p.name_ja FROM line l JOIN card d ON d.serial = l.serial JOIN customer c ON c.id = l.customer_id JOIN plan p ON p.id = l.plan_id WHERE l.id = ${id}`)[0];
    const page = await browser.get(`/sims/${id}`);
    is([page.status, titleOf(page.text)], [200, 'SIM詳細']);
    for (const part of [serial, iccid, `${main}:${code}:`, `${code}:`, plan, '開通済', '通常', '案件', 'データ使用量/契約容量(GB)', '残容量(GB)'])
        has(words(page.text), part);
    like(words(page.text), /\d{4}\/\d\d\/\d\d/);
    is(state, 'active');
});

test('in the history plans and options are called what they are called now, in the reader\'s language; a code that is gone stays', async () => {
    const id = ids[1];
    const [[plan, ja, en], [other, otherJa, otherEn]] = sql('SELECT code, name_ja, name_en FROM plan ORDER BY id LIMIT 2');
    const [codes, optionJa, optionEn] = sql("SELECT codes, name_ja, name_en FROM option_set WHERE codes <> '' ORDER BY id LIMIT 1")[0];
    const add = (kind, from, to) => sql(insert('line_event', { line_id: id, customer_id: main, kind, from_text: from, to_text: to, actor_name: 'it' }));
    add('plan', plan, other);
    add('plan', other, 'GONE-PLAN');
    add('option', null, codes);
    add('label', plan, codes);
    const history = page => page.text.slice(page.text.lastIndexOf('<table'));
    const japanese = history(await browser.get(`/sims/${id}`)), english = history(await (await signedIn(account({ language: 'en' }))).get(`/sims/${id}`));
    for (const text of [ja, otherJa, optionJa, 'GONE-PLAN'])
        has(words(japanese), text);
    for (const text of [en, otherEn, optionEn, 'GONE-PLAN'])
        has(words(english), text);
    has(words(japanese), `${plan}`, 'a label that reads like a code is none');
    sql(`DELETE FROM line_event WHERE line_id = ${id} AND actor_name = 'it'`);
});

test('each state is told with a word and what it means', async () => {
    for (const [state, word, meaning] of [['inactive', '未開通', 'まだ開通していません'], ['suspended', '一時停止中', '解除するまで'], ['reissuing', '再発行', '同じ電話番号'], ['terminated', '解約', '履歴'], ['failed', '異常終了', '営業担当']]) {
        const text = words((await browser.get(`/sims/${sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${main} AND state = '${state}'`)}`)).text);
        has(text, word);
        has(text, meaning);
    }
    has(words((await browser.get(`/sims/${sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${main} AND throttled = 1`)}`)).text), '速度制限中');
});

test('label and memo are saved at once, told, kept in the history and the audit', async () => {
    const id = ids[1];
    const mark = random();
    const before = note(id);
    const answer = await save(id, `  新しい ${mark}  `, '一行目\r\n二行目');
    is([answer.status, answer.headers.location], [303, `/sims/${id}?saved=1`]);
    is(note(id), [`新しい ${mark}`, '一行目\n二行目', String(Number(before[2]) + 1)]);
    const page = await browser.get(answer.headers.location);
    has(notices(page.text).join(), '保存しました');
    is([field(page.text, 'label'), field(page.text, 'memo')], [`新しい ${mark}`, '一行目\n二行目']);
    is(events(id).slice(-2).map(row => [row[0], row[2], row[3]]), [['label', `新しい ${mark}`, who.login], ['memo', '一行目\n二行目', who.login]]);
    is(sql(`SELECT action, object FROM audit WHERE actor_id = ${who.id} ORDER BY id DESC LIMIT 1`)[0], ['line-note', `line ${id}`]);
    has(words(page.text), `新しい ${mark}`);
});

test('saving what is there already changes nothing and says so', async () => {
    const id = ids[1];
    const before = [note(id), events(id)];
    const answer = await save(id, ...note(id).slice(0, 2));
    is(answer.headers.location, `/sims/${id}?saved=0`);
    has(notices((await browser.get(answer.headers.location)).text).join(), '変更はありませんでした');
    is([note(id), events(id)], before);
});

test('both may be emptied again', async () => {
    is((await save(ids[1], '', '')).status, 303);
    is(note(ids[1]).slice(0, 2), ['', '']);
});

test('2.3.4, 15.4.2 a page that is older than the last change is refused: 409, nothing overwritten', async () => {
    const id = ids[2];
    const old = field((await browser.get(`/sims/${id}`)).text, 'version');
    const first = `the first ${random()}`;
    is((await save(id, first, 'of two')).status, 303);
    const answer = await save(id, 'the second', 'of two', old);
    is(answer.status, 409);
    has(faults(answer.text).join(), 'ほかの人が');
    is([field(answer.text, 'label'), field(answer.text, 'memo')], ['the second', 'of two'], 'what was typed is kept');
    is(note(id).slice(0, 2), [first, 'of two']);
});

test('2.3.4 of ten saves at once from one page, one is kept', async () => {
    const id = ids[3];
    const page = await browser.get(`/sims/${id}`);
    const version = field(page.text, 'version');
    const mark = random();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => browser.post(`/sims/${id}`, { label: `${mark} ${i}`, memo: 'm', version })));
    const codes = answers.map(answer => answer.status).sort();
    is(codes, [303, ...Array(9).fill(409)]);
    is(Number(note(id)[2]), Number(version) + 1);
    is(events(id).filter(row => row[0] === 'label' && row[2].startsWith(mark)).length, 1);
});

test('1.3.3 too long: 422, told at its place, all fields kept as typed, nothing saved', async () => {
    const id = ids[4];
    const before = note(id);
    for (const [label, memo, name, message] of [['長'.repeat(101), 'kept memo', 'label', '100文字以内'], ['kept label', '長'.repeat(1001), 'memo', '1000文字以内'], ['a\nb', 'kept memo', 'label', '使用できない']]) {
        const answer = await save(id, label, memo);
        is(answer.status, 422);
        has(faults(answer.text).join(), message);
        like(answer.text, new RegExp(`id="f-${name}"[^>]*aria-invalid="true"`));
        is([field(answer.text, 'label').replace('\n', ' '), field(answer.text, 'memo')], [label.replace('\n', ' '), memo]);
    }
    is(note(id), before);
});

test('1.3.3 the longest are kept whole', async () => {
    const id = ids[4];
    const [label, memo] = ['🍣'.repeat(100), `${'長い'.repeat(499)}\nx`];
    is((await save(id, label, memo)).status, 303);
    is(note(id).slice(0, 2), [label, memo]);
    const page = await browser.get(`/sims/${id}`);
    is([field(page.text, 'label'), field(page.text, 'memo')], [label, memo]);
    has((await browser.get(`/sims?label=${encodeURIComponent('🍣🍣🍣')}`)).text, label);
});

test('1.2.1 hostile text comes back escaped wherever it is shown', async () => {
    const id = ids[5];
    const texts = ['"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", '</textarea><script>alert(2)</script>', '{{7*7}}${7*7}<%= 7 %>', 'javascript:alert(1)', '&lt;u&gt; &amp; &#60;', '<!--', ']]>', 'a\u2028\u202e逆', '%3Cscript%3E'];
    for (const text of texts) {
        is((await save(id, text, text)).status, 303, text);
        for (const path of [`/sims/${id}`, `/sims/${id}?saved=1`, '/sims?label=' + encodeURIComponent(text), '/']) {
            const page = await browser.get(path);
            is(page.status, 200, path);
            unlike(page.text, /<script>alert|<img src=x|<script(?! defer)|(href|src|action)="javascript|<u>/i, `${text} on ${path}`);
        }
        const page = await browser.get(`/sims/${id}`);
        is([field(page.text, 'label'), field(page.text, 'memo')], [text, text]);
        const found = lines((await browser.get(`/sims?label=${encodeURIComponent(text)}`)).text).find(line => line.id === id);
        is(found?.label, text);
    }
    await save(id, '', '');
});

test('wrong, missing and doubled fields of the form', async () => {
    const id = ids[6];
    await save(id, `as it was ${random()}`, '');
    const before = note(id);
    for (const [fields, status] of [[{}, 422], [{ label: 'x', memo: 'y' }, 422], [{ label: 'x', memo: 'y', version: 'abc' }, 422], [{ label: 'x', memo: 'y', version: '-1' }, 422], [{ label: 'x', memo: 'y', version: '' }, 422],
        [{ label: 'x', memo: 'y', version: '99999999999999999999' }, 422], [{ label: 'x', memo: 'y', version: '4294967296' }, 422], [{ label: 'x', memo: 'y', version: '9223372036854775807' }, 422], [{ label: 'x', memo: 'y', version: '4294967295' }, 409],
        [[['label', 'x'], ['label', 'z'], ['memo', 'y'], ['version', before[2]]], 422], [[['label', 'x'], ['memo', 'y'], ['version', before[2]], ['version', before[2]]], 422]]) {
        const answer = await browser.post(`/sims/${id}`, fields);
        is(answer.status, status, JSON.stringify(fields));
        is(note(id), before, JSON.stringify(fields));
    }
});

test('NUL and broken UTF-8 in a label are 400, nothing saved', async () => {
    const id = ids[6];
    const before = note(id);
    for (const text of ['a%00b', '%ff', '%c0%af', '%ed%a0%80'])
        is((await browser.send(`/sims/${id}`, `csrf=${encodeURIComponent(browser.csrf)}&label=${text}&memo=&version=${before[2]}`)).status, 400, text);
    is(note(id), before);
});

test('vertical tab and form feed become line ends; other control characters are told at the field, the text kept', async () => {
    const id = ids[6];
    const before = note(id);
    const post = fields => browser.send(`/sims/${id}`, `csrf=${encodeURIComponent(browser.csrf)}&${fields}&version=${note(id)[2]}`);
    const refused = await post('label=%E5%80%89%1b%E5%BA%AB&memo=%E7%AA%93');
    is(refused.status, 422);
    has(refused.text, '倉\ufffd庫');
    has(refused.text, '窓');
    has(refused.text, '使用できない文字');
    is(note(id), before);
    is((await post('label=%E5%80%89%E5%BA%AB&memo=a%0bb%0cc')).status, 303);
    is(note(id).slice(0, 2), ['倉庫', 'a\nb\nc']);
});

test('SIMs that do not exist are 404 by GET and POST', async () => {
    for (const id of ['999999999', '9223372036854775807']) {
        is((await browser.get(`/sims/${id}`)).status, 404, id);
        is((await browser.post(`/sims/${id}`, { label: 'x', memo: '', version: 0 })).status, 404, id);
        is((await browser.post(`/sims/${id}/esim`)).status, 404, id);
    }
});

test('cards of before stand in the history of a reissued SIM', async () => {
    const [id, old] = sql(`SELECT line_id, serial FROM card WHERE former_of = ${main} LIMIT 1`)[0];
    const text = words((await browser.get(`/sims/${id}`)).text);
    has(text, old);
    has(text, sqlOne(`SELECT serial FROM line WHERE id = ${id}`));
});

// ---- the eSIM's activation code

const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);

test('an activation code is masked, and stands on no page that is asked for by GET (domain.md, Reissue)', async () => {
    for (const path of [`/sims/${esim}`, '/sims?size=200', '/', '/sims.csv', '/sims.csv?charset=cp932'])
        hasNot((await browser.get(path)).text, 'LPA:1$', path);
    has((await browser.get(`/sims/${esim}`)).text, `action="/sims/${esim}/esim"`);
    is((await browser.get(`/sims/${esim}/esim`)).status, 405);
});

test('it is revealed by POST with its QR code, and each reveal is in the audit with who, when, from where', async () => {
    const reveals = () => sql(`SELECT actor_name, address, request_id, object, detail FROM audit WHERE action = 'esim-reveal' AND actor_id = ${who.id} ORDER BY id`);
    const before = reveals().length;
    await browser.get(`/sims/${esim}`);
    const answer = await browser.post(`/sims/${esim}/esim`);
    is([answer.status, answer.headers['cache-control']], [200, 'no-store']);
    like(answer.text, /LPA:1\$[^$<]+\$[0-9A-F-]+/);
    like(answer.text, /<svg class="qr"[^>]*viewBox="-4 -4 \d+ \d+"[^]*<path d="M/);
    const [login, address, request, object, detail] = reveals().at(-1);
    is([reveals().length, login, address, request, object], [before + 1, who.login, browser.from, answer.headers['x-request-id'], `line ${esim}`]);
    hasNot(detail, 'LPA:');
    await browser.post(`/sims/${esim}/esim`);
    is(reveals().length, before + 2);
});

test('13.3.1 in the database it rests sealed', async () => {
    const sealed = Buffer.from(sqlOne(`SELECT HEX(activation_code) FROM card c JOIN line l ON l.serial = c.serial WHERE l.id = ${esim}`), 'hex').toString('latin1');
    ok(sealed.length > 40);
    hasNot(sealed, 'LPA');
    hasNot(sealed, 'rsp.');
});

test('a SIM without such a code has none to reveal', async () => {
    const card = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${main} AND kind = 'card'`);
    hasNot((await browser.get(`/sims/${card}`)).text, '/esim"');
    is((await browser.post(`/sims/${card}/esim`)).status, 404);
    is(sqlOne(`SELECT COUNT(*) FROM audit WHERE action = 'esim-reveal' AND object = 'line ${card}'`), '0');
});

await run();
