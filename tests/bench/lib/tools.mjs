// tools.mjs: what a row of the bench measures with: logged-in people, loads by wrk, what one page costs the database.
import { mkdtempSync, openSync, readSync, closeSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { env, sql } from '../../http/lib/env.mjs';
import { Browser, demo } from '../../http/lib/client.mjs';
import * as parts from './parts.mjs';

export { env, sql, parts };
export const settings = {
    lines: Number(process.env.LINES), smoke: Boolean(process.env.SMOKE),
    rounds: Number(process.env.ROUNDS), seconds: Number(process.env.PERIOD),
};
export const big = Math.floor(settings.lines / 10); // lines of the first customer

export const median = all => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
export const tick = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// ---- people; each logs in once

const known = new Map();
export async function person(who) {
    if (who && !known.has(who)) {
        const browser = await new Browser({ from: '127.0.0.1' }).login(demo(who));
        if (who === 'LOAD_ALL' || who === 'LOAD_FEW') // begin with their home customer
            await browser.post('/customer', { customer_id: '0', back: '/' });
        known.set(who, browser);
    }
    return who ? known.get(who) : new Browser({ from: '127.0.0.1' });
}

// ---- loads

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const script = fileURLToPath(new URL('wrk.lua', import.meta.url));

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
        running.forEach(child => child.kill());
        process.exit(130);
    });

// Runs a program to its end: what it said, or an Error with what it complained of.
export function say(program, args, options = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
        let out = '', err = '';
        running.add(child);
        child.stdout.on('data', piece => (out += piece));
        child.stderr.on('data', piece => (err += piece));
        child.on('error', reject);
        child.on('close', code => {
            running.delete(child);
            return code === 0 ? resolve({ out, err }) : reject(new Error(`${program} ended with ${code}: ${err || out}`));
        });
    });
}

// One thread of wrk over kept TLS 1.3 connections, which asks for no compression. Rate in requests a second,
// latencies in milliseconds, CPU in microseconds a request.
export async function load({ paths, cookie = '', connections = 16, seconds = settings.seconds, think = 0 }) {
    const file = join(folder, 'paths');
    writeFileSync(file, `${paths.join('\n')}\n`);
    const before = parts.cpu();
    const { out } = await say('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script,
        ...(cookie ? ['-H', `Cookie: ${cookie}`] : []), env.BASE_URL, '--', file, String(think)]);
    const used = parts.since(before);
    const told = JSON.parse(out.slice(out.lastIndexOf('\n{') + 1));
    // On a busy machine the first answer may come after a short run is over.
    if (settings.smoke && told.faults === 0 && told.requests === 0 && seconds < 30)
        return load({ paths, cookie, connections, seconds: seconds * 2, think });
    if (told.faults > 0 || told.requests === 0)
        throw new Error(`${told.faults} faults in ${told.requests} requests for ${paths[0]}`);
    return {
        requests: told.requests, rate: told.requests / told.us * 1e6, bytes: told.bytes / told.requests,
        p50: told.p50 / 1000, p99: told.p99 / 1000,
        cpu: Object.fromEntries(Object.entries(used).map(([name, us]) => [name, us / told.requests])),
    };
}

// ---- one page

// The lines that the pools log from now on.
function follow() {
    const path = `${env.LOG_DIR}/pools.log`;
    let from = statSync(path).size, rest = '';
    return () => {
        const bytes = Buffer.alloc(statSync(path).size - from), file = openSync(path, 'r');
        from += readSync(file, bytes, 0, bytes.length, from);
        closeSync(file);
        const lines = (rest + bytes.toString('utf8')).split('\n');
        rest = lines.pop();
        return lines.filter(line => line.includes('"event":"request"')).map(line => JSON.parse(line));
    };
}

// A page as the next load will ask for it: its size, and how many statements it took.
export async function look(browser, path) {
    const more = follow();
    const answer = await browser.get(path);
    if (answer.status !== 200)
        throw new Error(`${path}: ${answer.status}`);
    for (let turn = 0; turn < 200; turn++, await tick(10)) {
        const logged = more();
        if (logged.length > 0)
            return { text: answer.text, bytes: answer.body.length, statements: logged[0].statements };
    }
    throw new Error(`${path}: the log says nothing of it`);
}

export const handlers = () => sql("SHOW GLOBAL STATUS LIKE 'Handler_read%'").reduce((sum, [, n]) => sum + Number(n), 0);

// Rows that the database reads for one page, by the server's own counters (Handler_read_*). The worker looks for its
// work at the same time, so of several tries the least counts; what the counting itself reads is taken off.
export async function rowsRead(browser, path, tries = settings.smoke ? 4 : 8) {
    let own = Infinity, least = Infinity;
    for (let turn = 0; turn < tries; turn++) {
        const before = handlers();
        own = Math.min(own, handlers() - before);
    }
    for (let turn = 0; turn < tries; turn++) {
        const before = handlers();
        await browser.get(path);
        least = Math.min(least, handlers() - before - own);
    }
    return least;
}
export const rowsShown = text => (text.match(/<th>(<input[^>]*>)?<a href="\/(sims|requests)\//g) ?? []).length;
