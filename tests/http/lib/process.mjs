// process.mjs: what the system says of a process of the pools.
import { readFileSync } from 'node:fs';
import { env } from './env.mjs';

const SIGTERM = 15;
const look = (pid, name) => { try { return readFileSync(`/proc/${pid}/${name}`, 'utf8'); } catch { return ''; } };

export const children = pid => look(pid, `task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
// The first process of a part of the demo (pages, login, worker …), and those that it has started.
export const firstOf = part => Number(readFileSync(`${env.VAR}/run/${part}.part`, 'utf8').split(' ')[0]);
export const processesOf = part => children(firstOf(part));
export const lives = pid => { const stat = look(pid, 'stat'); return stat !== '' && !/^\d+ \(.*\) Z/.test(stat); };

// Started so far that a signal asks it to end, and does not kill it.
export const listens = pid => /^\d+ \(simportal-fcgi\)/.test(look(pid, 'stat'))
    && Boolean(BigInt(`0x${look(pid, 'status').match(/^SigCgt:\s+([0-9a-f]+)/m)?.[1] ?? 0}`) & 1n << BigInt(SIGTERM - 1));
