// tap.mjs: one file of tests: runs them in order, prints TAP with got and want and the command that runs one alone,
// and fails a file whose requests left a warning in a log that no test had announced with expectLog.
import { readSync, openSync, closeSync, existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inspect } from 'node:util';
import { env } from './env.mjs';

const file = basename(process.argv[1], '.mjs');
const runner = `tests/${basename(dirname(process.argv[1]))}/run`;
const tests = [];
const wanted = process.env.TEST ?? '';
let faults = [];

// What a quiet machine does in a second may take this one several (scripts/lib/stages.sh); all patience is stretched by that.
export const slowness = Number(process.env.SLOWNESS ?? 10) / 10;

// `long`: it takes long, and runs with LONG=1 alone.
// `alone`: it measures time, and runs where nothing runs beside it: ALONE=only takes these alone, ALONE=no all others.
export const test = (name, run, options = {}) => tests.push({ name, run, ...options });
export const long = Boolean(process.env.LONG);
const inThisStage = { only: one => one.alone, no: one => !one.alone }[process.env.ALONE] ?? (() => true);
const inThisRun = one => inThisStage(one) && (long || !one.long);

// ---- assertions: each notes what it found; the test goes on, so that one run tells everything

const show = value => inspect(value, { depth: 5, breakLength: 110, maxStringLength: 600 });
const fault = (what, got, want) => {
    const at = new Error().stack.split('\n').find(line => line.includes(`${file}.mjs`))?.match(/:(\d+):\d+/)?.[1];
    faults.push(`${what ?? ''} (line ${at ?? '?'})\n got: ${show(got)}\nwant: ${typeof want === 'string' && want.startsWith('§') ? want.slice(1) : show(want)}`);
    return false;
};

export const ok = (value, what) => Boolean(value) || fault(what, value, '§something true');
export const is = (got, want, what) => show(got) === show(want) || fault(what, got, want);
export const like = (got, want, what) => want.test(String(got)) || fault(what, got, want);
export const unlike = (got, not, what) => !not.test(String(got)) || fault(what, String(got).match(not)[0], `§nothing like ${not}`);
export const has = (got, part, what) => String(got).includes(part) || fault(what, got, `§something that holds ${show(part)}`);
export const hasNot = (got, part, what) => !String(got).includes(part) || fault(what, got, `§something without ${show(part)}`);
export const below = (got, limit, what) => got < limit || fault(what, got, `§less than ${limit}`);

// ---- waiting: asked again until it holds, never a fixed time

export const tick = milliseconds => new Promise(done => setTimeout(done, milliseconds));
export async function until(condition, what, seconds = 10) {
    const end = Date.now() + seconds * slowness * 1000;
    for (;;) {
        const value = await condition();
        if (value)
            return value;
        if (Date.now() > end)
            throw new Error(`not within ${seconds * slowness} s: ${what}`);
        await tick(25);
    }
}

// ---- logs

const logs = {};
for (const name of ['pools.log', 'nginx-error.log', 'worker.log', 'nginx-access.log']) {
    const path = `${env.LOG_DIR}/${name}`;
    logs[name] = { path, from: existsSync(path) ? statSync(path).size : 0 };
}
const announced = [];
// What multiwatch says of each process that ends, for whatever reason.
const supervisor = /^(Child\[\d+\] died, respawn|Spawning child\[\d+\] failed, next try)$/;

// Warnings or errors that tests of this file bring about. They must come, unless `maybe`.
let killed = 0;
// Processes of the pools that a test kills; any other that is gone without its last words has crashed.
export const expectKilled = count => { killed += count; };
export const expectLog = (pattern, maybe = false) => announced.push({ pattern, maybe, seen: false });

function read(log, from) {
    if (!existsSync(log.path))
        return '';
    const size = statSync(log.path).size;
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const handle = openSync(log.path, 'r');
    readSync(handle, bytes, 0, bytes.length, from);
    closeSync(handle);
    return bytes.toString('utf8');
}

// What a log holds since this file began, or since `mark`.
export const logText = (name, mark = logs[name].from) => read(logs[name], mark);
export const logMark = name => (existsSync(logs[name].path) ? statSync(logs[name].path).size : 0);
export const logLines = (name, mark) => logText(name, mark).split('\n').filter(line => line !== '' && !supervisor.test(line)).map(line => {
    try {
        return JSON.parse(line);
    } catch {
        return { level: 'error', raw: line };
    }
});

// The fewest statements that a page takes: a process that is asked for the first time also reads what it then keeps.
export async function fewestStatements(browser, path, times = 6) {
    const mark = logMark('pools.log'), ids = [];
    for (let i = 0; i < times; i++)
        ids.push((await browser.get(path)).headers['x-request-id']);
    return until(() => {
        const known = logLines('pools.log', mark).filter(one => one.event === 'request' && ids.includes(one.request));
        return known.length === times && Math.min(...known.map(one => one.statements));
    }, 'all are logged');
}

async function quietLogs() {
    let before = -1;
    await until(() => {
        const size = logMark('pools.log') + logMark('nginx-error.log');
        const quiet = size === before;
        before = size;
        return quiet;
    }, 'the logs come to rest');
}

async function checkLogs() {
    await quietLogs();
    const bad = [];
    for (const name of ['pools.log', 'nginx-error.log', 'worker.log']) {
        for (const line of logText(name).split('\n')) {
            if (line === '' || supervisor.test(line) || /"level":"(?:info|debug)"/.test(line) || /\[(?:notice|info)\]/.test(line))
                continue;
            const known = announced.filter(one => one.pattern.test(line));
            known.forEach(one => { one.seen = true; });
            if (known.length === 0)
                bad.push(`${name}: ${line.slice(0, 400)}`);
        }
    }
    if (bad.length > 0)
        fault('the logs hold what no test announced', bad.slice(0, 8), '§nothing');
    const gone = logText('pools.log').split('\n').filter(line => supervisor.test(line)).length;
    const ended = logText('pools.log').match(/"event":"end"/g)?.length ?? 0;
    if (gone - ended > killed)
        fault('processes of the pools that crashed', gone - ended, killed);
    const missing = announced.filter(one => !one.seen && !one.maybe).map(one => String(one.pattern));
    if (missing.length > 0 && chosen().length === tests.length)
        fault('announced, but not in the logs', missing, []);
}

// ---- running

async function runOne(number, { name, run, skip }) {
    const began = Date.now();
    faults = [];
    if (skip) {
        console.log(`ok ${number} - ${file}: ${name} # SKIP ${skip}`);
        return true;
    }
    try {
        await run();
    } catch (error) {
        faults.push(`stopped by ${error.stack}`);
    }
    const took = Date.now() - began;
    console.log(`${faults.length > 0 ? 'not ' : ''}ok ${number} - ${file}: ${name}${took > 2000 ? ` (${(took / 1000).toFixed(1)} s)` : ''}`);
    for (const text of faults)
        console.log(text.replace(/^/gm, '#  '));
    if (faults.length > 0)
        console.log(`#  alone: ${runner} ${file}${name.includes("'") ? '' : ` '${name}'`}`);
    return faults.length === 0;
}

const chosen = () => tests.filter(one => one.name.includes(wanted) && inThisRun(one));

export async function run() {
    const these = chosen();
    let good = true;
    for (const [index, one] of these.entries())
        good = (await runOne(index + 1, one)) && good;
    if (these.length > 0)
        good = (await runOne(these.length + 1, { name: 'the logs hold no warning that no test announced (style.md)', run: checkLogs })) && good;
    console.log(`1..${these.length > 0 ? these.length + 1 : 0}`);
    process.exit(good ? 0 : 1);
}
