// 80-midnight: what is scheduled for midnight, carried out by one worker of the row's own: as fast as it can, at a carrier
// that takes its time, and beside people who look at pages. Each run makes its requests and takes them out again.
import { openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { env, handlers, load, median, parts, person, settings, tick } from '../lib/tools.mjs';
import { claimed, faultsAfter, isClaimed, isThrough, lastFinished, nthDue, removeRequests, scheduleAll } from '../lib/fleet.mjs';

const FLYING_MOST = 100000; // of [gateway] in_flight
const PEOPLE = 200, PAUSE = 1000, PATIENCE = settings.smoke ? 12 * (process.env.SLOWNESS ?? 10) : 1800;
// Of all customers, in a short run that judges no rate.
const SHARE = settings.smoke ? 0.1 : 1;
const config = `${env.VAR}/midnight.conf`, record = `${env.VAR}/midnight.record`, log = `${env.VAR}/log/midnight.log`;

// A worker whose carrier answers after so many milliseconds; the stack's own has no gateway meanwhile (scripts/bench).
function startWorker(delay, inFlight = 500) {
    rmSync(record, { force: true });
    writeFileSync(config, `${readFileSync(`${env.VAR}/simportal.conf`, 'utf8')}
[gateway]
program=${env.BIN_DIR}/simportal-carrier --delay-ms ${delay} --record ${record}
in_flight=${inFlight}
`, { mode: 0o600 });
    const to = openSync(log, 'w');
    const child = spawn('nice', ['-n', '10', `${env.BIN_DIR}/simportal-worker`, '--config', config], { stdio: ['ignore', to, to] });
    closeSync(to);
    return { child, ended: new Promise(done => child.on('close', done)) };
}

// Until all is through: seconds it took, and what the parts used meanwhile.
async function carryOut(delay, operations) {
    const { child, ended } = startWorker(delay);
    const stop = () => child.kill();
    process.on('exit', stop);
    const began = Date.now(), before = parts.cpu();
    let most = 0, used = {};
    try {
        while (!isThrough()) {
            if (child.exitCode !== null || Date.now() - began > PATIENCE * 1000)
                throw new Error(`the worker has ${child.exitCode !== null ? 'ended' : 'not come to an end'}; see ${log}`);
            most = Math.max(most, parts.rss(child.pid));
            await tick(settings.smoke ? 50 : 2000);
        }
        const seconds = (lastFinished() - began) / 1000;
        used = { worker: parts.usedBy([child.pid]), carrier: parts.usedBy(parts.childrenOf(child.pid)), mariadbd: parts.since(before).mariadbd };
        return { seconds, memory: most, used: Object.entries(used).map(([name, us]) => `${name} ${(us / operations).toFixed(0)}`).join(' / ') };
    } finally {
        stop();
        process.off('exit', stop);
        await ended;
    }
}

// Each operation stands once in the carrier's own record.
function appliedOnce(operations) {
    const ids = readFileSync(record, 'utf8').split('\n').slice(0, -1).map(line => line.split('\t')[0]);
    return new Set(ids).size === ids.length && ids.length === operations ? [] : [`the carrier has done ${ids.length}, ${new Set(ids).size} of them different`];
}

async function midnight(delay, beside = async () => undefined) {
    removeRequests();
    try {
        const operations = scheduleAll(SHARE), readBefore = handlers();
        let going = true;
        const [told, felt] = await Promise.all([carryOut(delay, operations).finally(() => (going = false)), beside(() => going)]);
        const reads = (handlers() - readBefore) / operations;
        const faults = [...faultsAfter(), ...appliedOnce(operations)];
        if (faults.length > 0)
            throw new Error(faults.join(', '));
        return { rate: operations / told.seconds, memory: told.memory, felt,
            note: `${operations.toLocaleString('en')} operations in ${told.seconds.toFixed(1)} s; rows read each: ${reads.toFixed(0)}; CPU µs each: ${told.used}` };
    } finally {
        removeRequests();
        [config, record].forEach(path => rmSync(path, { force: true }));
    }
}

// Claims all that is due for a carrier that does not answer: a claim must not walk through what was claimed before.
async function claimAll() {
    removeRequests();
    try {
        const operations = Math.min(scheduleAll(), FLYING_MOST), last = nthDue(operations), began = Date.now(), before = handlers();
        const { child, ended } = startWorker(600000, operations);
        let pids = [child.pid];
        const kill = () => pids.forEach(pid => process.kill(pid, 'SIGKILL'));
        process.on('exit', kill);
        try {
            while (!isClaimed(last)) {
                if (child.exitCode !== null || Date.now() - began > PATIENCE * 1000)
                    throw new Error(`the worker claims no more; see ${log}`);
                await tick(500);
            }
            // A batch more than fly may be claimed as well.
            const read = handlers() - before, all = claimed();
            if (all < operations)
                throw new Error(`${all} are claimed, not ${operations}`);
            return { operations: all, reads: read / all };
        } finally {
            pids = [child.pid, ...parts.childrenOf(child.pid)];
            kill();
            process.off('exit', kill);
            await ended;
        }
    } finally {
        removeRequests();
        [config, record].forEach(path => rmSync(path, { force: true }));
    }
}

async function people(going) {
    const cookie = (await person('LOAD_SMALL')).cookie();
    const all = [];
    do
        all.push((await load({ paths: ['/sims'], cookie, connections: PEOPLE, think: PAUSE, seconds: settings.smoke ? 1 : 5 })).p99);
    while (going());
    return { p99: median(all), worst: Math.max(...all) };
}

const rated = (name, what, delay, least) => ({
    name, what, unit: 'ops/s', wanted: settings.smoke ? {} : { least },
    async run() {
        const { rate, memory, note } = await midnight(delay);
        return { figure: rate, memory, note };
    },
});

const CLAIM_READS = 26; // 21 here; each claim begins at the first item: 33 of 18,000, and more of more

export default [
    {
        name: 'midnight-claims', what: 'all lines claimed at midnight: rows read for each', unit: 'rows', wanted: { most: CLAIM_READS },
        async run() {
            const { operations, reads } = await claimAll();
            if (settings.smoke && reads > CLAIM_READS)
                throw new Error(`${reads.toFixed(0)} rows are read for each that is claimed, at most ${CLAIM_READS} are good`);
            return { figure: reads, note: `${operations.toLocaleString('en')} claimed` };
        },
    },
    rated('midnight', 'all lines at midnight, a carrier that answers at once', 0, 5000),
    rated('midnight-slow', '… a carrier of 50 ms, 500 in flight', 50, 4000),
    {
        name: 'midnight-people', what: `… beside ${PEOPLE} people at the SIM list: p99 to idle`, unit: 'of idle', wanted: settings.smoke ? {} : { most: 2 },
        async run() {
            let rounds = settings.smoke ? 1 : 5;
            const idle = await people(() => --rounds > 0);
            const { rate, felt, memory, note } = await midnight(0, people);
            return { p99: felt.p99, figure: felt.p99 / idle.p99, memory,
                note: `${note}; ${Math.round(rate)} ops/s; p99 ${felt.p99.toFixed(1)} (worst ${felt.worst.toFixed(1)}), idle ${idle.p99.toFixed(1)} ms` };
        },
    },
];
