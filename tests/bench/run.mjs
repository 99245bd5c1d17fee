// run.mjs: the bench: runs the rows of rows/*.mjs against the stack that scripts/bench started, prints the table as it
// grows, and compares it with the figures of an earlier run. With SMOKE=1 it judges no time: that each row runs, that a
// page takes three statements at most, and a list reads five rows at most for each it shows (TAP).
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { look, person } from './lib/tools.mjs';

const STATEMENTS = 3, READS_A_ROW = 5;
const folder = new URL('rows/', import.meta.url);
const baseline = process.env.BASELINE;

// The rows of all files, in their order.
async function rows() {
    const all = [];
    for (const file of readdirSync(folder).filter(name => name.endsWith('.mjs')).sort())
        await import(new URL(file, folder)).then(one => all.push(...one.default.map(row => ({ ...row, file: basename(file, '.mjs'), end: one.end }))));
    return all;
}

// What a file's rows have made for one another goes after the last of them that was wanted.
async function runAndEnd(row, next) {
    try {
        return await row.run();
    } finally {
        if (next?.file !== row.file)
            await row.end?.();
    }
}

const wanted = process.argv.slice(2);
// A row is called by its name, the beginning of it, or its file: big-where-state, big-where, 30-big-list.
const isWanted = row => wanted.length === 0 || wanted.some(name => row.name === name || row.name.startsWith(`${name}-`) || row.file === name);

// ---- figures

const digits = number => (number === undefined || Number.isNaN(number) ? '' : number >= 1000 ? Math.round(number).toLocaleString('en')
    : number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(number < 1 ? 3 : 2));
const wish = ({ least, most } = {}) => (least !== undefined ? `≥ ${digits(least)}` : most !== undefined ? `≤ ${digits(most)}` : '');
const isReached = ({ least, most }, figure) => (least === undefined || figure >= least) && (most === undefined || figure <= most);

function readBaseline() {
    if (!baseline || !existsSync(baseline))
        return new Map();
    return new Map(readFileSync(baseline, 'utf8').split('\n').filter(line => line && !line.startsWith('#'))
        .map(line => line.split('\t')).map(([name, figure]) => [name, Number(figure)]));
}

// Rows that did not run keep what they had.
function writeBaseline(file, figures) {
    const head = '# The figures of the last kept run of scripts/bench: row, figure, unit, statements, rows read.\n';
    const kept = new Map(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => [line.split('\t')[0], line]) : []);
    for (const [name, line] of figures)
        kept.set(name, line);
    writeFileSync(file, head + [...kept.values()].map(line => `${line}\n`).join(''));
}

// ---- the table

const columns = [
    ['row', 20], ['what', 52], ['req/s', 8], ['p50 ms', 8], ['p99 ms', 8], ['CPU µs pools/nginx/db', 22], ['MB', 6], ['stmt', 5], ['read', 6],
    ['figure', 10], ['by CPU', 7], ['unit', 9], ['was', 10], ['wanted', 9], ['reached', 7],
];
const line = cells => console.log(cells.map((cell, i) => (i < 2 || i === 11 ? String(cell).padEnd(columns[i][1]) : String(cell).padStart(columns[i][1]))).join('  ').trimEnd());
const spent = cpu => (cpu ? ['pools', 'nginx', 'mariadbd'].map(name => digits(cpu[name])).join(' / ') : '');

function tell(row, told, was) {
    const judged = Object.keys(row.wanted).length > 0;
    line([row.name, row.what, digits(told.rate), digits(told.p50), digits(told.p99), spent(told.cpu), digits(told.memory), told.statements ?? '',
        told.reads ?? '', digits(told.figure), digits(told.byCpu), row.unit, digits(was), wish(row.wanted),
        judged ? (isReached(row.wanted, told.figure) ? 'yes' : 'NO') : '']);
    if (told.note)
        console.log(`${' '.repeat(22)}${told.note}`);
}

// ---- running

async function bench(all) {
    const was = readBaseline(), figures = new Map();
    let failed = 0;
    line(columns.map(([name]) => name));
    for (const [i, row] of all.entries()) {
        try {
            const told = await runAndEnd(row, all[i + 1]);
            tell(row, told, was.get(row.name));
            if (told.figure !== undefined)
                figures.set(row.name, [row.name, digits(told.figure).replaceAll(',', ''), row.unit, told.statements ?? '-', told.reads ?? '-'].join('\t'));
        } catch (error) {
            failed++;
            console.log(`${row.name}: ${error.message}`);
        }
    }
    if (process.env.KEEP_FIGURES)
        writeBaseline(process.env.KEEP_FIGURES, figures);
    return failed;
}

async function smoke(all) {
    let number = 0, failed = 0;
    for (const [i, row] of all.entries()) {
        const faults = [], began = Date.now();
        try {
            const { statements, reads, shown } = await runAndEnd(row, all[i + 1]);
            if (statements > (row.statements ?? STATEMENTS))
                faults.push(` got: ${statements} statements\nwant: at most ${row.statements ?? STATEMENTS}`);
            if (reads > READS_A_ROW * shown)
                faults.push(` got: ${reads} rows read for ${shown} shown\nwant: at most ${READS_A_ROW * shown}`);
        } catch (error) {
            faults.push(error.message);
        }
        failed += faults.length > 0;
        console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++number} - ${row.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
        if (faults.length > 0)
            console.log(`${faults.join('\n').replace(/^/gm, '# ')}\n#  alone: scripts/bench --smoke ${row.name}`);
    }
    console.log(`1..${number}`);
    return failed;
}

const all = (await rows()).filter(isWanted);
if (process.env.LIST) {
    for (const row of all)
        console.log(`${row.name.padEnd(24)}${row.what}${wish(row.wanted) && `: ${wish(row.wanted)} ${row.unit}`}`);
    process.exit(0);
}
if (all.length === 0) {
    console.log(`Bail out! no row is called ${wanted.join(' ')}`);
    process.exit(64);
}
if (process.env.SIZE) {
    console.log((await look(await person('LOAD_SMALL'), '/sims')).bytes);
    process.exit(0);
}
const failed = await (process.env.SMOKE ? smoke(all) : bench(all));
process.exit(failed > 0 ? 1 : 0);
