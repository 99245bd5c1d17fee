// 255-customer-of-page: an account that sees several customers has a tab for each: a page, its links, forms and files belong
// to the customer it was shown for, whatever is chosen in another tab. architecture.md, Scope; security.md 8.2.2, 8.4.1.
import { run, test, is, ok, like, has, hasNot, expectLog, fewestStatements, until } from './lib/tap.mjs';
import { account, customerCode, customerId, mails, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { decode, field, selected, titleOf, withoutBase, withoutTokens, words } from './lib/html.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeIds } from '../fixtures/lines.mjs';
import { ownRoutes, routes } from '../fixtures/routes.mjs';
import { cancelRequest, confirmation, confirmedDraft, editRequest, enterDraft, kinds, makeRequest, sendNumbers, submitDraft } from '../fixtures/walk.mjs';

const [main, other, third] = ['main', 'other', 'third'].map(customerId);
const who = account({ role: 'administrator', customers: ['main', 'other'] });
const browser = await signedIn(who);
const one = browser.tab(main);
const two = browser.tab(other);
const every = browser.tab('all');
const alone = await signedIn(account({ role: 'administrator', customers: ['main'] }));

const [line, ticked, added] = freeIds(3, { last: true });
const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
const phone = sqlOne(`SELECT phone FROM line WHERE id = ${added}`);
const fields = { ...kinds.recharge.fields, date: tokyoDate(20, '-') };
const { id: draft } = await confirmedDraft(one, 'recharge', [line], fields);
const number = await makeRequest(one, 'recharge', [line], fields);

// In the other tab somebody looks at another customer.
const switchTo = customer => two.post('/customer', { customer_id: customer, back: '/sims' });
await two.get('/sims');
await switchTo(other);

// Where a pattern of the table leads for customer 1.
const placed = path => path.replace(/^\/drafts\/\{id\}/, `/drafts/${draft}`).replace('{number}', number).replace('{id}', esim);
const pages = ownRoutes.filter(({ method }) => method === 'GET').map(({ path }) => path);
const isHtml = answer => /^text\/html/.test(answer.headers['content-type']);

// Every attribute of a page that holds an address of ours, but for what is everybody's and for values, which are posted and
// lead below the address of their form.
const addresses = html => [...html.replace(/ value="[^"]*"/g, '').matchAll(/ [\w-]+="(\/[^"]*)"/g)].map(match => decode(match[1]))
    .filter(address => !/^\/(static\/|brand|favicon)/.test(address));
const strays = (html, base) => addresses(html).filter(address => !address.startsWith(`/customers/${base}/`));
const carries = (answer, base, what) => {
    ok(addresses(answer.text).length > 5, `${what}: it has links`);
    is(strays(answer.text, base), [], `${what}: leads to customer ${base} alone`);
};
const customerOf = answer => selected(answer.text, 'customer_id');
// What a page or file tells, without what differs from account to account.
const told = answer => withoutBase(withoutTokens(isHtml(answer) ? answer.text.match(/<main[^]*<\/main>/)[0] : answer.text));

test('each page of the first tab, once the second has switched, shows customer 1; each link, form and file on it leads to customer 1', async () => {
    for (const path of pages.map(placed)) {
        const answer = await one.get(path);
        is(answer.status, 200, path);
        if (isHtml(answer)) {
            is(customerOf(answer), main, path);
            carries(answer, main, path);
        }
        // Drafts, customers and login ids are an account's own.
        if (!/^\/(drafts|customers|password)/.test(path))
            is(told(answer), told(await alone.get(path)), `${path}: the same as who sees customer 1 alone is shown`);
    }
    is(customerOf(await browser.get('/sims')), other, 'an address without a customer shows the last choice');
});

test('pages of lists, their heads, sizes and files lead to customer 1, and the other tab to its own', async () => {
    for (const path of ['/sims?size=20&page=2', '/sims?state=active&sort=-phone', '/requests?status=all&size=20', '/schedule?month=2031-05', `/drafts/${draft}/lines?size=20`])
        carries(await one.get(path), main, path);
    carries(await two.get('/sims'), other, '/sims');
    carries(await browser.get('/sims'), other, 'an address without a customer');
    const next = (await one.get('/sims?size=20')).text.match(/rel="next" href="([^"]*)"/)[1];
    is(customerOf(await browser.get(decode(next))), main, '次へ');
    const lines = `/drafts/${draft}/lines?size=20&page=2`;
    await one.get(lines);
    is((await one.post(`/drafts/${draft}/lines`, { to: lines })).headers.location, `/customers/${main}${lines}`, '次へ of what is ticked');
});

test('what the script asks for again belongs to customer 1', async () => {
    sql(`UPDATE request SET status = 'processing' WHERE number = '${number}'`);
    const page = (await one.get(`/requests/${number}`)).text;
    sql(`UPDATE request SET status = 'pending' WHERE number = '${number}'`);
    has(page, `data-refresh="/customers/${main}/requests/${number}"`);
});

// Each POST of the table as the first tab sends it, and a question to the rows whether it was done for customer 1.
const writes = {
    '/language': [() => one.post('/language', { language: 'ja', back: '/sims?state=active' }), () => `SELECT 1`, `/customers/${main}/sims?state=active`],
    '/password': [() => one.post('/password', { present: 'x', new: 'x', again: 'x' }), () => 'SELECT 1'],
    '/sims/{id}': [async () => one.post(`/sims/${esim}`, { label: 'of one', memo: '', version: field((await one.get(`/sims/${esim}`)).text, 'version') }),
        () => `SELECT label = 'of one' FROM line WHERE id = ${esim}`],
    '/sims/{id}/protection': [() => one.post(`/sims/${line}/protection`, { on: 1 }), () => `SELECT is_protected FROM line WHERE id = ${line}`],
    '/sims/{id}/esim': [() => one.post(`/sims/${esim}/esim`), () => `SELECT COUNT(*) FROM audit WHERE action = 'esim-reveal' AND actor_id = ${who.id} AND customer_id = ${main}`],
    '/drafts': [async () => one.post('/drafts', { kind: 'suspend', line: ticked }), () => `SELECT COUNT(*) FROM draft WHERE account_id = ${who.id} AND customer_id = ${main} AND kind = 'suspend' AND item_count = 1`],
    '/drafts/{id}': [() => enterDraft(one, draft, fields), () => `SELECT customer_id = ${main} FROM draft WHERE id = ${draft}`],
    '/drafts/{id}/lines': [() => one.post(`/drafts/${draft}/lines`, [['shown', ticked], ['line', ticked], ['go', 'enter']]), () => `SELECT COUNT(*) FROM draft_line WHERE draft_id = ${draft} AND line_id = ${ticked}`],
    // More than a form may hold: nginx knows the path below a customer, too.
    '/drafts/{id}/numbers': [() => sendNumbers(one, draft, `${phone}\n`.repeat(7000)), () => `SELECT COUNT(*) FROM draft_line WHERE draft_id = ${draft} AND line_id = ${added}`],
    '/drafts/{id}/confirm': [async () => (await enterDraft(one, draft, fields), submitDraft(one, draft)), () => `SELECT COUNT(*) FROM request WHERE draft_id = ${draft} AND customer_id = ${main}`],
    '/requests/{number}/edit': [() => editRequest(one, number), () => `SELECT COUNT(*) FROM draft d JOIN request r ON r.id = d.of_request WHERE r.number = '${number}' AND d.customer_id = ${main}`],
    '/requests/{number}/cancel': [() => cancelRequest(one, number), () => `SELECT status = 'cancelled' FROM request WHERE number = '${number}' AND customer_id = ${main}`],
    '/customer': [() => one.post('/customer', { customer_id: other, back: '/requests?status=all' }), () => `SELECT customer_id = ${other} FROM session WHERE account_id = ${who.id}`, `/customers/${other}/requests`],
    '/logout': [async () => (await signedIn(who)).tab(main), () => 'SELECT 1'],
};

test('each POST of the first tab writes for customer 1 and leads on to a page of customer 1', async () => {
    is(ownRoutes.filter(({ method, path }) => method === 'POST' && !writes[path]).map(({ path }) => path), [], 'each has a line here');
    for (const [path, [send, done, goal]] of Object.entries(writes).filter(([name]) => name !== '/logout')) {
        await one.get('/password');
        const answer = await send();
        ok([200, 303, 422].includes(answer.status), `${path}: ${answer.status} ${words(answer.text).slice(0, 300)}`);
        if (answer.status === 303)
            goal ? is(answer.headers.location, goal, path) : like(answer.headers.location, new RegExp(`^/customers/${main}/`), path);
        else
            carries(answer, main, path);
        ok(Number(sqlOne(done())) > 0, `${path}: it is done`);
        await switchTo(other);
    }
});

test('logging out leads to the login page, which is nobody\'s', async () => {
    const tab = (await signedIn(who)).tab(main);
    await tab.get('/sims');
    is((await tab.post('/logout')).headers.location, '/login?out=1');
});

// ---- a customer that is none of the account's

const nobodys = [third, '999999999', '9223372036854775808', '0', '00', `0${main}`, '-1', `${main}x`, 'abc', 'ALL', 'all%20', '', `%3${String(main)[0]}`, `${main}/customers/${main}`, `${main}%2fsims`];

test('8.4.1 a foreign customer in the address, one that is nobody\'s, or garbage: 404 for every route, and nothing is done', async () => {
    const rows = () => sql(`SELECT (SELECT COUNT(*) FROM audit WHERE actor_id = ${who.id}), (SELECT COUNT(*) FROM draft WHERE account_id = ${who.id}), (SELECT GROUP_CONCAT(customer_id, language) FROM session JOIN account a ON a.id = account_id WHERE a.id = ${who.id})`);
    const theirs = sqlOne(`SELECT MIN(id) FROM line WHERE customer_id = ${third}`);
    await one.get('/sims');
    const before = rows();
    for (const { method, path } of ownRoutes)
        for (const wrong of nobodys)
            for (const id of new Set([esim, wrong === third ? theirs : esim])) {
                const address = `/customers/${wrong}${placed(path).replace(esim, id)}`;
                const answer = await browser.ask(method, address, method === 'POST' ? { body: `csrf=${one.csrf}`, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } } : {});
                is(answer.status, 404, `${method} ${address}`);
                hasNot(answer.text, customerCode.third, address);
            }
    is(rows(), before);
});

test('8.4.1 what belongs to one customer is not found below the other', async () => {
    const { id } = await confirmedDraft(one, 'recharge', [added], fields);
    for (const path of [`/sims/${line}`, `/requests/${number}`, `/requests/${number}/numbers.csv`, `/drafts/${id}`, `/drafts/${id}/confirm`, `/drafts/${id}/confirm.csv`])
        is([(await one.get(path)).status, (await two.get(path)).status], [200, 404], path);
    await two.get('/sims');
    is((await two.post(`/sims/${line}`, { label: 'x', memo: '', version: 0 })).status, 404);
    is((await submitDraft(two, id, { page: await confirmation(one, id) })).status, 404);
});

test('what everybody may see, and the API, are below no customer', async () => {
    for (const { method, path } of routes.filter(route => !ownRoutes.includes(route)))
        is((await browser.ask(method, `/customers/${main}${placed(path)}`, method === 'POST' ? { body: '' , headers: { 'Content-Type': path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded' } } : {})).status, 404, path);
});

test('8.3.2 a customer that the account sees no more is 404 at once; the other tabs go on', async () => {
    const person = account({ role: 'administrator', customers: ['main', 'other', 'third'] });
    const there = await signedIn(person);
    is((await there.tab(third).get('/sims')).status, 200);
    sql(`DELETE FROM account_customer WHERE account_id = ${person.id} AND customer_id = ${third}; UPDATE account SET customers = 2 WHERE id = ${person.id}`);
    for (const path of ['/', '/sims', '/sims.csv', '/requests', '/requests/new']) {
        const answer = await there.tab(third).get(path);
        is(answer.status, 404, path);
        is(strays(answer.text, main), [], 'the page that says so leads to one that is left');
        is([(await there.tab(other).get(path)).status, (await there.tab('all').get('/sims')).status], [200, 200]);
    }
});

// ---- all customers

test('すべての顧客 is such a choice: every link keeps it', async () => {
    for (const path of ['/', '/sims', '/sims?size=20&page=2', `/sims/${line}`, '/requests?status=all', '/schedule', '/password', '/customers']) {
        const answer = await every.get(path);
        is([answer.status, customerOf(answer)], [200, '0'], path);
        is(strays(answer.text, 'all').filter(address => address !== `/customers/${main}${path}`), [], path);
    }
    is((await every.get('/sims.csv')).text.trim().split('\r\n').length - 1, Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id IN (${main}, ${other})`)));
    is((await every.get('/requests/new')).headers.location, '/customers/all/customers?back=%2Frequests%2Fnew');
});

expectLog(/"event":"refused","why":"right"/);
test('on すべての顧客, 各種依頼, lists, SIMs and requests say 「顧客を選択すると依頼できます」 with the way to choose', async () => {
    const sentence = '顧客を選択すると依頼できます';
    has((await every.get('/')).text, 'href="/customers/all/requests/new"', 'the menu has 各種依頼');
    const list = (await every.get('/sims')).text;
    has(words(list), sentence);
    has(list, 'href="/customers/all/customers?back=%2Fsims"');
    const choice = await every.get('/customers?back=%2Frequests%2Fnew');
    has(words(choice.text), sentence);
    const chosen = await every.post('/customer', { customer_id: main, back: field(choice.text.match(/<main[^]*/)[0], 'back') });
    is(field(choice.text, 'back'), '/requests/new', 'the choice at the top leads on as well');
    is(chosen.headers.location, `/customers/${main}/requests/new`);
    is(titleOf((await browser.get(chosen.headers.location)).text), '各種依頼');
    for (const path of [`/sims/${line}`, `/requests/${number}`]) {
        const page = (await every.get(path)).text;
        has(words(page), sentence, path);
        has(page, `href="/customers/${main}${path}"`);
    }
    const refused = await every.post('/drafts', { kind: 'suspend', line });
    is(refused.status, 403);
    has(words(refused.text), sentence);
    hasNot(words(refused.text), '権限');
});

test('who may ask for something at one of them alone is told so, too; who may only look is not', async () => {
    const mixed = account({ role: 'viewer', customers: ['main', 'other'] });
    sql(`UPDATE account_customer SET role = 'member' WHERE account_id = ${mixed.id} AND customer_id = ${other}`);
    for (const [person, may] of [[mixed, true], [account({ role: 'viewer', customers: ['main', 'other'] }), false], [account({ role: 'auditor', customers: ['main', 'other'] }), false]]) {
        const all = (await signedIn(person)).tab('all');
        const list = words((await all.get('/sims')).text);
        is([list.includes('顧客を選択すると依頼できます'), list.includes('各種依頼'), (await all.get('/requests/new')).status], [may, may, may ? 303 : 403]);
    }
});

// ---- beginnings

test('a login leads to pages that name the customer, or to where one wanted to go', async () => {
    const visitor = new Browser();
    const login = await visitor.get(`/customers/${other}/sims?state=active`);
    is(login.headers.location, `/login?next=${encodeURIComponent(`/customers/${other}/sims?state=active`)}`);
    const next = field((await visitor.get(login.headers.location)).text, 'next');
    is((await visitor.tryLogin({ ...who, next })).headers.location, `/customers/${other}/sims?state=active`);
    is(customerOf(await visitor.get(next)), other);
    is((await new Browser().tryLogin(who)).headers.location, `/customers/${main}/`);
    is((await new Browser().tryLogin({ ...who, next: '/requests' })).headers.location, `/customers/${main}/requests`);
});

test('a login as somebody else does not lead to the customer that was looked at before', async () => {
    const visitor = await signedIn(who);
    const third_ = account({ customers: ['third'] });
    is((await visitor.tryLogin(third_)).headers.location, '/');
});

test('3.7.2 a customer leads nowhere else', async () => {
    for (const back of ['//evil.example', `/customers/${third}/sims`, '/\\evil.example', '/sims/1', '/healthz', '/login', '/sims.csv', '/customers'])
        like((await one.post('/customer', { customer_id: main, back })).headers.location, new RegExp(`^/customers/${main}/(sims)?$`), back);
});

test('the mail of a request leads to it, whatever customer was looked at last', async () => {
    const email = `mail-${random()}@test.example`;
    const reader = await signedIn(account({ role: 'administrator', customers: ['other', 'main'], email }));
    await reader.post('/customer', { customer_id: other });
    const [asked] = freeIds(1, { isNew: true });
    const news = await makeRequest(reader.tab(main), 'recharge', [asked], fields);
    const mail = await until(() => mails(one => one.to === email && one.body.includes(news))[0], 'the mail');
    const address = new URL(mail.body.match(/https:\S+\/requests\/\S+/)[0]);
    is([address.pathname, (await reader.get(address.pathname)).status], [`/customers/${main}/requests/${news}`, 200]);
});

test('who sees one customer has addresses without any', async () => {
    for (const path of ['/', '/sims', `/sims/${line}`, '/requests', '/requests/new', '/schedule'])
        hasNot((await alone.get(path)).text, '/customers/', path);
    is((await alone.get(`/customers/${main}/sims`)).status, 200, 'one that names it is good all the same');
    is((await alone.get(`/customers/${other}/sims`)).status, 404);
});

test('naming the customer costs no statement (performance.md)', async () => {
    sql('UPDATE session SET seen_at = UTC_TIMESTAMP(6)');
    for (const path of ['/', '/sims', `/sims/${line}`, '/requests'])
        is(await fewestStatements(one, path), await fewestStatements(browser, path), path);
});

await run();
