// 200-sim-search: each condition of SIM状況一覧 finds what the database says it should, and nothing else.
import { run, test, is, ok, like, has } from './lib/tap.mjs';
import { account, customerId, quote, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { field, found, lines, options, selected, shown, titleOf, words } from './lib/html.mjs';

const main = customerId('main');
const browser = await signedIn(account());

// Ids that a search finds, over all pages.
export async function search(query) {
    const ids = [];
    let path = `/sims?${new URLSearchParams({ size: '200', ...query })}`;
    let total;
    while (path) {
        const page = await browser.get(path);
        if (page.status !== 200)
            return `status ${page.status}`;
        total = found(page.text);
        ids.push(...lines(page.text).map(line => line.id));
        path = page.text.match(/rel="next" href="([^"]*)"/)?.[1].replaceAll('&amp;', '&');
    }
    is(total, ids.length, `the count of ${JSON.stringify(query)}`);
    return ids.sort((a, b) => a - b);
}
const want = where => sql(`SELECT l.id FROM line l WHERE l.customer_id = ${main} AND (${where}) ORDER BY l.id`).map(row => Number(row[0]));

async function same(query, where, least = 1) {
    const expected = want(where);
    ok(expected.length >= least, `the demo has something for ${where}`);
    is(await search(query), expected, JSON.stringify(query));
}

const [phone, serial] = sql(`SELECT phone, serial FROM line WHERE customer_id = ${main} AND LENGTH(phone) = 11 AND state = 'active' ORDER BY id LIMIT 1 OFFSET 3`)[0];
const long = sqlOne(`SELECT phone FROM line WHERE customer_id = ${main} AND LENGTH(phone) = 14 LIMIT 1`);
const dashed = text => `${text.slice(0, 3)}-${text.slice(3, 7)}-${text.slice(7)}`;
const wide = text => text.replace(/[!-~]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

test('without conditions the list holds every SIM of the customer, told as the guide tells it', async () => {
    const page = await browser.get('/sims');
    is(titleOf(page.text), 'SIM状況一覧');
    const all = want('1 = 1').length;
    is(found(page.text), all);
    has(words(page.text), `合計 ${all} 件が検索されました`);
    is(shown(page.text), `${all}件中1-50件目を表示`);
    is(lines(page.text).length, 50);
    is(await search({}), want('1 = 1'));
});

test('a row shows serial, number, state, plan, usage, remaining, options in the forms of the guide', async () => {
    const page = await browser.get('/sims?size=200');
    for (const line of lines(page.text)) {
        like(line.serial, /^[A-Z]{2}[0-9A-Z]{8,18}$/);
        like(line.phone, /^\d{3}-\d{4}-(\d{4}|\d{7})$/);
        ok(['未開通', '開通済', '一時停止中', '再発行', '解約', '異常終了'].includes(line.stateText), line.stateText);
        ok(line.plan.endsWith('プラン') && line.option !== '' && (line.capacity > 0 || line.state === 'terminated'), JSON.stringify(line));
    }
    ok(/<td>\d+\.\d\d\/\d+\.\d\d<\/td>/.test(page.text), '0.00/1.00');
});

for (const [name, text] of [['as digits', phone], ['with hyphens', dashed(phone)], ['in full width', wide(phone)], ['in full width with hyphens', wide(dashed(phone))],
    ['as +81', `+81${phone.slice(1)}`], ['as +81 with blanks', `+81 ${phone.slice(1, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`], ['with blanks around', `  ${phone} `],
    ['with long vowel marks for hyphens', dashed(phone).replaceAll('-', 'ー')], ['in brackets', `(${phone.slice(0, 3)})${phone.slice(3)}`]])
    test(`a phone number is found ${name} (domain.md, Words)`, async () => same({ phone: text }, `phone = ${quote(phone)}`));

test('a phone number of 14 digits is found with hyphens 3-4-7', async () => same({ phone: dashed(long) }, `phone = ${quote(long)}`));
test('a part of a phone number is enough, from anywhere in it', async () => {
    await same({ phone: phone.slice(-4) }, `phone LIKE '%${phone.slice(-4)}%'`);
    await same({ phone: '0200' }, `phone LIKE '%0200%'`);
    await same({ phone: '-00' }, `phone LIKE '%00%'`);
});

test('a serial number is found whole, in part, in lower case and in full width', async () => {
    for (const text of [serial, serial.toLowerCase(), wide(serial), ` ${serial} `])
        await same({ serial: text }, `serial = ${quote(serial)}`);
    await same({ serial: serial.slice(4, 9) }, `serial LIKE '%${serial.slice(4, 9)}%' OR id IN (SELECT line_id FROM card WHERE former_of = ${main} AND serial LIKE '%${serial.slice(4, 9)}%')`);
});

test('an old serial number finds the SIM that has another card now (domain.md, SIM states)', async () => {
    const [old, id] = sql(`SELECT d.serial, d.line_id FROM card d WHERE d.former_of = ${main} LIMIT 1`)[0] ?? [];
    ok(old, 'the demo has a reissued SIM');
    is(await search({ serial: old }), [Number(id)]);
    has((await browser.get(`/sims/${id}`)).text, old);
});

test('service and plan, each choice of the form', async () => {
    const page = (await browser.get('/sims')).text;
    const services = options(page, 'service').filter(one => one.value);
    const plans = options(page, 'plan').filter(one => one.value);
    ok(services.length >= 2 && plans.length >= 4);
    for (const one of services)
        await same({ service: one.value }, `service_id = ${one.value}`, 0);
    for (const one of plans)
        await same({ plan: one.value }, `plan_id = ${one.value}`, 0);
    is(sql('SELECT name_ja FROM plan ORDER BY id').map(row => row[0]).sort(), plans.map(one => one.text).sort());
});

test('every state is there in the demo, and found by itself', async () => {
    for (const state of ['inactive', 'active', 'suspended', 'reissuing', 'terminated', 'failed'])
        await same({ state }, `state = '${state}'`);
});

test('share group: one of them, and none', async () => {
    const groups = options((await browser.get('/sims')).text, 'group').filter(one => Number(one.value) > 0);
    ok(groups.length >= 2);
    for (const one of groups)
        await same({ group: one.value }, `share_group_id = ${one.value}`);
    await same({ group: '0' }, 'share_group_id IS NULL');
});

test('throttled or not', async () => {
    await same({ throttled: '1' }, 'throttled = 1');
    await same({ throttled: '0' }, 'throttled = 0');
});

test('labels are found by a part, folded by width, case and kana', async () => {
    const ids = want("state = 'active'").slice(0, 6);
    const names = ['はなマーケット', 'ハナマーケット', 'ﾊﾅﾏｰｹｯﾄ', 'ABC Ｃafé', '100%_割引\\', '🍣すし'];
    ids.forEach((id, i) => sql(`UPDATE line SET label = ${quote(names[i])} WHERE id = ${id}`));
    // Saved through the page, so that the folded column is what the program makes of it.
    const member = await signedIn(account());
    for (const [i, id] of ids.entries()) {
        const page = await member.get(`/sims/${id}`);
        is((await member.post(`/sims/${id}`, { label: `${names[i]} `.trim() + ' ', memo: field(page.text, 'memo') + '.', version: field(page.text, 'version') })).status, 303, names[i]);
    }
    for (const id of ids) {
        const page = await member.get(`/sims/${id}`);
        await member.post(`/sims/${id}`, { label: `${field(page.text, 'label')}x`, memo: '', version: field(page.text, 'version') });
        const again = await member.get(`/sims/${id}`);
        await member.post(`/sims/${id}`, { label: field(again.text, 'label').replace(/x$/, ''), memo: '', version: field(again.text, 'version') });
    }
    for (const text of ['はな', 'ハナ', 'ﾊﾅ', 'はなまーけっと'])
        is(await search({ label: text }), ids.slice(0, 3), text);
    is(await search({ label: 'abc ｃＡＦÉ' }), [ids[3]]);
    is(await search({ label: '%_' }), [ids[4]], '% and _ stand for themselves');
    is(await search({ label: '\\' }), [ids[4]], 'so does the backslash');
    is(await search({ label: '🍣す' }), [ids[5]]);
    is(await search({ label: '🍺す' }), [], 'another sign is another');
    is(sql(`SELECT label FROM line WHERE id IN (${ids.join()}) ORDER BY id`).map(row => row[0]), names, 'は and ハ are kept apart where they are shown');
});

test('conditions are joined by and', async () => {
    const plan = sqlOne(`SELECT plan_id FROM line WHERE customer_id = ${main} AND state = 'suspended' LIMIT 1`);
    await same({ state: 'suspended', plan, phone: '0' }, `state = 'suspended' AND plan_id = ${plan}`);
    await same({ state: 'active', throttled: '1', serial: 'a' }, `state = 'active' AND throttled = 1 AND (serial LIKE '%A%' OR id IN (SELECT line_id FROM card WHERE former_of = ${main} AND serial LIKE '%A%'))`, 0);
});

test('1.2.2 conditions stay in the form and in every link, with &, ?, #, % and quotes', async () => {
    for (const text of ['a&b=c', '?x#y', '100%', '"><script>alert(1)</script>', "' OR 1=1", '+ +', '冷蔵車;']) {
        const page = (await browser.get(`/sims?${new URLSearchParams({ label: text, state: 'active', size: '20' })}`)).text;
        is(field(page, 'label'), text);
        is(selected(page, 'state'), 'active');
        ok(!page.includes('<script>alert'), text);
    }
    const page = (await browser.get('/sims?label=%E5%86%B7&state=active&size=20')).text;
    const hrefs = [...page.matchAll(/href="(\/sims(?:\.csv)?\?[^"]*)"/g)].map(match => new URL(match[1].replaceAll('&amp;', '&'), 'https://localhost').searchParams);
    ok(hrefs.length > 10);
    for (const query of hrefs)
        is([query.get('label'), query.get('state')], ['冷', 'active'], String(query));
});

test('nothing found: the empty state says what to do', async () => {
    const page = await browser.get('/sims?label=zzzzzz');
    is([page.status, found(page.text), lines(page.text).length], [200, 0, 0]);
    has(words(page.text), '条件に合うSIMはありません');
    has(words(page.text), '検索条件解除');
});

test('the start page counts the SIMs by state, and its links lead to them', async () => {
    const page = (await browser.get('/')).text;
    for (const state of ['inactive', 'active', 'suspended', 'reissuing', 'terminated', 'failed']) {
        has(page, `href="/sims?state=${state}"`);
        is((await search({ state })).length, Number(sqlOne(`SELECT \`${state}\` FROM customer_count WHERE customer_id = ${main}`)), `${state}: the kept counter`);
    }
    has(page, 'href="/sims?throttled=1"');
});

await run();
