// parts.mjs: the stack's programs as the kernel counts them: CPU time and memory of each part (a session of processes).
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { env } from '../../http/lib/env.mjs';

const TICKS = 100; // of /proc, a second

const read = path => {
    try {
        return readFileSync(path, 'utf8');
    } catch {
        return ''; // it has ended meanwhile
    }
};

// The processes of a part: those in the session that its first process began.
export function pids(part) {
    const [session] = read(`${env.VAR}/run/${part}.part`).split(' ');
    return readdirSync('/proc').filter(name => /^\d+$/.test(name)
        && read(`/proc/${name}/stat`).split(') ').at(-1).split(' ')[3] === session);
}

// Those of a pool that answer requests; the others only look after them.
export const answering = pool => pids(pool).filter(pid => {
    try {
        return /\/simportal-fcgi( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`));
    } catch {
        return false;
    }
});

// Microseconds that processes have used, those that they waited for among them.
export function usedBy(all) {
    return all.reduce((sum, pid) => {
        const fields = read(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
        return fields.length < 15 ? sum : sum + fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks), 0);
    }, 0) * 1e6 / TICKS;
}
const used = part => usedBy(pids(part));

export const childrenOf = pid => read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);

const PARTS = { pools: ['pages', 'bulk', 'login', 'echo'], nginx: ['nginx'], mariadbd: ['mariadb'] };

export const cpu = () => Object.fromEntries(Object.entries(PARTS)
    .map(([name, parts]) => [name, parts.reduce((sum, part) => sum + used(part), 0)]));

export const since = before => {
    const now = cpu();
    return Object.fromEntries(Object.keys(now).map(name => [name, now[name] - before[name]]));
};

// What a process holds of its own, in MB: libraries and files, which all share, are not in it.
export const rssAnon = pid => Number(read(`/proc/${pid}/status`).match(/^RssAnon:\s+(\d+)/m)?.[1] ?? 0) / 1024;
export const rss = pid => Number(read(`/proc/${pid}/status`).match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0) / 1024;
export const fattest = pool => Math.max(0, ...answering(pool).map(rssAnon));
