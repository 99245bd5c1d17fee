// database.mjs: the demo's MariaDB ended and started again, as scripts/lib/common.sh starts a part, so that
// "scripts/demo stop" finds it.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { env, sql } from './env.mjs';
import { lives } from './process.mjs';
import { until } from './tap.mjs';

const part = `${env.VAR}/run/mariadb.part`;
export const databasePid = () => Number(readFileSync(part, 'utf8').split(' ')[0]);

export async function stopDatabase(signal) {
    const pid = databasePid();
    process.kill(pid, signal);
    await until(() => !lives(pid), 'the database has ended', 60);
}

export async function startDatabase() {
    const log = openSync(`${env.LOG_DIR}/mariadb.log`, 'a');
    const child = spawn('/usr/sbin/mariadbd', [`--defaults-file=${env.VAR}/mariadb.cnf`], { cwd: `${env.VAR}/run`, detached: true, stdio: ['ignore', log, log] });
    child.unref();
    const began = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[19];
    writeFileSync(part, `${child.pid} ${began} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}\n`);
    await until(() => { try { return sql('SELECT 1').length === 1; } catch { return false; } }, 'the database answers', 60);
}
