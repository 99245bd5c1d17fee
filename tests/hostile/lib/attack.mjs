// attack.mjs: who attacks, what with, and how cases become tests: each case is a request, sent and judged (judge.mjs); a
// fault prints its bytes and the command that sends it alone. After each file the database is as it was.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test, ok, is, run, until, expectLog, logMark } from '../../http/lib/tap.mjs';
import { account, customerId, env, quote, random, sql, sqlOne } from '../../http/lib/env.mjs';
import { Program, token } from '../../http/lib/api.mjs';
import { address, signedIn } from '../../http/lib/client.mjs';
import { csrfOf } from '../../http/lib/html.mjs';
import { tokyoDate } from '../../fixtures/dates.mjs';
import { freeId } from '../../fixtures/lines.mjs';
import { beginDraft, enterDraft } from '../../fixtures/walk.mjs';
import { Line, exchange } from './wire.mjs';
import { judge } from './judge.mjs';

// ---- the table of routes

const listed = spawnSync(process.env.ROUTES ?? `${env.BIN_DIR}/../../tests/hostile/routes`, { encoding: 'utf8' });
if (listed.status !== 0) {
    console.log(`Bail out! no table of routes: ${listed.error ?? listed.stderr}`);
    process.exit(1);
}
export const routes = JSON.parse(listed.stdout).map(route => ({ ...route, name: `${route.method} ${route.pattern}` }));
export const patterns = [...new Set(routes.map(route => route.pattern))];

// ---- who attacks, and the one SIM they may write on: an eSIM, so that each of its pages answers

// Whatever an attacker owns is made before the tests run: rows of others may not change.
export const newcomer = account({ name: 'Attacker' });
const who = account({ role: 'administrator', customers: ['main', 'other'], name: 'Attacker' });
export const attacker = await signedIn(who);
const main = customerId('main');
export const target = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
await attacker.post('/customer', { customer_id: main });
// To the API they come with a token that is good, so that what stands behind it is reached.
const issued = token(who.login);
export const bearer = `Bearer ${issued.text}`;
export const host = `localhost:${new URL(env.BASE_URL).port}`;

// A draft that is filled in, and a request that waits: made again once an attack has used them up, so that what stands
// behind their addresses is reached and not only "not found".
const stock = { draft: '', request: '' };
const recharged = freeId();
const capacity = 1000000000;
const day = tokyoDate(20, '-');

async function renewDraft() {
    if (stock.draft !== '' && (await attacker.get(`/drafts/${stock.draft}/confirm`)).status === 200)
        return;
    stock.draft = await beginDraft(attacker, 'recharge', [recharged]);
    await enterDraft(attacker, stock.draft, { capacity, date: day });
}

async function renewRequest() {
    if (stock.request !== '' && (await attacker.get(`/requests/${stock.request}/cancel`)).status === 200)
        return;
    const made = await new Program(issued).make({ kind: 'recharge', effective_date: day, fields: { capacity }, lines: [Number(recharged)] });
    stock.request = made.json.number;
}

// The path of a pattern; a kind of placeholder that is new here is tried as a number.
const places = [[/^\/drafts\//, () => stock.draft], [/\{number\}/, () => stock.request], [/./, () => target]];
const placed = pattern => places.find(([kind]) => kind.test(pattern))[1]();
export const pathOf = (pattern, id = placed(pattern)) => pattern.replace(/\{\w+\}/g, id);

// A value that the field would take, as far as its table tells.
export const filler = field => field.choices[0] ?? (field.kind === 'number' ? String(Math.max(1, field.least)) : 'a');

// ---- requests

// Bytes of one request; headers as [name, value] in latin1; `body` adds its length unless `headers` has one.
export function request(method, target_, { headers = [], body, cookie = attacker.cookie(), hostName = host, close = true } = {}) {
    const named = name => headers.some(([one]) => one.toLowerCase() === name);
    const lines = [...(named('host') ? [] : [['Host', hostName]]), ...(cookie && !named('cookie') ? [['Cookie', cookie]] : []), ...headers];
    if (target_.startsWith('/api/') && !named('authorization'))
        lines.push(['Authorization', bearer]);
    if (target_.startsWith('/api/') && body !== undefined && !named('idempotency-key'))
        lines.push(['Idempotency-Key', random()]);
    if (body !== undefined && !named('content-type'))
        lines.push(['Content-Type', 'application/x-www-form-urlencoded']);
    if (body !== undefined && !named('content-length') && !named('transfer-encoding'))
        lines.push(['Content-Length', Buffer.byteLength(body, 'latin1')]);
    if (close && !named('connection'))
        lines.push(['Connection', 'close']);
    return Buffer.from(`${method} ${target_} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body ?? ''}`, 'latin1');
}

// ---- cases

const only = process.env.CASE;
let total = 0;
let broken = 0;

const shown = bytes => {
    const text = JSON.stringify(bytes.toString('latin1')).replace(/[\x7f-\xff]/g, c => `\\x${c.charCodeAt(0).toString(16)}`);
    return text.length < 1500 || process.env.SHOW ? text : `${text.slice(0, 1500)}… (${bytes.length} bytes, all of them with SHOW=1)`;
};

function report(group, one, faults) {
    const file = basename(process.argv[1], '.mjs');
    broken += 1;
    ok(false, `${one.name}\n${[...new Set(faults)].join('\n')}\nsent: ${shown(one.bytes)}\nalone: CASE=${quote(one.name)} tests/hostile/run ${file} ${quote(group)}`);
}

// A case: name, bytes (or `make`, which gives them when its turn comes); `status` (numbers that are right, where only those are), `answers` (how many are allowed, 1),
// `told` (called once it is sent: share.mjs), `silent` (the server may say nothing), `method` (of the request, HEAD has no body), `patience`.
async function alone(one) {
    const { answers, rest, broken: frame, ms } = await exchange(one.bytes, { from: one.from, methods: one.methods ?? [one.method ?? 'GET'], patience: one.patience, count: one.count });
    const last = answers.filter(answer => answer.status >= 200);
    const faults = answers.flatMap(judge);
    if (frame)
        faults.push(`not framed: ${frame.message}`);
    if (rest !== '')
        faults.push(`bytes that are no answer: ${JSON.stringify(rest.slice(0, 200))}`);
    if (last.length === 0 && !one.silent)
        faults.push(`no answer (${ms.toFixed(0)} ms)`);
    if (last.length > (one.answers ?? 1))
        faults.push(`${last.length} answers: ${last.map(answer => answer.status)}`);
    if (one.status && last.length > 0 && !one.status.includes(last[0].status))
        faults.push(`${last[0].status}, not ${one.status}`);
    return faults;
}

async function kept(line, one) {
    try {
        const answer = await line.ask(one.bytes, one.method);
        const faults = judge(answer);
        if (one.status && !one.status.includes(answer.status))
            faults.push(`${answer.status}, not ${one.status}`);
        return faults;
    } catch (error) {
        return [error.message];
    }
}

// The cases as one test: a list, or a function that is given a good token, when what they are about is as it should be.
// `keep`: on connections that are kept (only requests whose end is certain).
export function attack(group, cases, { keep = false, parallel = 12 } = {}) {
    test(group, async () => {
        const queue = typeof cases === 'function' ? await cases(await fresh()) : cases;
        const twice = queue.map(one => one.name).filter((name, index, all) => all.indexOf(name) !== index);
        is(twice.slice(0, 3), [], 'each case has a name of its own');
        const chosen = queue.filter(one => only === undefined || one.name === only);
        const work = chosen.values();
        total += chosen.length;
        await Promise.all(Array.from({ length: Math.min(parallel, chosen.length) }, async () => {
            const line = keep ? new Line(address()) : null;
            for (const one of work) {
                one.bytes ??= await one.make();
                if (process.env.SHOW)
                    console.log(`# ${one.name}: ${shown(one.bytes)}`);
                const faults = keep ? await kept(line, one) : await alone(one);
                one.told?.();
                if (faults.length > 0 && broken < 25)
                    report(group, one, faults);
                else if (faults.length > 0)
                    ok(false, `${one.name}: ${faults[0].slice(0, 150)}`);
            }
            line?.close();
        }));
        console.log(`#  ${chosen.length} requests`);
    });
}

// ---- the database: what attackers may leave behind, and nothing else

const own = () => sql(`SELECT id FROM account WHERE name = 'Attacker' OR login_id LIKE 'model-%'`).map(([id]) => id).join();
const of = table => `SELECT id FROM ${table} WHERE account_id IN (OWN)`;
// Rows that attacks may add or change; all rows of all other tables must stay. A table that new pages write gets a row
// here, with the condition of the rows that stay.
const may = {
    session: 'FALSE', audit: 'FALSE', audit_head: 'FALSE', login_failure: 'FALSE', mail: 'FALSE',
    account: 'id NOT IN (OWN)', account_token: 'account_id NOT IN (OWN)', account_password: 'account_id NOT IN (OWN)', account_address: 'account_id NOT IN (OWN)',
    line: `id <> ${target}`, line_event: `line_id <> ${target}`,
    draft: 'account_id NOT IN (OWN)', draft_line: `draft_id NOT IN (${of('draft')})`, draft_row: `draft_id NOT IN (${of('draft')})`,
    request: 'account_id NOT IN (OWN)', request_item: `request_id NOT IN (${of('request')})`, request_event: `request_id NOT IN (${of('request')})`,
    request_counter: `customer_id <> ${main}`, customer_request_count: `customer_id <> ${main}`,
};
// Of the rows above, what stays all the same.
const also = [
    `SELECT GROUP_CONCAT(id, login_id, home_customer_id, customers, password_hash, IFNULL(disabled_at, '') ORDER BY id) FROM account WHERE id IN (OWN)`,
    `SELECT CONCAT_WS('|', customer_id, project_id, phone, serial, kind, size, state, throttled, plan_id, option_set_id) FROM line WHERE id = ${target}`,
    `SELECT COUNT(*) FROM request WHERE account_id IN (OWN) AND (kind <> 'recharge' OR customer_id <> ${main} OR effective_on <> '${day}')`,
];

function snapshot() {
    const ids = own();
    const tables = sql(`SELECT table_name, GROUP_CONCAT('IFNULL(HEX(\`', column_name, '\`), ''-'')' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = DATABASE() GROUP BY table_name ORDER BY table_name`);
    const sums = tables.map(([name, columns]) => `SELECT '${name}', COUNT(*), IFNULL(SUM(CRC32(CONCAT_WS('|', ${columns}))), 0) FROM \`${name}\` WHERE ${(may[name] ?? 'TRUE').replace('OWN', ids)}`);
    return [...sql(`SET group_concat_max_len = 1 << 24; ${sums.join(' UNION ALL ')}`), ...also.map(text => sql(`SET group_concat_max_len = 1 << 24; ${text.replace('OWN', ids)}`)[0])];
}

// ---- the end of each file

// Attacks are refused, and the logs say so.
expectLog(/"event":"(?:refused|login-failed|unreadable|malformed)"/, true);
expectLog(/"level":"warning".*"event":"(?:busy|limit|forbidden)"/, true);
expectLog(/client (?:sent|intended)|header already sent|invalid (?:URI|host)|upstream prematurely|http2|PRI|SSL_/i, true);

// 16.4.1: each line of the logs is one object and UTF-8, whatever was sent.
const strict = new TextDecoder('utf-8', { fatal: true });
const supervisor = /^(?:Child|Spawning child)\[\d+\]/; // multiwatch
const logs = ['nginx-access.log', 'pools.log'].map(name => ({ name, from: logMark(name) }));
function checkLines() {
    for (const { name, from } of logs) {
        const bytes = readFileSync(`${env.LOG_DIR}/${name}`).subarray(from);
        let at = 0, bad = 0;
        for (let end = bytes.indexOf(10); end >= 0; at = end + 1, end = bytes.indexOf(10, at)) {
            const line = bytes.subarray(at, end);
            try {
                JSON.parse(strict.decode(line));
            } catch {
                const text = line.toString('latin1');
                if (!supervisor.test(text) && ++bad < 9)
                    ok(false, `${name}: ${text.slice(0, 300)}`);
            }
        }
    }
}

export async function finish() {
    test('16.4.1 each line of the logs is one JSON object in UTF-8', checkLines);
    const before = snapshot();
    test('the database holds what it held, but for what attackers may leave behind', () => {
        const after = snapshot();
        for (const [index, row] of before.entries())
            is(after[index], row, String(row[0]).slice(0, 60));
        is(after.length, before.length);
    });
    test('the service is well: the attacker and a stranger are served at once', async () => {
        await until(async () => (await attacker.get('/healthz')).status === 200, 'it is healthy');
        const again = await signedIn(who);
        for (const path of ['/', '/sims', `/sims/${target}`])
            is((await again.get(path)).status, 200, path);
        is((await again.get('/sims.csv')).status, 200);
        console.log(`#  ${total} requests in all, ${broken} with faults`);
    });
    await run();
}

// The token of the attacker, whose draft and request are there; pages that end its session (a logout that works) cost it nothing but a new one.
export async function fresh() {
    if ((await attacker.get('/')).status !== 200) {
        attacker.cookies.clear();
        await attacker.login(who);
        await attacker.post('/customer', { customer_id: main });
    }
    await renewDraft();
    await renewRequest();
    return csrfOf((await attacker.get('/')).text);
}
