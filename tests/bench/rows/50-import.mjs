// 50-import: how fast `simportalctl line import` takes a file in: lines of customers of their own, taken out again afterwards,
// so that the other rows find what they found.
import { createWriteStream, rmSync } from 'node:fs';
import { once } from 'node:events';
import { insert, raw } from '../../fixtures/insert.mjs';
import { env, parts, say, settings, sql } from '../lib/tools.mjs';

const LINES = settings.smoke ? 2000 : Math.max(20000, settings.lines / 5);
const EACH = 100; // lines of a customer
const code = i => `TC3000-${String(i).padStart(5, '0')}`;

// An ICCID: 18 digits and the one that checks them (Luhn); padded where zeros at its end would look rounded.
const iccid = digits => `${digits}${(10 - [...digits].reduce((sum, digit, at) => sum + (at % 2 ? digit * 2 - (digit > 4 ? 9 : 0) : Number(digit)), 0) % 10) % 10}`;

// A file such as an operator would have, and the customers in it.
async function begin(path) {
    const customers = Math.ceil(LINES / EACH);
    const [service, plan] = sql("SELECT s.code, p.code FROM plan p JOIN service s ON s.id = p.service_id WHERE p.code = 'g1'")[0];
    const mine = "customer WHERE code LIKE 'TC3000-%'", id = raw('id');
    sql(`${insert('customer', { code: raw("CONCAT('TC3000-', LPAD(seq, 5, '0'))"), name: 'Import' }, { from: `seq_0_to_${customers - 1}` })};
        ${insert('customer_count', { customer_id: id }, { from: mine })};
        ${insert('project', { customer_id: id, name: 'Import' }, { from: mine })}`);
    const out = createWriteStream(path);
    for (let i = 0; i < LINES; i++) {
        const n = String(i).padStart(8, '0');
        if (!out.write(`${code(Math.floor(i / EACH))},Import,090${n},GH30${n}0,${iccid(`8981000${n}000`)}F,card,nano,${service},${plan},active,2026-04-01\n`))
            await once(out, 'drain');
    }
    out.end();
    await once(out, 'close');
}

// In pieces: nobody holds a million rows in one transaction.
function end() {
    const range = sql("SELECT MIN(l.id), MAX(l.id) FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code LIKE 'TC3000-%'")[0].map(Number);
    const mine = "customer_id IN (SELECT id FROM customer WHERE code LIKE 'TC3000-%')";
    for (let from = range[0]; range[0] && from <= range[1]; from += 20000) {
        const lines = `SELECT id FROM line WHERE id BETWEEN ${from} AND ${from + 19999} AND ${mine}`;
        sql([...['card', 'line_plan', 'line_project', 'line_event', 'line_month'].map(table => `DELETE FROM ${table} WHERE line_id IN (${lines})`),
            `DELETE FROM line WHERE id BETWEEN ${from} AND ${from + 19999} AND ${mine}`].join(';'));
    }
    sql(`${['import_part', 'customer_count', 'customer_month', 'project'].map(table => `DELETE FROM ${table} WHERE ${mine}`).join(';')}; DELETE FROM customer WHERE code LIKE 'TC3000-%'`);
}

export default [
    {
        name: 'import', what: `line import, ${LINES.toLocaleString('en')} lines of ${Math.ceil(LINES / EACH).toLocaleString('en')} customers`, unit: 'lines/s', wanted: settings.smoke ? {} : { least: 20000 },
        async run() {
            const path = `${env.VAR}/import.csv`;
            end(); // what a run that was broken off has left
            await begin(path);
            try {
                const begun = parts.cpu(), started = performance.now();
                await say(env.CTL, ['line', 'import', path]);
                const seconds = (performance.now() - started) / 1000, used = parts.since(begun);
                const there = Number(sql("SELECT COUNT(*) FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code LIKE 'TC3000-%'")[0][0]);
                if (there !== LINES)
                    throw new Error(`${there} lines are there, not ${LINES}`);
                return { figure: LINES / seconds, cpu: Object.fromEntries(Object.entries(used).map(([part, us]) => [part, us / LINES])) };
            } finally {
                rmSync(path, { force: true });
                end();
            }
        },
    },
];
