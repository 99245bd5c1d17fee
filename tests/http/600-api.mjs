// 600-api: requests listed, seen and made by programs: tokens, every status, problem documents, keys that make a request
// once. The rules of requests are those of the pages (500-520): here it is shown that they hold.
import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { run, test, is, ok, has, hasNot, like, until, expectLog } from './lib/tap.mjs';
import { account, ctl, customerId, env, mails, quote, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, address, signedIn } from './lib/client.mjs';
import { Program, token, told } from './lib/api.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeLines, withHyphens } from '../fixtures/lines.mjs';

const LIST = '/api/v1/requests';
const main = customerId('main'), other = customerId('other');
const who = account({ email: `api-${random()}@sim.example` });
const shown = token(who.login, '--name', 'tests');
const program = new Program(shown);
const day = days => tokyoDate(days, '-');
const free = (n, options) => freeLines(n, { last: true, ...options });
const suspension = (lines, more = {}) => ({ kind: 'suspend', effective_date: day(20), fields: { reason: 'unused' }, lines, ...more });
const count = () => Number(sqlOne('SELECT COUNT(*) FROM request'));
const traces = () => sqlOne(`SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM request), (SELECT COUNT(*) FROM draft), (SELECT COUNT(*) FROM request_item), (SELECT COUNT(*) FROM mail), (SELECT COALESCE(SUM(last), 0) FROM request_counter))`);
// A clear refusal of which nothing is left.
async function refused(body, want, options) {
    const before = traces();
    const answer = await program.make(body, options);
    is(told(answer), want, typeof body === 'string' ? body.slice(0, 80) : JSON.stringify(body).slice(0, 200));
    is(traces(), before, 'nothing is left of it');
    return answer;
}
expectLog(/"event":"refused","why":"token"/, true);
expectLog(/"event":"refused","why":"right"/, true);
expectLog(/client intended to send too large body/, true);

// ---- who asks

test('6.3.4 without a token, with a wrong one or with a cookie alone: 401, and nothing is told', async () => {
    const person = await signedIn(who);
    const cookie = `__Host-simportal=${person.cookies.get('__Host-simportal')}`;
    for (const path of [LIST, `${LIST}/TC0000-00001-CS260001`]) {
        const bare = await new Program(null).get(path);
        is(told(bare), [401, 'token'], path);
        is(bare.headers['www-authenticate'], 'Bearer realm="simportal"');
        is(bare.headers['content-type'], 'application/problem+json');
        is(bare.headers['cache-control'], 'no-store');
        is(bare.headers['set-cookie'], undefined, 'a program gets no cookie');
        is(told(await new Program(null).get(path, { headers: { Cookie: cookie } })), [401, 'token'], 'a cookie is no token');
        for (const header of ['Bearer', 'Bearer ', 'Bearer x', `Bearer ${shown.text}x`, `Bearer ${shown.text.slice(0, -1)}`, `Basic ${Buffer.from(`${who.login}:${who.password}`).toString('base64')}`,
            shown.text, `Bearer simportal_${'A'.repeat(43)}`, `Bearer ${shown.text} ${shown.text}`, `Bearer ${shown.text}, Bearer ${shown.text}`]) {
            const answer = await new Program(null).get(path, { headers: { Authorization: header } });
            is(told(answer), [401, 'token'], header.slice(0, 20));
            is(answer.headers['www-authenticate'], 'Bearer realm="simportal", error="invalid_token"');
        }
        is((await new Program(null).get(path, { headers: { Authorization: `bearer ${shown.text}` } })).status === 401, false, 'the word in any case');
    }
    is(told(await new Program(null).make(suspension([1]), { headers: { Cookie: cookie } })), [401, 'token'], 'nor to write');
    is((await new Browser().get('/sims', { headers: { Authorization: `Bearer ${shown.text}` } })).status, 303, 'a token is for the API alone');
});

test('a token has the role its account has at the moment, at its customer alone', async () => {
    const viewer = account({ role: 'viewer' });
    const reader = new Program(token(viewer.login));
    is((await reader.get(LIST)).status, 200);
    const before = traces();
    is(told(await reader.make(suspension([free(1)[0].id]))), [403, 'forbidden'], '8.2.1: who may only look makes nothing');
    is(traces(), before);
    sql(`UPDATE account_customer SET role = 'member' WHERE account_id = ${viewer.id}`);
    is((await reader.make(suspension([free(1)[0].id]))).status, 201, '8.3.2: at once');
    sql(`UPDATE account_customer SET role = 'viewer' WHERE account_id = ${viewer.id}`);
    is((await reader.make(suspension([free(1)[0].id]))).status, 403);
    sql(`DELETE FROM account_customer WHERE account_id = ${viewer.id}`);
    is((await reader.get(LIST)).status, 401, 'an account that has lost the customer');
});

test('7.4 a token ends when it is revoked, on its day, with its account and with the password', async () => {
    const ends = async (name, end) => {
        const person = account();
        const one = token(person.login);
        const own = new Program(one);
        is((await own.get(LIST)).status, 200, `${name}: before`);
        await end(person, one);
        is((await own.get(LIST)).status, 401, name);
    };
    await ends('revoked', (_, one) => ctl('token', 'revoke', one.prefix));
    await ends('its day is over', (_, one) => sql(`UPDATE account_token SET expires_at = UTC_TIMESTAMP(6) WHERE id = ${one.id}`));
    await ends('disabled', person => ctl('account', 'disable', person.login));
    await ends('disabled and enabled', person => { ctl('account', 'disable', person.login); ctl('account', 'enable', person.login); });
    await ends('the password was changed', async person => {
        const browser = await signedIn(person);
        await browser.get('/password');
        const answer = await browser.post('/password', { present: person.password, new: 'Ein neues Wort 2027', again: 'Ein neues Wort 2027' });
        is(answer.status, 303);
    });
});

test('6.4.1 an account that must change its password: 403, and why', async () => {
    const person = account({ permanent: false });
    is(told(await new Program(token(person.login)).get(LIST)), [403, 'password']);
    const late = account();
    sql(`UPDATE account SET password_set_at = UTC_TIMESTAMP(6) - INTERVAL 92 DAY WHERE id = ${late.id}`);
    is(told(await new Program(token(late.login)).get(LIST)), [403, 'password']);
});

test('its last use is noted, once a minute at most', async () => {
    const mine = token(who.login);
    const used = () => sqlOne(`SELECT last_used_at FROM account_token WHERE id = ${mine.id}`);
    is(used(), null);
    await new Program(mine).get(LIST);
    const first = used();
    ok(first !== null, 'used');
    await new Program(mine).get(LIST);
    is(used(), first, 'within the minute');
    sql(`UPDATE account_token SET last_used_at = last_used_at - INTERVAL 61 SECOND WHERE id = ${mine.id}`);
    await new Program(mine).get(LIST);
    ok(used() >= first, 'after it');
});

test('2.4.1, 6.3.1 who tries tokens hears 429 from nginx soon; others do not', async () => {
    const guesser = new Program(`simportal_${'B'.repeat(43)}`, { from: address() });
    // On a slow machine more are let through meanwhile.
    let late, asked = 0;
    for (; late === undefined && asked < 2000; asked += 160)
        late = (await Promise.all([...Array(160)].map(() => guesser.get(LIST)))).find(answer => answer.status === 429);
    ok(late, `one of ${asked} is let wait`);
    is(told(late), [429, 'limit']);
    is([late.headers['content-type'], late.headers['retry-after']], ['application/problem+json', '10']);
    is((await program.get(LIST)).status, 200);
});

test('8.2.1, 6.3.4 every route of the API, walked by the table: no token, a cookie alone, a token that may only look', async () => {
    const table = readFileSync(new URL('../../fcgi/portal/routes.c', import.meta.url), 'utf8');
    const routes = [...table.matchAll(/^ +\{ (GET|POST), +"(\/api\/[^"]+)", +(RIGHT_\w+)/gm)].map(([, method, path, right]) => ({ method, path: path.replace('{number}', 'TC0000-00001-CS260001').replace('{id}', '1'), right }));
    ok(routes.length >= 3, 'the table is read');
    const viewer = account({ role: 'viewer' });
    const cookie = `__Host-simportal=${(await signedIn(account({ role: 'administrator' }))).cookies.get('__Host-simportal')}`;
    const reader = new Program(token(viewer.login));
    for (const { method, path, right } of routes) {
        const body = method === 'POST' ? { body: '{}' } : {};
        is(told(await new Program(null).ask(method, path, body)), [401, 'token'], `${method} ${path} without a token`);
        is(told(await new Program(null).ask(method, path, { ...body, headers: { Cookie: cookie } })), [401, 'token'], `${method} ${path} with a cookie alone`);
        const answer = await reader.ask(method, path, body);
        is(answer.status === 403, method === 'POST' || right !== 'RIGHT_LINE_VIEW', `${method} ${path} with a token that may only look: ${answer.status}`);
    }
});

// ---- looking

test('the list: what the page shows, newest first, in pages by a cursor', async () => {
    const lines = free(3);
    const numbers = [];
    for (const line of lines)
        numbers.unshift((await program.make(suspension([line.id]))).json.number);
    const { status, headers, json } = await program.get(`${LIST}?requester=${who.login}&limit=2`);
    is([status, headers['content-type'], headers['cache-control']], [200, 'application/json', 'no-store']);
    is(json.requests.map(one => one.number), numbers.slice(0, 2));
    like(json.next, /^\/api\/v1\/requests\?requester=t-\w+&limit=2&cursor=\d+$/);
    is((await program.get(json.next)).json.requests[0].number, numbers[2]);
    const one = json.requests[0];
    is(Object.keys(one), ['number', 'kind', 'status', 'customer', 'requester', 'received_at', 'effective_date', 'executed_date', 'cancelled_date', 'fields', 'lines', 'yen', 'tax_yen']);
    is([one.kind, one.status, one.customer, one.effective_date, one.executed_date, one.fields, one.lines, one.yen],
        ['suspend', 'pending', 'TC0000-00001', day(20), null, { reason: 'unused', note: '' }, { total: 1, open: 1, done: 0, failed: 0, left_out: 0 }, 0]);
    let path = `${LIST}?limit=200`, all = [];
    for (let pages = 0; path && pages < 50; pages += 1) {
        const page = (await program.get(path)).json;
        all.push(...page.requests.map(each => each.number));
        path = page.next;
    }
    is(all, sql(`SELECT number FROM request WHERE customer_id = ${main} ORDER BY id DESC`).map(row => row[0]), 'every request once, in order');
});

test('its conditions are those of the page, and combine', async () => {
    const [line] = free(1);
    const { number } = (await program.make(suspension([line.id]))).json;
    const found = async query => (await program.get(`${LIST}?limit=200&${query}`)).json.requests.map(one => one.number);
    for (const query of [`number=${number.slice(-6)}`, `phone=${line.phone}`, 'kind=suspend', 'status=pending', 'status=all', `requester=${who.login.slice(2)}`, `from=${day(0)}&until=${day(0)}`, `phone=${line.phone}&status=pending`])
        has((await found(query)).join(' '), number, query);
    for (const query of ['kind=resume', 'status=completed', 'requester=nobody', `until=${day(-1)}`, `phone=${line.phone}&kind=recharge`])
        hasNot((await found(query)).join(' '), number, query);
});

test('2.2.1 conditions that are none: 422, each named', async () => {
    for (const [query, where] of [['status=half', 'status'], ['kind=nothing', 'kind'], ['from=2026-02-30', 'from'], ['phone=abc', 'phone'], ['limit=0', 'limit'], ['limit=201', 'limit'], ['limit=x', 'limit'],
        ['cursor=-1', 'cursor'], ['cursor=99999999999999999999', 'cursor'], ['limit=1&limit=2', 'limit'], ['number=1&number=2', 'number'], [`number=${'1'.repeat(41)}`, 'number']]) {
        const answer = await program.get(`${LIST}?${query}`);
        is(told(answer), [422, 'values', where], query);
        ok(answer.json.errors[0].detail.length > 3, 'and why');
    }
    for (const [query, detail] of [['limit=500', '1から200までの数字で入力してください。'], ['limit=x', '1から200までの数字で入力してください。'], ['cursor=0', '数字で入力してください。']])
        is((await new Program(shown, { language: 'ja' }).get(`${LIST}?${query}`)).json.errors[0].detail, detail, query);
    is((await program.get(`${LIST}?number=%00`)).status, 400);
    is((await program.get(`${LIST}?number=%`)).status, 400);
});

test('8.2.2, 8.4.1 the requests of other customers do not exist', async () => {
    const stranger = account({ customers: ['other'] });
    const theirs = new Program(token(stranger.login));
    const [line] = free(1, { customer: 'other' });
    const { number } = (await theirs.make(suspension([line.id]))).json;
    like(number, /^TC0000-00002-CS/);
    is((await theirs.get(`${LIST}/${number}`)).json.number, number);
    const nobodys = await program.get(`${LIST}/TC0000-00002-CS990001`);
    const foreign = await program.get(`${LIST}/${number}`);
    const plain = answer => answer.text.replace(/"request_id":"[^"]*"/, '');
    is([foreign.status, plain(foreign)], [404, plain(nobodys)]);
    hasNot((await program.get(`${LIST}?limit=200`)).text, 'TC0000-00002');
    hasNot((await program.get(`${LIST}?number=${number}`)).text, number);
    // an account that sees both: each token is for one of them
    const both = account({ customers: ['main', 'other'] });
    const second = new Program(token(both.login, '--customer', 'TC0000-00002'));
    is((await second.get(`${LIST}/${number}`)).status, 200);
    is((await new Program(token(both.login)).get(`${LIST}/${number}`)).status, 404);
    const before = traces();
    is(told(await program.make(suspension([line.id]))), [422, 'lines', '#/lines/0']);
    is(told(await program.make(suspension([withHyphens(line.phone)]))), [422, 'lines', '#/lines/0']);
    is(told(await program.make({ ...suspension([line.id]), customer: 'TC0000-00002', customer_id: other })), [422, 'lines', '#/lines/0'], '8.2.3');
    is(traces(), before);
});

// ---- making

test('made by phone numbers and ids, seen by the page and the worker, told by mail and audit', async () => {
    const lines = free(3);
    const answer = await program.make(suspension([lines[0].id, withHyphens(lines[1].phone), lines[2].phone], { effective_date: day(0), fields: { reason: 'lost', note: 'テスト </script> \u2028 "' } }));
    is(answer.status, 201, answer.text);
    const { number } = answer.json;
    is(answer.headers.location, `${LIST}/${number}`);
    like(number, /^TC0000-00001-CS\d{6,}$/);
    await until(async () => (await program.get(`${LIST}/${number}`)).json.status === 'completed', 'the worker does it', 20);
    const { json } = await program.get(`${LIST}/${number}`);
    is([json.lines, json.fields.note, json.executed_date], [{ total: 3, open: 0, done: 3, failed: 0, left_out: 0 }, 'テスト </script> \u2028 "', day(0)]);
    is(sql(`SELECT l.state FROM line l WHERE l.id IN (${lines.map(line => line.id)})`).map(row => row[0]), ['suspended', 'suspended', 'suspended']);
    is(sql(`SELECT actor_kind, actor_id, actor_name FROM audit WHERE action = 'request-make' AND actor_kind = 'token' AND object = CONCAT('request ', (SELECT id FROM request WHERE number = ${quote(number)}))`)[0], ['token', shown.id, who.login]);
    const page = await (await signedIn(who)).get(`/requests/${number}`);
    has(page.text, who.login);
    await until(() => mails(mail => mail.subject.includes(number) && mail.raw.includes('@sim.example')).length >= 2, 'received and completed are mailed', 20);
});

test('what costs something says what; what a page asks to be typed a program need not type', async () => {
    const [line] = free(1);
    const recharge = await program.make({ kind: 'recharge', effective_date: day(10), fields: { capacity: 1000000000 }, lines: [line.id] });
    is([recharge.status, recharge.json.yen, recharge.json.tax_yen, recharge.json.fields], [201, 300, 30, { capacity: '1000000000' }]);
    is(told(await program.make({ kind: 'recharge', effective_date: day(10), fields: { capacity: '5' }, lines: [line.id] })), [422, 'values', '#/fields/capacity']);
    const ended = await program.make({ kind: 'terminate', effective_date: day(80), fields: { reason: 'finished' }, lines: [free(1)[0].id] });
    is([ended.status, ended.json.kind], [201, 'terminate']);
});

test('what is of another type than it must be is told which', async () => {
    const [line] = free(1);
    const body = suspension([line.id]);
    const japanese = new Program(shown, { language: 'ja' });
    const string = '文字列で送ってください。', phone = '電話番号は文字列で送ってください';
    for (const [wrong, where, detail] of [
        [{ ...body, lines: [Number(line.phone)] }, '#/lines/0', phone],
        [{ ...body, lines: [line.id, 2010009999] }, '#/lines/1', phone],
        [{ ...body, lines: [1234567890123] }, '#/lines/0', phone],
        [{ ...body, lines: [123456789] }, '#/lines/0', '該当するSIMがありません。'],
        [{ ...body, lines: [true] }, '#/lines/0', '電話番号を文字列で、またはSIMのidを整数で'],
        [{ ...body, lines: [1.5] }, '#/lines/0', '電話番号を文字列で、またはSIMのidを整数で'],
        [{ ...body, lines: line.phone }, '#/lines', '配列で送ってください。'],
        [{ ...body, kind: 7 }, '#/kind', string],
        [{ ...body, kind: undefined }, '#/kind', '選択してください。'],
        [{ ...body, fields: 'lost' }, '#/fields', 'オブジェクトで送ってください。'],
        [{ ...body, fields: { ...body.fields, reason: ['lost'] } }, '#/fields/reason', string],
        [{ ...body, fields: { ...body.fields, reason: '' } }, '#/fields/reason', '選択してください。'],
        [{ ...body, effective_date: {} }, '#/effective_date', string],
    ]) {
        const answer = await japanese.make(wrong);
        const error = answer.json.errors.find(one => one.pointer === where);
        has(error?.detail ?? answer.text, detail, JSON.stringify(wrong));
    }
});

test('2.3.4 the same key again gives the same request; with another body it is refused', async () => {
    const [line, second] = free(2);
    const key = `k-${random()}`, body = suspension([line.id]);
    const first = await program.make(body, { key });
    is(first.status, 201);
    const after = traces();
    const again = await program.make(body, { key });
    is([again.status, again.json, again.headers.location], [200, first.json, first.headers.location]);
    is(told(await program.make(suspension([second.id]), { key })), [422, 'key-used']);
    is(told(await program.make(`${JSON.stringify(body)} `, { key })), [422, 'key-used'], 'what was sent counts, byte by byte');
    is(traces(), after, 'nothing more is made');
    const colleague = new Program(token(account().login));
    is((await colleague.make(suspension([second.id]), { key })).status, 201, 'keys are each account\'s own');
});

test('a key that two send at once makes one request', async () => {
    const [line] = free(1);
    const key = `k-${random()}`, body = suspension([line.id]), before = count();
    const answers = await Promise.all([...Array(12)].map(() => program.make(body, { key })));
    is(answers.map(answer => answer.status).sort(), [...Array(11).fill(200), 201]);
    is(new Set(answers.map(answer => answer.json.number)).size, 1);
    is(count(), before + 1);
});

test('15.4.2 the second of two waits for the first, and finds what it has made', async () => {
    const [line, earlier] = free(2);
    await program.make(suspension([earlier.id])); // there is a counter
    const key = `k-${random()}`, body = suspension([line.id]), before = count();
    // The counter of numbers, the last thing that a request needs, is held by somebody else meanwhile.
    const holder = spawn('mariadb', ['--no-defaults', `--socket=${env.DB_SOCKET}`, `--user=${env.DB_ADMIN_USER}`, '--batch', '--skip-column-names', '--unbuffered', env.DB_NAME],
        { env: { ...process.env, MYSQL_PWD: env.DB_ADMIN_PASSWORD }, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise(done => holder.on('close', done));
    holder.stdin.write(`START TRANSACTION; SELECT 'held', last FROM request_counter WHERE customer_id = ${main} AND letters = 'CS' FOR UPDATE;\n`);
    let said = '';
    holder.stdout.on('data', piece => { said += piece; });
    await until(() => said.includes('held'), 'the counter is held');
    const both = [];
    const waits = what => Number(sql(`SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '${what}%'`, { user: env.DB_USER, password: env.DB_PASSWORD })[0][0]);
    try {
        both.push(program.make(body, { key }));
        await until(() => waits('INSERT INTO request_counter') === 1, 'the first waits for the counter');
        both.push(program.make(body, { key }));
        await until(() => waits('SELECT d.id, d.made_request') === 1, 'the second waits for the first');
    } finally {
        holder.stdin.end('COMMIT;\n');
        await ended;
    }
    const answers = await Promise.all(both);
    is(answers.map(answer => answer.status).sort(), [200, 201]);
    is(answers[0].json.number, answers[1].json.number);
    is(count(), before + 1);
});

test('a key whose request was refused can be used again', async () => {
    const [line] = free(1);
    const key = `k-${random()}`;
    await refused(suspension([line.id, 1e15]), [422, 'lines', '#/lines/1'], { key });
    is((await program.make(suspension([line.id]), { key })).status, 201);
    const both = account({ customers: ['main', 'other'] });
    await new Program(token(both.login)).make(suspension([free(1)[0].id]), { key });
    const elsewhere = new Program(token(both.login, '--customer', 'TC0000-00002'));
    is(told(await elsewhere.make(suspension([free(1, { customer: 'other' })[0].id]), { key })), [422, 'key-used'], 'used at another customer');
});

test('every refused line is named, with the request in its way; nothing is made', async () => {
    const [taken, good] = free(2);
    const [sleeping] = free(1, { state: 'inactive' });
    const { number } = (await program.make(suspension([taken.id], { effective_date: day(5) }))).json;
    const answer = await refused(suspension([good.id, withHyphens(taken.phone), sleeping.id]), [422, 'lines', '#/lines/1', '#/lines/2']);
    is(answer.json.errors.map(error => [error.code, error.request]), [['collides', number], ['state', undefined]]);
    has(answer.json.errors[0].detail, number);
    const unknown = await refused(suspension([good.id, '02099999999', good.id, withHyphens(good.phone), 999999999]), [422, 'lines', '#/lines/2', '#/lines/3', '#/lines/1', '#/lines/4']);
    is(unknown.json.errors.map(error => error.code), ['duplicate', 'duplicate', 'unknown', 'unknown']);
    sql(`UPDATE line SET is_protected = 1 WHERE id = ${good.id}`);
    const locked = await refused({ kind: 'terminate', effective_date: day(3), fields: { reason: 'finished' }, lines: [good.id] }, [422, 'lines', '#/lines/0']);
    is(locked.json.errors[0].code, 'protected');
    sql(`UPDATE line SET is_protected = 0 WHERE id = ${good.id}`);
});

test('2.2.1 values that cannot be: each at its place, all at once', async () => {
    const [line] = free(1);
    const good = suspension([line.id]);
    const without = (...names) => Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name)));
    for (const [body, ...places] of [
        [{}, '#/kind', '#/lines'], [without('kind'), '#/kind'], [{ ...good, kind: 7 }, '#/kind'], [{ ...good, kind: 'nothing' }, '#/kind'], [{ ...good, kind: null }, '#/kind'],
        [without('effective_date'), '#/effective_date'], [{ ...good, effective_date: day(-1) }, '#/effective_date'], [{ ...good, effective_date: '2027-02-30' }, '#/effective_date'],
        [{ ...good, effective_date: day(100) }, '#/effective_date'], [{ ...good, effective_date: '' }, '#/effective_date'], [{ ...good, effective_date: ['2027-01-01'] }, '#/effective_date'],
        [without('fields'), '#/fields/reason'], [{ ...good, fields: [] }, '#/fields'], [{ ...good, fields: 'x' }, '#/fields'], [{ ...good, fields: { reason: 'because' } }, '#/fields/reason'],
        [{ ...good, fields: { reason: { a: 1 } } }, '#/fields/reason'], [{ ...good, fields: { reason: 'lost', note: 'n'.repeat(201) } }, '#/fields/note'], [{ ...good, fields: { reason: 'lost', note: 'a\nb' } }, '#/fields/note'],
        [{ ...good, fields: { reason: 'lost', note: true } }, '#/fields/note'], [{ ...good, fields: { reason: 'lost', note: 1.5 } }, '#/fields/note'],
        [without('lines'), '#/lines'], [{ ...good, lines: [] }, '#/lines'], [{ ...good, lines: line.id }, '#/lines'], [{ ...good, lines: [null] }, '#/lines/0'], [{ ...good, lines: [1.5, true, {}] }, '#/lines/0', '#/lines/1', '#/lines/2'],
        [{ ...good, lines: ['abc', -1, 0] }, '#/lines/0', '#/lines/1', '#/lines/2'], [{ ...good, lines: ['8.98E+18'] }, '#/lines/0'], [{ ...good, lines: Array(100001).fill(1) }, '#/lines'],
        [{ ...good, effective_date: day(-1), fields: { reason: 'x' }, lines: ['x'] }, '#/fields/reason', '#/effective_date', '#/lines/0'],
    ]) {
        const answer = await refused(body, [422, 'values', ...places]);
        ok(answer.json.errors.every(error => error.detail.length > 3), 'each says why');
    }
    for (const huge of ['99999999999999999999999999', '9223372036854775807', '18446744073709551616', '-99999999999999999999'])
        await refused(JSON.stringify(good).replace(`[${line.id}]`, `[${huge}]`), [422, huge.startsWith('-') ? 'values' : 'lines', '#/lines/0']);
});

test('1.5.3 bodies that are no JSON object, or two things at once: 400', async () => {
    const good = JSON.stringify(suspension([free(1)[0].id]));
    for (const body of ['', ' ', '{', good.slice(0, -1), `${good}x`, `${good}${good}`, `[${good}]`, 'null', '1', '"a"', 'true', "{'kind':'suspend'}", '{kind:"suspend"}', '/* */{}', '{"a":NaN}', '{"a":undefined}', '{"a":Infinity}', '{"a":1e400}', '{"a":01}', '{"a":.5}', '{"a":+1}', '{"a":TRUE}', '{"a":"\t"}', '{"a":"\\x41"}', '{"a":0x1}',
        good.replace('{', '{"kind":"resume",'), '{"fields":{"a":1,"a":2}}', '{"lines":[{"a":1,"\\u0061":2}]}', '{"kind":"sus\\u0000pend"}', '{"ki\\u0000nd":"suspend"}', `{"kind":"a\0b"}`, `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, '['.repeat(20000),
        `{"a":${'['.repeat(9)}${']'.repeat(9)}}`])
        await refused(body, [400, 'malformed']);
    await refused(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]), [400, 'malformed']);
    await refused(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]), [400, 'malformed']);
    const line = free(1)[0];
    is((await program.make(JSON.stringify(suspension([line.id])).replace('"unused"', '"\\u0075nused"').replace('{', '{"note":"\\\\u0000",'))).status, 201, 'what only looks like a NUL or a double is none');
});

test('5.2.1 how large, of what type, by which method, with which key', async () => {
    const good = suspension([free(1)[0].id]);
    is(told(await program.make(JSON.stringify({ ...good, x: 'a'.repeat((4 << 20) + 1) }))), [413, 'too-large']);
    is(told(await program.make(good, { headers: { 'Content-Type': 'text/plain' } })), [415, 'type']);
    is(told(await program.make(good, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })), [415, 'type']);
    is(told(await program.make(good, { headers: { 'Content-Type': 'application/jsonx' } })), [415, 'type']);
    is((await program.make(good, { headers: { 'Content-Type': 'application/json; charset=utf-8' } })).status, 201);
    for (const key of [null, '', 'a b', 'ü', 'k'.repeat(65), '\t'])
        await refused(good, [400, 'key', 'Idempotency-Key'], { key: key === 'ü' ? 'Ã¼' : key });
    is(told(await program.ask('POST', `${LIST}/TC0000-00001-CS260001`, { body: '{}' })), [405, 'method']);
    is(told(await program.ask('POST', '/api/v1/nothing', { body: '{}' })), [404, 'not-found']);
    for (const path of ['/api/v1/nothing', '/api/', '/api/v2/requests', `${LIST}/`, `${LIST}/lower`])
        is(told(await program.get(path)), [404, 'not-found'], path);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await program.ask(method, LIST);
        is([...told(answer), answer.headers['content-type']], [405, 'method', 'application/problem+json'], method);
    }
    const head = await program.ask('HEAD', LIST);
    is([head.status, head.text], [200, '']);
});

test('problems speak the language that is asked for, else the account\'s', async () => {
    const title = async (language, shown_ = shown) => (await new Program(shown_, { language }).get(`${LIST}/NOTHING`)).json.title;
    is(await title('en'), 'There is no such resource.');
    is(await title('ja'), '該当するものはありません。');
    is(await title('de, en-GB;q=0.7, ja;q=0.5'), 'There is no such resource.');
    is(await title('fr'), '該当するものはありません。');
    is(await title(null, token(account({ language: 'en' }).login)), 'There is no such resource.');
    const answer = await new Program(shown, { language: 'en' }).get(`${LIST}/NOTHING`);
    is([answer.json.status, answer.headers['content-language'], answer.json.request_id], [404, 'en', answer.headers['x-request-id']]);
});

test('3.4, 3.5.1 headers as on every answer; a foreign site\'s page gets nowhere', async () => {
    const answer = await program.get(LIST, { headers: { Origin: 'https://evil.example' } });
    is(answer.status, 200);
    is(Object.keys(answer.headers).filter(name => name.startsWith('access-control')), [], '3.4.2: no page of another site can read it');
    for (const name of ['strict-transport-security', 'content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'])
        ok(answer.headers[name], name);
});

test('a byte order mark is skipped; null counts as left out; half a pair of surrogates is 422 and named', async () => {
    const [line] = free(1);
    const good = JSON.stringify(suspension([line.id], { fields: { reason: 'unused', note: null } }));
    await refused('\ufeff', [400, 'malformed']);
    await refused(`\ufeff\ufeff${good}`, [400, 'malformed']);
    for (const half of ['\\ud83c', '\\udf63', '\\udf63\\ud83c', '\\ud83cx'])
        is((await refused(good.replace('null', `"${half}"`), [422, 'values', '#'])).status, 422, half);
    await refused(good.replace(/"effective_date":"[^"]*"/, '"effective_date":null'), [422, 'values', '#/effective_date']);
    const made = await program.make(`\ufeff${good}`);
    is([made.status, made.json.fields.note], [201, '']);
});

await run();
