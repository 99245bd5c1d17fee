// killer.mjs: kill -9 of the demo's processes, and of workers of a test's own beside the demo's.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { env, sql, sqlOne } from '../../http/lib/env.mjs';
import { expectKilled, tick, until } from '../../http/lib/tap.mjs';
import { children, firstOf, lives } from '../../http/lib/process.mjs';
import { startDatabase, stopDatabase } from '../../http/lib/database.mjs';
import { processes } from './pool.mjs';

const isCalled = (pid, name) => { try { return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(`(${name.slice(0, 15)})`); } catch { return false; } };
const isStopped = pid => /^\d+ \(.*\) T/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
const kill = pid => { try { return process.kill(pid, 'SIGKILL'); } catch { return false; } };

// ---- pools: a process that has ended by itself meanwhile is none of ours

export function killPool(random) {
    const names = ['pages', 'pages', 'pages', 'bulk', 'login'];
    const all = processes(names[random(names.length)]).filter(pid => isCalled(pid, 'simportal-fcgi'));
    if (all.length > 0 && kill(all[random(all.length)]))
        expectKilled(1);
}

// ---- workers

const supervisors = [firstOf('worker')];
const workers = () => supervisors.flatMap(children).filter(pid => isCalled(pid, 'simportal-worker'));
const gateways = () => workers().flatMap(children).filter(pid => isCalled(pid, 'simportal-carrier'));
let own;

// One more, whose carrier takes its time, sometimes asks to be asked again, and answers twice; both have one record.
export function addWorker(options) {
    const config = `${env.VAR}/run/faults-worker.conf`;
    const text = readFileSync(env.CONFIG, 'utf8');
    writeFileSync(config, text.replace(/^program=.*--record.*$/m, line => `${line} ${options}`), { mode: 0o600 });
    const log = openSync(`${env.LOG_DIR}/worker.log`, 'a');
    own = spawn('/usr/bin/multiwatch', ['-r', '1000000', '-s', 'TERM', '-f', '1', '--', '/usr/bin/env', 'LC_ALL=C.UTF-8', `${env.BIN_DIR}/simportal-worker`, '--config', config],
        { cwd: `${env.VAR}/run`, stdio: ['ignore', log, log] });
    supervisors.push(own.pid);
}

export async function endOwnWorker() {
    supervisors.pop();
    own.kill('SIGTERM');
    await until(() => own.exitCode !== null || own.signalCode !== null, 'the worker of the test’s own ends', 30);
    own = undefined;
}

process.on('exit', () => {
    for (const pid of own ? [...children(own.pid), own.pid] : [])
        kill(pid);
});

export async function killWorker(random) {
    const pids = await until(() => { const found = workers(); return found.length > 0 && found; }, 'a worker', 20);
    kill(pids[random(pids.length)]);
}

// One is started when there is something to ask of it: not while all lines that are due wait for the leases of who was killed.
export async function killGateway(random) {
    if (gateways().length === 0)
        await killWorkers();
    const pids = await until(() => { const found = gateways(); return found.length > 0 && found; }, 'a gateway', 20);
    kill(pids[random(pids.length)]);
}

const count = where => { try { return Number(sqlOne(`SELECT COUNT(*) FROM request_item WHERE ${where}`)); } catch { return -1; } };
const endLeases = () => {
    try {
        sql(`SET SESSION innodb_lock_wait_timeout = 1; UPDATE request_item SET leased_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE leased_until IS NOT NULL;
            UPDATE mail SET leased_until = NULL WHERE sent_at IS NULL`);
        return true;
    } catch {
        return false;
    }
};
const send = (pids, signal) => pids.forEach(pid => { try { process.kill(pid, signal); } catch { /* gone */ } });

// All of them, and the time of their leases goes by before the next ones look: those of the supervisors `next` at once.
export async function killWorkers(_random, next = supervisors) {
    send(supervisors, 'SIGSTOP');
    try {
        await until(() => supervisors.every(isStopped), 'no worker is started');
        await until(() => supervisors.flatMap(children).filter(lives).every(pid => !kill(pid)), 'all workers are gone');
        // What a killed worker had asked of the database still runs for a while.
        await until(endLeases, 'the leases end', 60);
    } finally {
        send(next, 'SIGCONT');
    }
}

// Whoever has rows locked now goes on and ends; who is held up in the midst of it is seen resting.
const RESTING_MS = 100;
const root = { user: userInfo().username, password: '' };
const locking = () => new Map(sql(`SELECT t.trx_id, p.command = 'Sleep' AND p.time_ms > ${RESTING_MS} FROM information_schema.innodb_trx t
    JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE t.trx_rows_locked + t.trx_rows_modified > 0`, root));
async function nothingStaysLocked() {
    const left = new Set(locking().keys());
    for (const end = Date.now() + 2000; left.size > 0; await tick(25)) {
        const now = locking();
        left.forEach(id => now.has(id) || left.delete(id));
        if (Date.now() > end || [...left].some(id => now.get(id) === '1'))
            return false;
    }
    return true;
}

// The slow one is held up, and the time of its leases goes by: another takes the same lines and brings them to their end. Then
// the first goes on, with what came of them long ago.
export async function overtakeWorker() {
    const slow = () => children(own.pid).filter(pid => isCalled(pid, 'simportal-worker'));
    await killWorkers(undefined, [own.pid]);
    try {
        // Held up within a transaction it would keep everybody else from its rows: again, then.
        await until(async () => {
            if (count('leased_until > UTC_TIMESTAMP(6)') < 50)
                return false;
            send(slow(), 'SIGSTOP');
            if (await nothingStaysLocked() && count('leased_until > UTC_TIMESTAMP(6)') >= 50 && endLeases())
                return true;
            return send(slow(), 'SIGCONT');
        }, 'it is held up with many lines under way', 40);
        const held = sql("SELECT id FROM request_item WHERE result = 'running'").join();
        send(supervisors, 'SIGCONT');
        await until(() => count(`result = 'running' AND id IN (${held})`) === 0, 'another brings them to their end', 40);
    } finally {
        send([...supervisors, ...slow()], 'SIGCONT');
    }
}

// ---- the database

export async function killDatabase() {
    await stopDatabase('SIGKILL');
    await startDatabase();
}
