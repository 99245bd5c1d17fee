// ways.mjs: every route of the portal, each as something a test can do again and again: a page to ask for, or a write with
// a question to the rows whether it was done. A new route needs a line here; without one the fault tests fail.
import { randomBytes } from 'node:crypto';
import { account, customerId, digest, quote, random, sqlOne } from '../../http/lib/env.mjs';
import { Browser } from '../../http/lib/client.mjs';
import { Program } from '../../http/lib/api.mjs';
import { raw } from '../../fixtures/insert.mjs';
import { routes } from '../../fixtures/routes.mjs';
import { accountRows, draftRows, requestRows, sessionRows, tokenRows } from '../../fixtures/rows.mjs';
import { confirmation, enterDraft, sendNumbers, submission } from '../../fixtures/walk.mjs';
import { cell, rows } from './rows.mjs';

const main = customerId('main');
const other = customerId('other');
const first = where => sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE l.customer_id = ${main} AND ${where}`);
export const line = first(`l.state = 'active' AND d.activation_code IS NULL`);
const esim = first('d.activation_code IS NOT NULL');
const alone = first(`l.state = 'active' AND l.share_group_id IS NULL`);
export const who = account({ role: 'administrator', customers: ['main', 'other'] });

// An account like another, with its password.
const model = account();
async function copy(email = '') {
    const login = `f-${random()}`;
    const id = await cell(accountRows({ model: model.id, login, email: email || null }));
    return { login, password: model.password, id };
}

// A session without a login, last seen `seconds` ago; 60 and more are noted by the gate.
export async function session(id = who.id, { customer = main, seconds = 0 } = {}) {
    const browser = new Browser();
    const token = randomBytes(32).toString('base64url');
    browser.session = await cell(sessionRows({ account: id, customer, digest: digest(token), seconds, address: browser.from }));
    browser.cookies.set('__Host-simportal', token);
    return browser;
}

// A program with a token that was last used `seconds` ago.
async function program(id = who.id) {
    const token = `simportal_${randomBytes(32).toString('base64url')}`;
    await cell(tokenRows({ account: id, customer: main, token, digest: digest(token) }));
    return new Program(token, { language: 'ja' });
}

// What fault.c does within the request.
const withFault = fault => (fault ? { headers: { 'X-Fault': fault } } : {});

const facts = list => async () => (await rows(`SELECT ${list.join(', ')}`))[0].map(Number);
const audited = (id, action) => `(SELECT COUNT(*) FROM audit WHERE actor_id = ${id} AND action = '${action}')`;

async function signedIn(id, options) {
    const browser = await session(id, options);
    await browser.get('/password');
    return browser;
}

// ---- pages. A visitor where the route is for those who are not signed in.

// A draft of a recharge and a request for one, as the pages would have made them.
const ahead = 'UTC_DATE() + INTERVAL 20 DAY';
const asked = raw(`JSON_OBJECT('capacity', '1000000000', 'date', DATE_FORMAT(${ahead}, '%Y-%m-%d'))`);
const draftOf = (columns = {}) => cell(draftRows({ account: who.id, customer: main, kind: 'recharge', lines: [alone], ...columns }));
const filled = () => draftOf({ fields: asked });
const requestOf = async () => {
    const number = `TC0000-00001-RC99${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
    await cell(requestRows({ account: who.id, customer: main, number, kind: 'recharge', fields: asked, lines: [alone], on: ahead, yen: 300, tax_yen: 30 }));
    return number;
};
const shownDraft = await filled();
// However many are begun meanwhile, it is never the one touched longest ago.
await cell(`UPDATE draft SET touched_at = touched_at + INTERVAL 1 DAY WHERE id = ${shownDraft}; SELECT 1`);
const shownRequest = await requestOf();

const samples = { '/drafts/{id}/confirm.csv': `/drafts/${shownDraft}/confirm.csv`, '/drafts/{id}/unread.csv': `/drafts/${shownDraft}/unread.csv`, '/requests/{number}/numbers.csv': `/requests/${shownRequest}/numbers.csv`,
    '/requests.csv': `/requests.csv?number=${shownRequest}`, '/sims/{id}': `/sims/${line}`, '/drafts/{id}': `/drafts/${shownDraft}`, '/drafts/{id}/lines': `/drafts/${shownDraft}/lines`, '/drafts/{id}/confirm': `/drafts/${shownDraft}/confirm`,
    '/requests/{number}': `/requests/${shownRequest}`, '/requests/{number}/cancel': `/requests/${shownRequest}/cancel`,
    // what other ways ask for meanwhile is not on it
    '/requests': `/requests?number=${shownRequest}`, '/api/v1/requests': `/api/v1/requests?number=${shownRequest}`, '/api/v1/requests/{number}': `/api/v1/requests/${shownRequest}` };
const visitors = ['/login', '/healthz', '/brand.css', '/brand/logo'];

function page(name, path, browser) {
    let made;
    return { name, get: true, once: async () => ({ send: async fault => (made ??= await browser()).get(path, withFault(fault)) }) };
}

// These tell of all requests of a customer: of one for whom no way asks for any.
const summaries = ['/', '/schedule'];

export const pages = routes.filter(route => route.method === 'GET').map(({ path }) =>
    page(`GET ${path}`, samples[path] ?? path, () => (visitors.includes(path) ? new Browser() : path.startsWith('/api/') ? program() : session(who.id, summaries.includes(path) ? { customer: other } : {}))));
export const more = [
    page('GET /sims of a customer that the address names', `/customers/${main}/sims`, () => session(who.id, { customer: other })),
    page('GET /sims?state=active&sort=-used of all customers', '/sims?state=active&sort=-used', () => session(who.id, { customer: null })),
    { name: 'GET /sims after a pause', get: true, once: async () => { const browser = await session(who.id, { seconds: 300 }); return { send: fault => browser.get('/sims', withFault(fault)) }; } },
];

// ---- writes: what the rows say when it is done, each 1, and 0 while it is not

const fresh = 'Ein neues Wort 2026';
const entering = (browser, id) => fault => browser.post(`/drafts/${id}`, { capacity: '1000000000', date: '', go: 'keep' }, withFault(fault));
const choosing = (browser, id) => fault => browser.post(`/drafts/${id}/lines`, [['shown', esim], ['line', esim], ['go', 'enter']], withFault(fault));
const editing = (browser, number) => fault => browser.post(`/requests/${number}/edit`, {}, withFault(fault));
const cancelling = (browser, number) => fault => browser.post(`/requests/${number}/cancel`, {}, withFault(fault));
async function uploading(browser, id) {
    const phone = await cell(`SELECT phone FROM line WHERE id = ${esim}`);
    return fault => sendNumbers(browser, id, phone, withFault(fault));
}
// What the button of the confirmation sends, as the page has it now.
async function submitting(browser, id) {
    const page = await confirmation(browser, id);
    return async fault => (await submission(browser, id, { page, ...withFault(fault) }))();
}
const making = (sender, key, day) => fault => sender.make({ kind: 'recharge', effective_date: day, fields: { capacity: 1000000000 }, lines: [Number(alone)] }, { key, ...withFault(fault) });
const writes = {
    '/login': async () => {
        const email = `fault-${random()}@test.example`;
        const person = await copy(email);
        const visitor = new Browser();
        await visitor.get('/login');
        return {
            send: fault => visitor.post('/login', { login_id: person.login, password: person.password }, withFault(fault)),
            facts: facts([`(SELECT COUNT(*) FROM session WHERE account_id = ${person.id})`, audited(person.id, 'login'),
                `(SELECT COUNT(*) FROM mail WHERE recipient = '${email}')`,
                `(SELECT last_login_at IS NOT NULL FROM account WHERE id = ${person.id})`]),
        };
    },
    '/logout': async () => {
        const browser = await signedIn(who.id);
        const before = await cell(`SELECT ${audited(who.id, 'logout')}`);
        return {
            send: fault => browser.post('/logout', {}, withFault(fault)),
            facts: facts([`(SELECT COUNT(*) = 0 FROM session WHERE id = ${browser.session})`, `${audited(who.id, 'logout')} - ${before}`]),
        };
    },
    '/password': async () => {
        const person = await copy();
        const old = await cell(`SELECT password_hash FROM account WHERE id = ${person.id}`);
        const browser = await signedIn(person.id);
        const token = digest(browser.token);
        return {
            send: fault => browser.post('/password', { present: person.password, new: fresh, again: fresh }, withFault(fault)),
            facts: facts([`(SELECT password_hash <> ${quote(old)} FROM account WHERE id = ${person.id})`,
                `(SELECT COUNT(*) - 1 FROM account_password WHERE account_id = ${person.id})`,
                `(SELECT COUNT(*) = 0 FROM session WHERE account_id = ${person.id} AND token_digest = UNHEX('${token}'))`,
                audited(person.id, 'password-change')]),
        };
    },
    '/language': async () => {
        const person = await copy();
        const browser = await signedIn(person.id);
        return { send: fault => browser.post('/language', { language: 'en' }, withFault(fault)), facts: facts([`(SELECT language = 'en' FROM account WHERE id = ${person.id})`]) };
    },
    '/customer': async () => {
        const browser = await signedIn(who.id);
        return { send: fault => browser.post('/customer', { customer_id: other }, withFault(fault)), facts: facts([`(SELECT customer_id = ${other} FROM session WHERE id = ${browser.session})`]) };
    },
    '/sims/{id}': async () => {
        const browser = await signedIn(who.id);
        const mark = random();
        const [version, notes] = (await rows(`SELECT version, ${audited(who.id, 'line-note')} FROM line WHERE id = ${line}`))[0];
        return {
            send: fault => browser.post(`/sims/${line}`, { label: `l-${mark}`, memo: `m-${mark}`, version }, withFault(fault)),
            facts: facts([`(SELECT label = 'l-${mark}' FROM line WHERE id = ${line})`, `(SELECT memo = 'm-${mark}' FROM line WHERE id = ${line})`,
                `(SELECT version - ${version} FROM line WHERE id = ${line})`,
                `(SELECT COUNT(*) FROM line_event WHERE line_id = ${line} AND to_text = 'l-${mark}')`,
                `(SELECT COUNT(*) FROM line_event WHERE line_id = ${line} AND to_text = 'm-${mark}')`,
                `${audited(who.id, 'line-note')} - ${notes}`]),
        };
    },
    '/sims/{id}/protection': async () => {
        const browser = await signedIn(who.id);
        const guarded = alone;
        const [was, done] = (await rows(`SELECT is_protected, ${audited(who.id, 'line-protect')} FROM line WHERE id = ${guarded}`))[0].map(Number);
        const events = await cell(`SELECT COUNT(*) FROM line_event WHERE line_id = ${guarded} AND kind = 'protection'`);
        return {
            send: fault => browser.post(`/sims/${guarded}/protection`, { on: 1 - was }, withFault(fault)),
            facts: facts([`(SELECT is_protected <> ${was} FROM line WHERE id = ${guarded})`, `${audited(who.id, 'line-protect')} - ${done}`,
                `(SELECT COUNT(*) - ${events} FROM line_event WHERE line_id = ${guarded} AND kind = 'protection')`]),
        };
    },
    '/sims/{id}/esim': async () => {
        const browser = await signedIn(who.id);
        const before = await cell(`SELECT ${audited(who.id, 'esim-reveal')}`);
        return { send: fault => browser.post(`/sims/${esim}/esim`, {}, withFault(fault)), facts: facts([`${audited(who.id, 'esim-reveal')} - ${before}`]) };
    },
    '/drafts': async () => {
        const browser = await signedIn(who.id);
        // Nothing else here begins one of this kind.
        const before = await cell(`SELECT COUNT(*) FROM draft WHERE account_id = ${who.id} AND kind = 'suspend'`);
        return {
            send: fault => browser.post('/drafts', { kind: 'suspend', line: alone }, withFault(fault)),
            facts: facts([`(SELECT COUNT(*) FROM draft WHERE account_id = ${who.id} AND kind = 'suspend') - ${before}`]),
        };
    },
    '/drafts/{id}': async () => {
        const browser = await signedIn(who.id);
        const id = await draftOf();
        return {
            send: entering(browser, id),
            facts: facts([`(SELECT fields LIKE '%1000000000%' FROM draft WHERE id = ${id})`, `(SELECT version FROM draft WHERE id = ${id})`]),
        };
    },
    '/drafts/{id}/lines': async () => {
        const browser = await signedIn(who.id);
        const id = await draftOf();
        return {
            send: choosing(browser, id),
            facts: facts([`(SELECT COUNT(*) - 1 FROM draft_line WHERE draft_id = ${id})`, `(SELECT item_count - 1 FROM draft WHERE id = ${id})`]),
        };
    },
    '/drafts/{id}/numbers': async () => {
        const browser = await signedIn(who.id);
        const id = await draftOf();
        return {
            send: await uploading(browser, id),
            facts: facts([`(SELECT COUNT(*) FROM draft_line WHERE draft_id = ${id} AND line_id = ${esim})`, `(SELECT COUNT(*) = 0 FROM draft_line WHERE draft_id = ${id} AND line_id = ${alone})`,
                `(SELECT read_rows FROM draft WHERE id = ${id})`]),
        };
    },
    '/drafts/{id}/confirm': async () => {
        const browser = await signedIn(who.id);
        const id = await filled();
        await enterDraft(browser, id, { capacity: '1000000000', date: await cell(`SELECT DATE_FORMAT(${ahead}, '%Y-%m-%d')`) });
        return {
            send: await submitting(browser, id),
            facts: facts([`(SELECT COUNT(*) FROM request WHERE draft_id = ${id} AND number IS NOT NULL)`, `(SELECT made_request IS NOT NULL FROM draft WHERE id = ${id})`,
                `(SELECT COUNT(*) FROM request_item i JOIN request r ON r.id = i.request_id WHERE r.draft_id = ${id})`]),
        };
    },
    '/drafts/{id}/delete': async () => {
        const browser = await signedIn(who.id);
        const id = await draftOf();
        return {
            send: fault => browser.post(`/drafts/${id}/delete`, {}, withFault(fault)),
            facts: facts([`(SELECT COUNT(*) = 0 FROM draft WHERE id = ${id})`, `(SELECT COUNT(*) = 0 FROM draft_line WHERE draft_id = ${id})`]),
        };
    },
    '/api/v1/requests': async () => {
        const sender = await program();
        const key = random();
        const day = await cell(`SELECT DATE_FORMAT(${ahead}, '%Y-%m-%d')`);
        const made = `(SELECT made_request FROM draft WHERE account_id = ${who.id} AND idempotency_key = '${key}')`;
        return {
            send: making(sender, key, day),
            facts: facts([`(SELECT COUNT(*) FROM draft WHERE account_id = ${who.id} AND idempotency_key = '${key}')`, `(SELECT COUNT(*) FROM request WHERE id = ${made} AND number IS NOT NULL)`,
                `(SELECT COUNT(*) FROM request_item WHERE request_id = ${made})`, `(SELECT COUNT(*) FROM audit WHERE action = 'request-make' AND object = CONCAT('request ', ${made}))`]),
        };
    },
    '/requests/{number}/edit': async () => {
        const browser = await signedIn(who.id);
        const number = await requestOf();
        return { send: editing(browser, number), facts: facts([`(SELECT COUNT(*) FROM draft d JOIN request r ON r.id = d.of_request WHERE r.number = '${number}')`]) };
    },
    '/requests/{number}/cancel': async () => {
        const browser = await signedIn(who.id);
        const number = await requestOf();
        return {
            send: cancelling(browser, number),
            facts: facts([`(SELECT status = 'cancelled' FROM request WHERE number = '${number}')`, `(SELECT result = 'cancelled' FROM request_item i JOIN request r ON r.id = i.request_id WHERE r.number = '${number}')`,
                `(SELECT COUNT(*) FROM request_event e JOIN request r ON r.id = e.request_id WHERE r.number = '${number}')`]),
        };
    },
};

export const posts = routes.filter(route => route.method === 'POST').map(({ path }) => ({ name: `POST ${path}`, once: writes[path] }));
export const missing = [...routes.filter(({ method, path }) => (method === 'POST' ? !writes[path] : path.includes('{') && !samples[path]))]
    .map(({ method, path }) => `${method} ${path}`);
export const all = [...pages, ...more, ...posts.filter(way => way.once)];

// ---- writes that meet on one draft, one request, one line: what each sends

export async function draftWays() {
    const browser = await signedIn(who.id);
    const id = await filled();
    return [entering(browser, id), choosing(browser, id), await uploading(browser, id), await submitting(browser, id)];
}

export async function requestWays() {
    const browser = await signedIn(who.id);
    const number = await requestOf();
    return [editing(browser, number), () => browser.post('/drafts', { kind: 'recharge', line: alone }), cancelling(browser, number)];
}

export async function lineWays() {
    const browser = await signedIn(who.id);
    const sender = await program();
    const day = await cell(`SELECT DATE_FORMAT(${ahead}, '%Y-%m-%d')`);
    return [() => browser.post(`/sims/${alone}`, { label: random(), memo: 'm', version: 0 }), () => browser.post(`/sims/${alone}/protection`, { on: 1 }),
        () => browser.post('/drafts', { kind: 'suspend', line: alone }), () => making(sender, random(), day)()];
}
