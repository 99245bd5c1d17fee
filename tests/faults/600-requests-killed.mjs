// 600-requests-killed: kill -9 at random, again and again, of pool processes, workers, gateways and the database while twenty
// people make requests and their lines are carried out. Afterwards everything that was acknowledged is there once, the
// carrier has done each line once and none is lost, numbers have no gap, no mail is missing, what is kept is what is counted.
// Issue 4, Faults; domain.md, Requests, Mails, Carrier gateway. SEED=… kills in the same order; LONG=1: for minutes, 10,000 lines.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { run, test, is, ok, expectLog, until } from '../http/lib/tap.mjs';
import { account, customerId, env, sql, sqlOne } from '../http/lib/env.mjs';
import { lives } from '../http/lib/process.mjs';
import { databasePid } from '../http/lib/database.mjs';
import { addWorker, endOwnWorker, killDatabase, killGateway, killPool, killWorker, killWorkers, overtakeWorker } from './lib/killer.mjs';
import { ask } from './lib/judge.mjs';
import { Requester } from './lib/requester.mjs';
import { session } from './lib/ways.mjs';
import { tokyoDate } from '../fixtures/dates.mjs';
import { freeLines } from '../fixtures/lines.mjs';

expectLog(/upstream prematurely closed connection|writev\(\) failed|Connection reset by peer\) while|Connection refused\) while connecting/, true);
expectLog(/"event":"(busy|uncertain|health|login-failed)"/, true);
// What a worker says of a database or a gateway that is gone.
expectLog(/"program":"simportal-worker".*"event":"(database-away|gateway-gone|slow-statement)"/, true);
expectLog(/"program":"simportal-worker".*"event":"job-failed".*(Lost connection|gone away|connect to)/, true);

const long = Boolean(process.env.LONG);
const seed = Number(process.env.SEED ?? Date.now() % 1e6);
console.log(`# SEED=${seed}`);
// Mulberry32: 0 to n - 1.
let state = seed;
function random(n) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
}

const main = customerId('main');
const clients = 20;
const own = 6; // lines of each client
const bulk = long ? 2000 : 400; // lines of the one who asks for many
const record = `${env.VAR}/carrier.record`;
const before = { item: Number(sqlOne('SELECT IFNULL(MAX(id), 0) FROM request_item')), request: Number(sqlOne('SELECT IFNULL(MAX(id), 0) FROM request')),
    record: existsSync(record) ? statSync(record).size : 0, recharge: Number(sqlOne('SELECT IFNULL(MAX(id), 0) FROM recharge')) };
const lines = freeLines(clients * own + bulk, { last: true });
const people = [];
for (let i = 0; i <= clients; i++) {
    const { id } = account({ role: 'administrator', email: `killed-${seed}-${i}@test.example` });
    const browser = await session(id, { customer: main });
    await browser.get('/password');
    people.push(new Requester(browser));
    people[i].account = id;
}
const made = () => people.flatMap(one => one.made);

// One after the other, each client: moves two of its lines to and fro, recharges, asks for a day ahead and takes it back.
async function client(person, mine, going) {
    const suspended = [false, false];
    while (going()) {
        const pair = random(2);
        const dice = random(10);
        const moved = mine.slice(pair * 2, pair * 2 + 2);
        if (dice < 6) {
            await person.request(suspended[pair] ? 'resume' : 'suspend', moved, () => (suspended[pair] ? { date: tokyoDate() } : { reason: 'other', date: tokyoDate() }));
            suspended[pair] = !suspended[pair];
        } else if (dice < 8) {
            await person.request('recharge', moved, () => ({ capacity: '1000000000', date: tokyoDate() }));
        } else {
            const number = await person.request('suspend', mine.slice(4), () => ({ reason: 'lost', date: tokyoDate(20) }));
            await person.cancel(number);
        }
    }
}

async function many(person, mine, going) {
    let before;
    for (let kind = 'suspend'; going() || person.made.length === 0; kind = kind === 'suspend' ? 'resume' : 'suspend') {
        const number = await person.upload(kind, mine.map(line => line.id), mine.map(line => line.phone), () => ({ date: tokyoDate(), ...(kind === 'suspend' ? { reason: 'unused' } : {}) }));
        // Two of them at most stand in line on the same SIMs.
        await until(async () => !going() || !before || (await ask({ send: () => person.browser.get(`/requests/${before}`) })).text.includes('class="s completed"'), `${before} is completed`, 180);
        before = number;
    }
}

// Each kind of kill so often, in an order that the seed gives; the database is on its way between two of them.
const kills = { pool: [killPool, 10], worker: [killWorker, 4], gateway: [killGateway, 5], workers: [killWorkers, 2], overtaken: [overtakeWorker, 2], database: [killDatabase, 2] };
function shuffled() {
    const all = Object.entries(kills).flatMap(([name, [, times]]) => Array(times).fill(name));
    for (let i = all.length - 1; i > 0; i--) {
        const j = random(i + 1);
        [all[i], all[j]] = [all[j], all[i]];
    }
    return all;
}

const killed = {};
async function killAll() {
    for (const name of shuffled()) {
        const so_far = made().length;
        const enough = 1 + random(9);
        await kills[name][0](random);
        killed[name] = (killed[name] ?? 0) + 1;
        await until(() => made().length >= so_far + enough, 'requests go on', 30);
    }
}

test('twenty people ask while everything is killed again and again: each of them is told a number in the end', async () => {
    const began = Date.now();
    let going = true;
    is(lines.length, clients * own + bulk, 'enough lines');
    addWorker('--delay-ms 300 --twice-rate 10 --again-rate 1');
    const all = people.map((person, i) => (i < clients ? client(person, lines.slice(i * own, (i + 1) * own).map(line => line.id), () => going)
        : many(person, lines.slice(clients * own), () => going)));
    // One that fails fails the test at once, not only when all are asked for.
    const broken = Promise.all(all);
    try {
        do
            await Promise.race([killAll(), broken]);
        while (long && (Date.now() - began < 180000 || made().reduce((sum, one) => sum + one.lines.length, 0) < 10000));
    } finally {
        going = false;
        await Promise.allSettled(all);
    }
    await broken;
    const told = {};
    for (const person of people)
        Object.entries(person.told).forEach(([kind, n]) => { told[kind] = (told[kind] ?? 0) + n; });
    console.log(`# ${((Date.now() - began) / 1000).toFixed(1)} s, killed: ${JSON.stringify(killed)}, answers: ${JSON.stringify(told)}, requests: ${made().length}`);
    ok(made().length > clients, `${made().length} requests`);
});

test('what is under way comes to its end', async () => {
    ok(lives(databasePid()), 'the database');
    await killWorkers();
    const open = () => Number(sqlOne(`SELECT COUNT(*) FROM request_item WHERE open = 1 AND id > ${before.item}`));
    const began = Date.now();
    // The people have gone: the worker would give way to them for two minutes more.
    sql('UPDATE session SET seen_at = seen_at - INTERVAL 3 MINUTE');
    await until(() => open() === 0, 'no line is open', long ? 180 : 60);
    await endOwnWorker();
    console.log(`# settled after ${((Date.now() - began) / 1000).toFixed(1)} s`);
});

test('every request that was acknowledged is there once, with its lines, and no other', () => {
    const rows = new Map(sql(`SELECT draft_id, number, items, UNIX_TIMESTAMP(CONVERT_TZ(received_at, '+00:00', @@session.time_zone)) * 1000 FROM request WHERE id > ${before.request} AND account_id IN (${people.map(one => one.account).join()})`)
        .map(([draft, ...rest]) => [Number(draft), rest]));
    is(rows.size, made().length, 'as many as acknowledged');
    is(made().filter(({ draft, number }) => rows.get(draft)?.[0] !== number), [], 'under the number that was told');
    is(made().filter(({ draft, lines: asked }) => Number(rows.get(draft)?.[1]) !== asked.length), [], 'with all lines');
    is(new Set(made().map(one => one.number)).size, made().length, 'each number told once');
    is(sql(`SELECT r.number FROM request r WHERE r.id > ${before.request} AND r.items <> (SELECT COUNT(*) FROM request_item i WHERE i.request_id = r.id)`), []);
    // "Nothing was saved" is true: what was made was made by an attempt that was told otherwise.
    const liars = made().filter(({ draft, attempts }) => attempts.some(({ kind, from, to }) => kind === 'busy' && Number(rows.get(draft)[2]) > from && Number(rows.get(draft)[2]) < to));
    is(liars.map(one => one.number), [], 'told that nothing was saved');
    const cancelled = people.flatMap(one => one.cancelled);
    is(cancelled.length > 0 && sql(`SELECT number FROM request WHERE status <> 'cancelled' AND number IN (${cancelled.map(one => `'${one}'`).join()})`), [], 'cancelled is cancelled');
});

test('the carrier has done each line once, in order, and none is lost', () => {
    const text = readFileSync(record).subarray(before.record).toString('utf8');
    const done = text.split('\n').slice(0, -1).map(row => row.split('\t'));
    ok(text.endsWith('\n'), 'whole lines');
    const ids = done.map(([id]) => id);
    const once = new Set();
    is(ids.filter(id => once.has(id) || !once.add(id)).slice(0, 5), [], 'twice at the carrier');
    const portal = sql(`SELECT CONCAT(i.id, '-', i.round), r.kind, l.phone FROM request_item i JOIN request r ON r.id = i.request_id JOIN line l ON l.id = i.line_id WHERE i.result = 'done' AND i.id > ${before.item} ORDER BY i.id`);
    const known = new Map(portal.map(([id, kind, phone]) => [id, `${kind} ${phone}`]));
    is(portal.filter(([id]) => !once.has(id)).slice(0, 5), [], 'done here, not at the carrier');
    is(done.filter(([id, operation, sim]) => known.get(id) !== `${operation} ${JSON.parse(sim).phone}`).slice(0, 5), [], 'done at the carrier, not here');
    is(sql(`SELECT result, COUNT(*) FROM request_item WHERE id > ${before.item} AND result NOT IN ('done', 'cancelled') GROUP BY result`), []);
    const last = new Map();
    const wrong = [];
    for (const [id, , sim] of done) {
        const item = Number(id.split('-')[0]);
        if (item < last.get(sim))
            wrong.push(id);
        last.set(sim, item);
    }
    is(wrong, [], 'the operations of one line, in the order of its requests');
    console.log(`# ${done.length} operations at the carrier`);
});

test('each line is as its last request left it; each move and each recharge stands there once', () => {
    is(sql(`SELECT l.id, l.state, r.kind FROM line l JOIN request_item i ON i.id = (SELECT MAX(x.id) FROM request_item x JOIN request y ON y.id = x.request_id WHERE x.line_id = l.id AND x.result = 'done' AND y.kind IN ('suspend', 'resume'))
        JOIN request r ON r.id = i.request_id WHERE i.id > ${before.item} AND l.state <> IF(r.kind = 'suspend', 'suspended', 'active')`), []);
    is(sql(`SELECT i.id, COUNT(e.id) FROM request_item i JOIN request r ON r.id = i.request_id LEFT JOIN line_event e ON e.line_id = i.line_id AND e.item_id = i.id
        WHERE i.id > ${before.item} AND i.result = 'done' AND r.kind IN ('suspend', 'resume') GROUP BY i.id HAVING COUNT(e.id) <> 1`), [], 'moves in the history');
    is(sql(`SELECT k.line_id, k.n, e.n FROM (SELECT i.line_id, COUNT(*) AS n FROM request_item i JOIN request r ON r.id = i.request_id WHERE i.id > ${before.item} AND i.result = 'done' AND r.kind = 'recharge' GROUP BY 1) k
        LEFT JOIN (SELECT line_id, COUNT(*) AS n FROM recharge WHERE id > ${before.recharge} GROUP BY 1) e ON e.line_id = k.line_id WHERE NOT k.n <=> e.n`), [], 'recharges');
});

test('no number is missing or doubled', () => {
    const drawn = new Map(sql('SELECT c.code, n.letters, n.year, n.last FROM request_counter n JOIN customer c ON c.id = n.customer_id')
        .map(([code, letters, year, last]) => [`${code}-${letters}${year.slice(-2)}`, Number(last)]));
    const numbers = new Map();
    // What ways.mjs lays down as if pages had made it has numbers of 99.
    for (const [number] of sql(`SELECT IFNULL(number, 'none') FROM request WHERE number IS NULL OR number NOT LIKE '%-RC99%'`)) {
        const [, head, count] = number.match(/^(.*-[A-Z]{2}\d\d)(\d{4,})$/) ?? [null, number, 0];
        numbers.set(head, [...(numbers.get(head) ?? []), Number(count)]);
    }
    for (const [head, all] of numbers)
        is(all.sort((a, b) => a - b), Array.from({ length: drawn.get(head) ?? 0 }, (_, i) => i + 1), head);
});

test('no mail is lost, and none is doubled', () => {
    const wrong = sql(`SELECT r.number, r.status, COUNT(m.id), COUNT(DISTINCT m.subject) FROM request r JOIN account a ON a.id = r.account_id
        LEFT JOIN mail m ON m.recipient = a.email AND m.subject LIKE CONCAT('%', r.number, '%') AND m.subject NOT REGEXP CONCAT(r.number, '[0-9]') WHERE r.id > ${before.request} AND a.id IN (${people.map(one => one.account).join()})
        GROUP BY r.id HAVING COUNT(m.id) <> 2 OR COUNT(DISTINCT m.subject) <> 2`);
    is(wrong.slice(0, 5), [], 'accepted and completed, or accepted and cancelled');
    is(sql(`SELECT r.number, e.kind, COUNT(*) FROM request r JOIN request_event e ON e.request_id = r.id WHERE r.id > ${before.request} GROUP BY r.id, e.kind HAVING COUNT(*) <> 1`), [], 'each step of a request once');
    is(sqlOne(`SELECT COUNT(*) FROM audit WHERE action = 'request-make' AND actor_kind = 'account' AND actor_id IN (${people.map(one => one.account).join()})`), String(made().length), 'each in the audit once');
});

test('what is kept is what is counted', () => {
    const statuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'];
    is(sql(`SELECT customer_id, ${statuses.join()} FROM customer_request_count ORDER BY 1`),
        sql(`SELECT customer_id, ${statuses.map(one => `SUM(status = '${one}')`).join()} FROM request GROUP BY 1 ORDER BY 1`), 'requests by status');
    is(sql(`SELECT r.number, r.status FROM request r JOIN request_item i ON i.request_id = r.id WHERE r.id > ${before.request} GROUP BY r.id
        HAVING SUM(i.open = 1) <> MAX(r.open_items) AND MAX(r.status) <> 'cancelled' OR SUM(i.result = 'done') <> MAX(r.done_items) OR SUM(i.result = 'failed') <> MAX(r.failed_items) OR SUM(i.result = 'left') <> MAX(r.left_items)
            OR MAX(r.status) NOT IN ('completed', 'cancelled')`), [], 'lines of each request');
    const states = ['inactive', 'active', 'suspended', 'reissuing', 'terminated', 'failed'];
    is(sql(`SELECT customer_id, ${states.map(one => `\`${one}\``).join()}, throttled FROM customer_count ORDER BY 1`),
        sql(`SELECT customer_id, ${states.map(one => `SUM(state = '${one}')`).join()}, SUM(throttled) FROM line GROUP BY 1 ORDER BY 1`), 'lines by state');
});

await run();
