// 215-kept: what SIM状況一覧 takes from the gate's statement and from what a process keeps of the catalogue: how many
// statements that leaves, and that no name is ever an old one.
import { run, test, is, has, fewestStatements } from './lib/tap.mjs';
import { account, ctl, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { lines } from './lib/html.mjs';
import { columnsOf, insert } from '../fixtures/insert.mjs';

const main = customerId('main');
const browser = await signedIn(account());

test('a page of the list is three statements at most, whatever is looked for (performance.md)', async () => {
    // Touched just now: once a minute that is one more.
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    for (const query of ['', 'state=active', 'throttled=1', 'throttled=0&state=active', 'phone=00', 'serial=AF', 'phone=0&serial=0', 'phone=0&plan=1', 'serial=0&label=x', 'label=1', 'plan=1', 'group=0', 'sort=-used&page=2', 'sort=plan',
        'page=3&size=20', 'phone=abc', 'plan=9999'])
        is([query, await fewestStatements(browser, `/sims?${query}`, 2) <= 3], [query, true]);
});

test('without conditions it is two, the gate\'s and the rows; one more for a customer with share groups', async () => {
    for (const [name, most] of [['other', 2], ['main', 3]]) {
        is(Number(sqlOne(`SELECT share_groups FROM customer_count WHERE customer_id = ${customerId(name)}`)),
            Number(sqlOne(`SELECT COUNT(*) FROM share_group WHERE customer_id = ${customerId(name)} AND ended_on IS NULL`)), 'as kept');
        const someone = name === 'main' ? browser : await signedIn(account({ customers: ['other'] }));
        sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
        is(await fewestStatements(someone, '/sims?state=active'), most, name);
    }
});

// As many requests as reach every process.
test('what a pool keeps of the catalogue is of its latest edition: a new plan and a new name are shown at once', async () => {
    const optionOf = async id => (await browser.get('/sims?size=20')).text.match(new RegExp(`<option value="${id}">([^<]*)</option>`))?.[1];
    for (let i = 0; i < 4; i++)
        await browser.get('/sims');
    ctl('plan', 'add', '--code', 'p-new', '--service', sqlOne('SELECT code FROM service ORDER BY id LIMIT 1'), '--name-ja', '新プラン', '--name-en', 'New plan', '--capacity', '500MB', '--price', '300');
    const plan = sqlOne("SELECT id FROM plan WHERE code = 'p-new'");
    const [line, before] = sql(`SELECT id, plan_id FROM line WHERE customer_id = ${main} ORDER BY serial, id LIMIT 1`)[0];
    try {
        for (let i = 0; i < 4; i++)
            is(await optionOf(plan), '新プラン');
        sql(`UPDATE line SET plan_id = ${plan} WHERE id = ${line}`);
        for (let i = 0; i < 4; i++)
            is(lines((await browser.get('/sims?size=20')).text).find(one => one.id === Number(line)).plan, '新プラン');
        sql(`UPDATE plan SET name_ja = '改名プラン' WHERE id = ${plan}; UPDATE catalogue_edition SET edition = edition + 1`);
        for (let i = 0; i < 4; i++) {
            const page = (await browser.get('/sims?size=20')).text;
            is(lines(page).find(one => one.id === Number(line)).plan, '改名プラン');
            has(page, `<option value="${plan}">改名プラン</option>`);
        }
        // A row whose plan came after the gate had looked is shown by its name, too.
        sql(`UPDATE line SET plan_id = ${before} WHERE id = ${line}; DELETE FROM plan_price WHERE plan_id = ${plan}; DELETE FROM plan WHERE id = ${plan}`);
        sql('UPDATE catalogue_edition SET edition = edition + 1');
        for (let i = 0; i < 4; i++)
            is(await optionOf(plan), undefined);
        sql(`${insert('plan', { id: plan, code: 'p-new', name_ja: '遅いプラン', name_en: 'Late', ...columnsOf('p', ['service_id', 'valid_from']) }, { from: 'plan p LIMIT 1' })}; UPDATE line SET plan_id = ${plan} WHERE id = ${line}`);
        for (let i = 0; i < 4; i++)
            is(lines((await browser.get('/sims?size=20')).text).find(one => one.id === Number(line)).plan, '遅いプラン');
    } finally {
        sql(`UPDATE line SET plan_id = ${before} WHERE id = ${line}; DELETE FROM plan_price WHERE plan_id = ${plan}; DELETE FROM plan WHERE id = ${plan}; UPDATE catalogue_edition SET edition = edition + 1`);
    }
});

await run();
