// 560-tick-and-ask: SIMs are ticked in the SIM list and one goes on to a request for them, without any script; who may
// not ask has no boxes (screens.md, SIM状況一覧).
import { run, test, is, ok, has, hasNot, like, expectLog, fewestStatements } from './lib/tap.mjs';
import { account, customerId, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { decode, lines, options, words } from './lib/html.mjs';
import { chosenLines, sorted } from '../fixtures/lines.mjs';
import { beginDraft, chooseLines, draftOf } from '../fixtures/walk.mjs';

const main = customerId('main');
const browser = await signedIn(account());
const boxes = html => [...html.matchAll(/<input type="checkbox" name="line" value="(\d+)" aria-label="([^"]*)" \/>/g)].map(([, id, label]) => ({ id: Number(id), label }));

test('each SIM has a box, named by its phone number, within a form that leads to a draft of the chosen kind', async () => {
    const page = (await browser.get('/sims?state=active&sort=-phone&size=20&page=2')).text;
    const all = lines(page);
    is(all.length, 20);
    is(boxes(page), all.map(line => ({ id: line.id, label: line.phone })));
    is(options(page, 'kind').map(option => option.text), ['リチャージ', '一時停止', '一時停止解除', '開通', '解約']);
    const form = page.match(/<form method="post" action="\/drafts">[^]*?<\/form>/)[0];
    is(boxes(form).length, 20, 'the boxes are of that form');
    has(form, 'name="csrf"');
    hasNot(form.slice(1), '<form', 'no form within it');
});

for (const kind of ['recharge', 'suspend', 'resume', 'activate', 'terminate'])
    test(`the ticked ones begin a draft: ${kind}`, async () => {
        const all = lines((await browser.get('/sims?state=active&size=20')).text);
        const ticked = [all[0].id, all[7].id, all[19].id];
        const answer = await browser.post('/drafts', [['kind', kind], ...ticked.map(id => ['line', id])]);
        const id = draftOf(answer);
        is([answer.status, answer.headers.location, chosenLines(id)], [303, `/drafts/${id}`, sorted(ticked)]);
        is(sqlOne(`SELECT kind FROM draft WHERE id = ${id}`), kind);
        has(words((await browser.get(answer.headers.location)).text), '合計枚数：3枚');
    });

test('within the draft the ticks are there, and survive paging', async () => {
    const all = lines((await browser.get('/sims?size=20')).text);
    const ticked = [all[1].id, all[4].id];
    const id = await beginDraft(browser, 'suspend', ticked);
    const page = (await browser.get(`/drafts/${id}/lines?size=20`)).text;
    const shown = [...page.matchAll(/name="shown" value="(\d+)"/g)].map(match => Number(match[1]));
    is(sorted([...page.matchAll(/<input type="checkbox"[^>]*>/g)].filter(([box]) => / checked/.test(box)).map(([box]) => Number(box.match(/value="(\d+)"/)[1]))), sorted(ticked));
    const to = decode(page.match(/name="to" value="([^"]*after=[^"]*)"/)[1]);
    await chooseLines(browser, `/drafts/${id}/lines?size=20`, shown, ticked, ['to', to]);
    const next = (await browser.get(to)).text;
    const other = Number(next.match(/name="shown" value="(\d+)"/)[1]);
    await chooseLines(browser, to, [...next.matchAll(/name="shown" value="(\d+)"/g)].map(match => match[1]), [other]);
    is(chosenLines(id), sorted([...ticked, other]));
});

test('with none ticked one chooses within the draft', async () => {
    const answer = await browser.post('/drafts', { kind: 'suspend' });
    like(answer.headers.location, /^\/drafts\/\d+\/lines\?state=active%2Cfailed$/);
});

test('two hundred boxes at once; a doubled one counts once; another customer\'s SIM is passed over', async () => {
    const all = lines((await browser.get('/sims?size=200')).text).map(line => line.id);
    is(all.length, 200);
    const foreign = Number(sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${customerId('other')}`));
    const id = await beginDraft(browser, 'suspend', [...all, all[0], foreign]);
    is(chosenLines(id), sorted(all));
});

expectLog(/"event":"refused","why":"right"/);
test('who may only look has no boxes, and neither has the list of all customers', async () => {
    for (const role of ['viewer', 'auditor']) {
        const who = await signedIn(account({ role }));
        const page = (await who.get('/sims')).text;
        is([boxes(page).length, page.includes('action="/drafts"'), lines(page).length > 0], [0, false, true], role);
        is((await who.post('/drafts', { kind: 'suspend' })).status, 403);
    }
    const all = await signedIn(account({ customers: ['main', 'other'] }));
    await all.post('/customer', { customer_id: '0' });
    is(boxes((await all.get('/sims')).text).length, 0);
});

test('the boxes cost no statement', async () => {
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    const fewest = await fewestStatements(browser, '/sims');
    ok(fewest <= 3, `${fewest}`);
});

await run();
