// clock.mjs: a clock that stands where a test puts it: a pool and worker runs of the test's own read it from a file at each
// look (libfaketime). It goes forward only, from after the demo's own clock, so that the demo's worker finds nothing due.
import { spawnSync } from 'node:child_process';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { env } from '../../http/lib/env.mjs';
import { own } from '../../faults/lib/pool.mjs';

const file = `${env.VAR}/run/clock`;
const library = readdirSync('/usr/lib', { withFileTypes: true }).filter(entry => entry.isDirectory())
    .map(({ name }) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`).find(path => spawnSync('test', ['-f', path]).status === 0);
const environment = { TZ: 'UTC', LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1',
    ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ? `${process.env.ASAN_OPTIONS}:` : ''}verify_asan_link_order=0` };

// The demo's own, which would go before the file.
delete process.env.FAKETIME;

let last = '';

// "2024-11-28 23:59:59", Tokyo's time.
export function at(moment) {
    if (moment < last)
        throw new Error(`the clock stands at ${last}, and goes to ${moment}`);
    last = moment;
    const utc = new Date(`${moment.replace(' ', 'T')}+09:00`).toISOString();
    writeFileSync(`${file}.new`, `${utc.slice(0, 10)} ${utc.slice(11, 19)}\n`, { mode: 0o644 });
    renameSync(`${file}.new`, file);
}

export const begin = () => own({ processes: 2, environment });

// Everything that is due by now.
export function work() {
    const done = spawnSync('/usr/bin/env', [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), 'LC_ALL=C.UTF-8', `${env.BIN_DIR}/simportal-worker`, '--config', env.CONFIG, '--once'],
        { cwd: `${env.VAR}/run`, encoding: 'utf8', timeout: 60000 });
    if (done.status !== 0)
        throw new Error(`the worker ended with ${done.status ?? done.signal}: ${done.stderr.slice(-2000)}`);
    return done.stderr;
}
