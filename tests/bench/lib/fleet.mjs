// fleet.mjs: requests of the fleet of the bench, made and taken out again set-wise, some thousands of rows a transaction:
// those that fall due at midnight, and a million of which lists are made. All have numbers that begin with BENCH-.
import { columnsOf, insert, raw } from '../../fixtures/insert.mjs';
import { itemRows, requestCounts } from '../../fixtures/rows.mjs';
import { sql } from './tools.mjs';

const EACH = 20000, CUSTOMERS_A_TIME = 100;
const fleet = "code LIKE 'TC2000-%'";
const requester = "(SELECT id FROM account WHERE login_id = 'load-all')";

const range = (table, where) => sql(`SELECT MIN(id), MAX(id) FROM ${table} WHERE ${where}`)[0].map(Number);

// `text(from, to)` for stretches of ids, each in a transaction of its own.
function stretches([first, last], step, text) {
    for (let from = first; from > 0 && from <= last; from += step)
        sql(`START TRANSACTION; ${text(from, Math.min(last, from + step - 1))}; COMMIT`);
}

// What is kept beside the requests, counted anew.
function countAnew() {
    stretches(range('customer', fleet), 1000, (from, to) => `
        DELETE FROM customer_request_count WHERE customer_id BETWEEN ${from} AND ${to};
        ${requestCounts(`customer_id BETWEEN ${from} AND ${to}`)}`);
}

function countLines() {
    stretches(range('customer', fleet), CUSTOMERS_A_TIME, (from, to) => `
        UPDATE customer_count n
          JOIN (SELECT customer_id, SUM(state = 'active') AS active, SUM(state = 'suspended') AS suspended, SUM(state = 'failed') AS failed
                  FROM line WHERE customer_id BETWEEN ${from} AND ${to} GROUP BY customer_id) s ON s.customer_id = n.customer_id
           SET n.active = s.active, n.suspended = s.suspended, n.failed = s.failed`);
}

// Takes out what a run has made, also one that was broken off: lines are again what they were.
export function removeRequests() {
    const all = range('request', "number LIKE 'BENCH-%'");
    const items = all[0] ? range('request_item', `request_id BETWEEN ${all[0]} AND ${all[1]}`) : [0, 0];
    stretches(items, EACH, (from, to) => `
        UPDATE request_item i JOIN line l ON l.id = i.line_id SET l.state = i.from_state
         WHERE i.id BETWEEN ${from} AND ${to} AND i.request_id BETWEEN ${all.join(' AND ')} AND i.from_state IS NOT NULL;
        DELETE e FROM request_item i JOIN line_event e ON e.line_id = i.line_id AND e.item_id = i.id
         WHERE i.id BETWEEN ${from} AND ${to} AND i.request_id BETWEEN ${all.join(' AND ')};
        DELETE FROM request_item WHERE id BETWEEN ${from} AND ${to} AND request_id BETWEEN ${all.join(' AND ')}`);
    stretches(all, EACH, (from, to) => `
        DELETE e FROM request r JOIN request_event e ON e.request_id = r.id WHERE r.id BETWEEN ${from} AND ${to} AND r.number LIKE 'BENCH-%';
        DELETE FROM request WHERE id BETWEEN ${from} AND ${to} AND number LIKE 'BENCH-%'`);
    sql("DELETE FROM mail WHERE subject LIKE '%BENCH-%'");
    if (all[0]) {
        countAnew();
        countLines();
    }
}

// ---- due at midnight

const today = '(UTC_TIMESTAMP() + INTERVAL 9 HOUR)';
const midnight = `(DATE(${today}) - INTERVAL 9 HOUR)`;
const kinds = "(SELECT 'active' AS state, 'suspend' AS kind, '{\"reason\":\"unused\"}' AS fields UNION ALL SELECT 'suspended', 'resume', '{}')";

// A request for each customer's lines that are active and one for its suspended ones, due since midnight: how many
// lines these are. The items of a request stand together, as they do when a request is made. `share` of the customers.
export function scheduleAll(share = 1) {
    const [first, last] = range('customer', fleet);
    stretches([first, first + Math.ceil((last - first + 1) * share) - 1], CUSTOMERS_A_TIME, (from, to) => `
        ${insert('request', { ...columnsOf('k', ['kind', 'fields']), customer_id: raw('l.customer_id'), number: raw("CONCAT('BENCH-', l.customer_id, '-', k.kind)"), account_id: raw(requester), account_name: 'Load',
        received_at: raw(`${midnight} - INTERVAL 1 DAY`), received_on: raw(`DATE(${today}) - INTERVAL 1 DAY`), effective_on: raw(`DATE(${today})`), effective_at: raw(midnight), items: raw('COUNT(*)'), open_items: raw('COUNT(*)') },
    { from: `line l JOIN ${kinds} k ON k.state = l.state WHERE l.customer_id BETWEEN ${from} AND ${to} GROUP BY l.customer_id, k.kind` })};
        ${itemRows(`request r JOIN ${kinds} k ON k.kind = r.kind JOIN line l ON l.customer_id = r.customer_id AND l.state = k.state
         WHERE r.customer_id BETWEEN ${from} AND ${to} AND r.number LIKE 'BENCH-%' ORDER BY r.id, l.id`)}`);
    countAnew();
    warm();
    return Number(sql("SELECT IFNULL(SUM(items), 0) FROM request WHERE number LIKE 'BENCH-%'")[0][0]);
}

// Asked again and again while the worker works, so it looks at one row.
export const isThrough = () => sql("SELECT 1 FROM request WHERE number LIKE 'BENCH-%' AND open_items > 0 ORDER BY id DESC LIMIT 1").length === 0;
// The nth that a worker comes to, and whether it has: one row, so that asking is no part of what is measured.
export const nthDue = n => sql(`SELECT id FROM request_item FORCE INDEX (request_item_due) WHERE open = 1 ORDER BY open, due_at, id LIMIT 1 OFFSET ${n - 1}`)[0][0];
export const isClaimed = item => sql(`SELECT result FROM request_item WHERE id = ${item}`)[0][0] === 'running';
export const claimed = () => Number(sql("SELECT COUNT(*) FROM request r JOIN request_item i ON i.request_id = r.id WHERE r.number LIKE 'BENCH-%' AND i.result = 'running'")[0][0]);
export const lastFinished = () => Number(sql("SELECT UNIX_TIMESTAMP(MAX(i.finished_at)) FROM request r JOIN request_item i ON i.request_id = r.id WHERE r.number LIKE 'BENCH-%'")[0][0]) * 1000;

// Every line whose operation is through is in the state that was asked for, and is counted there.
export function faultsAfter() {
    const [open, notDone, wrongState, events, counts] = sql(`SELECT SUM(i.open = 1), SUM(i.result <> 'done'), SUM(l.state <> IF(r.kind = 'suspend', 'suspended', 'active')),
            COUNT(*) - (SELECT COUNT(*) FROM request x JOIN request_item y ON y.request_id = x.id JOIN line_event e ON e.line_id = y.line_id AND e.item_id = y.id WHERE x.number LIKE 'BENCH-%'),
            (SELECT COUNT(*) FROM request x JOIN customer_request_count n ON n.customer_id = x.customer_id WHERE x.number LIKE 'BENCH-%' AND (n.pending > 0 OR n.processing > 0 OR n.completed = 0))
          FROM request r JOIN request_item i ON i.request_id = r.id JOIN line l ON l.id = i.line_id WHERE r.number LIKE 'BENCH-%'`)[0].map(Number);
    const wrongCounts = Number(sql(`SELECT COUNT(*) FROM customer_count n JOIN (SELECT l.customer_id, SUM(l.state = 'active') AS active, SUM(l.state = 'suspended') AS suspended
          FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.${fleet} GROUP BY l.customer_id) s ON s.customer_id = n.customer_id WHERE n.active <> s.active OR n.suspended <> s.suspended`)[0][0]);
    return Object.entries({ open, notDone, wrongState, events, counts, wrongCounts }).filter(([, n]) => n !== 0).map(([name, n]) => `${name}: ${n}`);
}

// ---- requests of all times and statuses

// One for each line of the fleet, so that customers have as many requests as lines. Those that are pending are for a
// day to come; nobody carries them out meanwhile.
export function makeRequests() {
    const far = raw(`DATE(${today}) + INTERVAL 60 DAY`);
    stretches(range('line', "serial LIKE 'GG92%'"), EACH, (from, to) => `
        ${insert('request', { ...columnsOf('k', ['customer_id', 'status', 'service_id']), number: raw("CONCAT('BENCH-CS', k.id)"), account_id: raw(requester), account_name: 'Load', fields: '{"reason":"unused"}', received_at: raw('k.at'), received_on: raw('DATE(k.at)'),
        effective_on: far, effective_at: far, executed_on: raw("IF(k.status IN ('completed', 'failed'), DATE(k.at), NULL)"), open_items: raw("k.status = 'pending'"), done_items: raw("k.status = 'completed'"), failed_items: raw("k.status = 'failed'") },
    { from: `(SELECT l.id, l.customer_id, l.service_id, UTC_TIMESTAMP(6) - INTERVAL CRC32(l.id) % 700 DAY AS at,
                       ELT(1 + CRC32(l.id) % 20, 'completed', 'completed', 'completed', 'completed', 'completed', 'failed', 'cancelled', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending') AS status
                  FROM line l WHERE l.id BETWEEN ${from} AND ${to}) k ORDER BY k.id` })};
        ${itemRows(`line l JOIN request r ON r.number = CONCAT('BENCH-CS', l.id) WHERE l.id BETWEEN ${from} AND ${to} ORDER BY r.id`, { result: raw("ELT(FIELD(r.status, 'pending', 'completed', 'failed', 'cancelled'), 'pending', 'done', 'failed', 'cancelled')") })};
        ${insert('request_event', { request_id: raw('r.id'), at: raw('r.received_at') }, { from: `line l JOIN request r ON r.number = CONCAT('BENCH-CS', l.id) WHERE l.id BETWEEN ${from} AND ${to}` })}`);
    countAnew();
    warm();
}

function warm() {
    sql(['request', 'request_item', 'request_event', 'customer_request_count'].map(table => `ANALYZE TABLE ${table}; SELECT COUNT(*) FROM ${table} FORCE INDEX (PRIMARY)`).join(';'));
}

