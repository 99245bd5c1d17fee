// tool.mjs: one run of a program that is not ours, with all it said; and the routes as such programs ask for them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from '../../http/lib/env.mjs';
import { filler, pathOf } from '../../hostile/lib/attack.mjs';

export const folder = mkdtempSync(join(tmpdir(), 'tools-'));
const running = new Set();
process.on('exit', () => {
    for (const child of running)
        child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
});

// { status, text }: how it ended (null: not within `seconds`), and what it said without colours.
export function tool(name, words, { seconds = 900 } = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(name, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder, TMPDIR: folder } });
        const end = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
        let text = '';
        running.add(child);
        for (const stream of [child.stdout, child.stderr])
            stream.on('data', piece => { text += piece; });
        child.on('error', reject);
        child.on('close', status => {
            clearTimeout(end);
            running.delete(child);
            resolve({ status, text: text.replace(/\x1b\[[\d;]*m/g, '') });
        });
    });
}

export const host = new URL(env.BASE_URL).host;

// Values that a page takes, so that its statement runs: a refused field would hide the others. What is not here is the
// least number, the first choice, or a letter.
const good = { phone: '20', serial: '8981', number: 'TC', month: '2026-12', day: '2026-12-01', from: '2026-01-01', until: '2030-01-01', date: '2026-12-01',
    capacity: '1000000000', reason: 'lost', typed: '020-1000-0022', kind: 'recharge', requester: 'a', label: 'a', q: 'a', after: '1', before: '1', to: '/', back: '/', next: '/' };
// after and before ask for two pages at once, customer and service for what the demo may not have.
const left = ['before', 'customer'];

export const pairsOf = route => route.fields.filter(field => !left.includes(field.name)).map(field => [field.name, good[field.name] ?? filler(field)]);
export const encoded = pairs => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
// With its fields in the address, as a link has it.
export const addressOf = route => (route.method === 'GET' && route.fields.length > 0 ? `${pathOf(route.pattern)}?${encoded(pairsOf(route))}` : pathOf(route.pattern));
