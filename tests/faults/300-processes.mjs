// 300-processes: pool processes are asked to end, killed and recycled, pools stopped, nginx reloaded, while people read and
// write: nobody is answered wrongly, and every write that was acknowledged stands there once. Issue 3, point 4; 2.3.3, 15.4.2.
import { readFileSync } from 'node:fs';
import { run, test, is, ok, below, expectKilled, expectLog, until, slowness } from '../http/lib/tap.mjs';
import { customerId, env, random, sql } from '../http/lib/env.mjs';
import { lives, listens } from '../http/lib/process.mjs';
import { own, back, processes } from './lib/pool.mjs';
import { session, who } from './lib/ways.mjs';
import { ask, kindOf } from './lib/judge.mjs';

expectLog(/upstream prematurely closed connection|writev\(\) failed \(32: Broken pipe\) while sending request|Connection reset by peer\) while reading/);

const seconds = process.env.LONG ? 10 : 2.5;
const clients = 16;
const lines = sql(`SELECT id, version FROM line WHERE customer_id = ${customerId('main')} AND state = 'active' ORDER BY id DESC LIMIT ${clients}`);
const people = [];
for (const [id, version] of lines) {
    const browser = await session(who.id);
    await browser.get('/password');
    people.push({ browser, id, version: Number(version) });
}
const file = (await people[0].browser.get('/sims.csv?state=suspended')).text;

// One after the other, each person: a list, a write to a line of one's own, its page, and now and then a file. Each request
// on a connection of its own: one that is kept may be closed by a server that ends, and browsers then ask again.
async function load(during) {
    const marks = [];
    const failed = [];
    let count = 0;
    let going = true;
    const fresh = { keep: false };
    const note = (what, answer) => { if (kindOf(answer) !== 'good') failed.push(`${what}: ${kindOf(answer)}`); count++; return answer; };
    const all = people.map(async ({ browser, id }, i) => {
        for (let turn = 0; going; turn++) {
            const page = note('list', await ask({ send: () => browser.get('/sims?size=20', fresh) }));
            ok(kindOf(page) !== 'good' || page.text.trimEnd().endsWith('</html>'), 'a whole page');
            const mark = `x-${random(8)}`;
            const version = people[i].version;
            const done = note('write', await ask({ send: () => browser.post(`/sims/${id}`, { label: mark, memo: '', version }, fresh) }));
            marks.push({ mark, id, kind: kindOf(done) });
            if (kindOf(done) !== 'good')
                people[i].version = Number(sql(`SELECT version FROM line WHERE id = ${id}`)[0][0]);
            else
                people[i].version = version + 1;
            if (turn % 4 === i % 4) {
                const whole = note('file', await ask({ send: () => browser.get('/sims.csv?state=suspended', fresh) }));
                if (kindOf(whole) === 'good' && file.split('\n').length !== whole.text.split('\n').length)
                    failed.push('half a file that looks whole');
            }
        }
    });
    const end = Date.now() + seconds * 1000;
    try {
        await during(() => Date.now() < end, () => count);
    } finally {
        going = false;
        await Promise.all(all);
    }
    const told = new Map(sql(`SELECT to_text, COUNT(*) FROM line_event WHERE kind = 'label' AND to_text IN (${marks.map(one => `'${one.mark}'`).join()}) GROUP BY to_text`));
    const wrong = marks.filter(({ mark, kind }) => {
        const times = Number(told.get(mark) ?? 0);
        return kind === 'good' ? times !== 1 : kind === 'busy' ? times !== 0 : times > 1;
    });
    is(wrong, [], 'acknowledged: there once; refused: not there; not known: at most once');
    return { failed, count, writes: marks.length };
}
const tell = ({ count, writes, failed }, done) => console.log(`# ${count} requests, ${writes} of them writes, ${failed.length} failed; ${done}`);
const pool = ['pages', 'bulk', 'login'];
const ended = pid => { process.kill(pid, 'SIGTERM'); return until(() => !lives(pid), `${pid} ends, asked once`); };

test('SIGTERM, one process after the other: no request fails', async () => {
    let n = 0;
    const seen = await load(async (going, served) => {
        while (going()) {
            const name = pool[n % 2];
            // The oldest is the first to make room by itself: the newest that is ready.
            await ended(await until(() => processes(name).filter(listens).at(-1), 'one is ready'));
            const before = served();
            await until(() => served() >= before + 3, 'requests go on');
            n++;
        }
    });
    tell(seen, `${n} processes ended`);
    is(seen.failed, []);
    ok(n >= 3 && seen.count >= 50, `${n} ${seen.count}`);
});

test('nginx reloaded again and again: no request fails', async () => {
    const master = Number(readFileSync(`${env.VAR}/run/nginx.pid`, 'utf8'));
    const workers = () => readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(' ').join();
    let n = 0;
    const seen = await load(async (going, served) => {
        while (going()) {
            const old = workers();
            process.kill(master, 'SIGHUP');
            await until(() => workers() !== old, 'new workers');
            const before = served();
            await until(() => served() >= before + 20, 'requests go on');
            n++;
        }
    });
    tell(seen, `${n} reloads`);
    is(seen.failed, []);
    ok(n >= 2 && seen.count >= 50, `${n} ${seen.count}`);
});

test('kill -9 in the midst: only what the killed process had in hand fails; back at once', async () => {
    let n = 0;
    let slowest = 0;
    const seen = await load(async (going, served) => {
        while (going()) {
            const name = pool[n % 2];
            const size = processes(name).length;
            const pid = processes(name)[n % size];
            process.kill(pid, 'SIGKILL');
            const began = Date.now();
            n++;
            await until(() => processes(name).length === size && !processes(name).includes(pid), 'it is replaced');
            const before = served();
            await until(() => served() >= before + 3, 'requests go on');
            slowest = Math.max(slowest, Date.now() - began);
        }
    });
    expectKilled(n);
    tell(seen, `${n} killed, the slowest replaced and served past within ${slowest} ms`);
    below(seen.failed.length, n + 1, seen.failed.join());
    is(seen.failed.filter(one => !/: (uncertain|broken)$/.test(one)), [], 'how they fail');
    // A page of several pieces is cut off like a file; the answer to a write is one piece.
    is(seen.failed.filter(one => /^write: broken$/.test(one)), [], 'a write never half answers');
    below(slowest, 3000 * slowness, 'milliseconds');
    ok(n >= 3, `${n}`);
});

test('killed after COMMIT, before a word of the answer: people are told that it is not known', async () => {
    await own({ environment: { LD_PRELOAD: process.env.FAULT_LIBRARY } });
    const { browser, id, version } = people[0];
    const mark = `x-${random(8)}`;
    const answer = await browser.post(`/sims/${id}`, { label: mark, memo: '', version }, { headers: { 'X-Fault': 'finish' } });
    expectKilled(1);
    is([kindOf(answer), sql(`SELECT label FROM line WHERE id = ${id}`)[0][0]], ['uncertain', mark]);
    is((await browser.get('/sims')).status, 200, 'the next one');
    people[0].version = version + 1;
    await back();
});

test('a pool that is stopped ends what it has in hand', async () => {
    await own({ processes: 2 });
    const files = Array.from({ length: 2 }, () => ask({ send: () => people[0].browser.get('/sims.csv', { keep: false }) }));
    // Both processes have begun to write theirs, or have done it.
    await until(() => processes('own').every(pid => Number(readFileSync(`/proc/${pid}/io`, 'utf8').match(/wchar: (\d+)/)[1]) > 100000), 'both write');
    await back();
    const whole = (await people[0].browser.get('/sims.csv')).text.length;
    is((await Promise.all(files)).map(answer => [kindOf(answer), answer.text.length]), [['good', whole], ['good', whole]]);
});

await run();
