// pool.mjs: a pool of a test's own in the place of all three: their sockets become links to its one, so that nginx sends
// everything there, and one process with settings of its own can be looked at. The real pools stay as they are, idle.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, openSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { env } from '../../http/lib/env.mjs';
import { children, lives, processesOf } from '../../http/lib/process.mjs';
import { until } from '../../http/lib/tap.mjs';

const names = ['pages', 'bulk', 'login'];
const run = `${env.VAR}/run`;
const socket = `${run}/faults.sock`;
let present;

// The processes of the pool `name` of the demo, or of the test's own.
export const processes = name => (name === 'own' ? children(present.pid) : processesOf(name));

// { processes: 1, config: '[db]\nsocket=…', environment: { LD_PRELOAD: … } }
export async function own({ processes: count = 1, config = '', environment = {} } = {}) {
    const file = `${run}/faults.conf`;
    writeFileSync(file, `${readFileSync(env.CONFIG, 'utf8')}\n[pool]\nrequests=0\n${config}\n`, { mode: 0o600 });
    const log = openSync(`${env.LOG_DIR}/pools.log`, 'a');
    rmSync(socket, { force: true });
    // Processes that break on purpose leave no core files.
    present = spawn('/bin/sh', ['-c', 'ulimit -c 0 && exec "$@"', 'sh', 'spawn-fcgi', '-n', '-s', socket, '-M', '0660', '-b', '1024',
        '-G', String(statSync(`${run}/pages.sock`).gid), '--', '/usr/bin/multiwatch', '-r', '1000000', '-s', 'TERM', '-f', String(count), '--',
        '/usr/bin/env', 'LC_ALL=C.UTF-8', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
        `${env.BIN_DIR}/simportal-fcgi`, '--config', file], { cwd: run, stdio: ['ignore', log, log] });
    await until(() => existsSync(socket) && processes('own').length === count, 'a pool of the test’s own');
    for (const name of names) {
        renameSync(`${run}/${name}.sock`, `${run}/${name}.kept`);
        symlinkSync(socket, `${run}/${name}.sock`);
    }
}

// The demo's pools again.
export async function back() {
    for (const name of names.filter(one => existsSync(`${run}/${one}.kept`) && lstatSync(`${run}/${one}.sock`).isSymbolicLink()))
        renameSync(`${run}/${name}.kept`, `${run}/${name}.sock`);
    const ending = present;
    present = undefined;
    if (!ending)
        return;
    // As scripts/lib/common.sh does: again each second, for one signal can be missed.
    let asked = 0;
    await until(() => {
        if (Date.now() - asked >= 1000 && lives(ending.pid)) {
            ending.kill('SIGTERM');
            asked = Date.now();
        }
        return ending.exitCode !== null || ending.signalCode !== null;
    }, 'the pool of the test’s own ends');
}

process.on('exit', () => {
    if (!present)
        return;
    for (const pid of [...children(present.pid), present.pid])
        try { process.kill(pid, 'SIGKILL'); } catch { /* gone */ }
});
