// 900-pools: processes come and go under load and nobody notices: SIGTERM, kill -9, recycling. Issue 2, point 8.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { run, test, is, ok, below, like, expectLog, expectKilled, until, slowness, long } from './lib/tap.mjs';
import { account, env } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { dial, requestBytes } from './lib/fastcgi.mjs';
import { lives, listens, processesOf } from './lib/process.mjs';

const limit = Number(readFileSync(env.CONFIG, 'utf8').match(/^requests=(\d+)/m)?.[1] ?? 10000);
const ready = name => until(() => processesOf(name).filter(listens)[0], `a process of ${name} that is ready`);
// Processes make room for new ones by themselves, too: one that is gone already is no fault. False: it was.
const end = (pid, signal) => { try { return process.kill(pid, signal); } catch { return false; } };
const many = Array.from({ length: 6 });
const browsers = await Promise.all(many.map(() => signedIn(account())));

// Load from six people until `during` is over; what was answered otherwise than with 200 is the result.
async function load(during, path = '/sims') {
    let going = true;
    const failed = [];
    let count = 0;
    const people = browsers.map(async browser => {
        while (going) {
            try {
                const answer = await browser.get(path);
                count++;
                if (answer.status !== 200)
                    failed.push(answer.status);
            } catch (error) {
                failed.push(error.message);
            }
        }
    });
    try {
        await during(() => count);
    } finally {
        going = false;
        await Promise.all(people);
    }
    return { failed, count };
}

test('SIGTERM: a process ends after the request in hand; it is replaced, no request fails', async () => {
    const { failed, count } = await load(async served => {
        for (let n = 0; n < (long ? 60 : 20); n++) {
            const pid = await ready('pages');
            const before = served();
            end(pid, 'SIGTERM');
            await until(() => !lives(pid), `${pid} ends, asked once`);
            await until(() => served() >= before + 5, 'requests go on');
        }
    });
    is(failed, []);
    ok(count >= (long ? 300 : 100), `${count} requests`);
});

const sockets = pid => { try { return readdirSync(`/proc/${pid}/fd`).filter(fd => { try { return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:'); } catch { return false; } }).length; } catch { return 0; } };
const isPending = pid => { try { return /^ShdPnd:\s+0*[1-9a-f]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')); } catch { return false; } };
const start = { REQUEST_METHOD: 'GET', REQUEST_URI: '/healthz', SERVER_PROTOCOL: 'HTTP/1.1', REMOTE_ADDR: '127.0.0.1', REQUEST_ID: '0'.repeat(32) };

test('SIGTERM before a request has come whole: the process waits for the rest, answers, and ends', async () => {
    const bytes = requestBytes(start);
    for (const sent of [0, 8, 24, bytes.length - 9]) {
        const before = new Map();
        await until(() => processesOf('login').every(pid => listens(pid) && before.set(pid, sockets(pid))), 'all are ready');
        const { socket, done } = dial(`${env.VAR}/run/login.sock`);
        socket.write(bytes.subarray(0, sent));
        const pid = await until(() => processesOf('login').find(one => sockets(one) > before.get(one)), 'one takes the connection');
        end(pid, 'SIGTERM');
        await until(() => isPending(pid) || !lives(pid), 'the signal is there');
        socket.write(bytes.subarray(sent));
        const { text, whole } = await done;
        like(text, /^Status: 200 OK\r\n/, `after ${sent} of ${bytes.length} bytes`);
        ok(whole, 'the answer came whole');
        await until(() => !lives(pid), 'it ends');
    }
});

test('a connection that goes without a request, or in the midst of one, costs nothing', async () => {
    const bytes = requestBytes(start);
    const before = new Set(processesOf('login'));
    for (let n = 0; n < 20; n++) {
        const { socket, done } = dial(`${env.VAR}/run/login.sock`);
        socket.end(bytes.subarray(0, n % 2 ? 0 : 30));
        is(await done, { text: '', whole: false });
    }
    const { socket, done } = dial(`${env.VAR}/run/login.sock`);
    socket.write(bytes);
    like((await done).text, /^Status: 200 OK\r\n/);
    ok(processesOf('login').some(pid => before.has(pid)), 'nobody ended of it');
});

test('SIGTERM in the midst of a download: the file comes whole', async () => {
    const whole = (await browsers[0].get('/sims.csv')).text;
    const { failed } = await load(async served => {
        for (let n = 0; n < 12; n++) {
            const pid = await ready('bulk');
            const before = served();
            end(pid, 'SIGTERM');
            await until(() => !lives(pid), `${pid} ends, asked once`);
            await until(() => served() > before + 3, 'downloads go on');
        }
    }, '/sims.csv');
    is(failed, []);
    is((await browsers[0].get('/sims.csv')).text, whole);
});

test('kill -9: at most the request in hand fails, the process is replaced, the next ones are served', async () => {
    const size = processesOf('pages').length;
    const { failed } = await load(async served => {
        const [pid] = processesOf('pages');
        end(pid, 'SIGKILL');
        expectKilled(1);
        const before = served();
        await until(() => processesOf('pages').length === size && !processesOf('pages').includes(pid), 'it is replaced');
        await until(() => served() >= before + 10, 'requests go on');
    });
    ok(failed.length <= 1, failed.join());
    ok(failed.every(status => status === 503), failed.join());
});
expectLog(/upstream prematurely closed connection|writev\(\) failed \(32: Broken pipe\) while sending request|Connection reset by peer\) while reading response header/, true);

test('all processes of a pool killed at once: back within two seconds', async () => {
    const pids = processesOf('pages');
    for (const pid of pids)
        end(pid, 'SIGKILL');
    expectKilled(pids.length);
    const began = Date.now();
    await until(async () => (await browsers[0].get('/sims')).status === 200, 'the pool is back', 8);
    below(Date.now() - began, 6000 * slowness, 'milliseconds');
});

test('a process makes room for a new one after N requests: 500 requests, all fine', async () => {
    const seen = new Set(processesOf('pages'));
    const codes = {};
    await Promise.all(browsers.map(async browser => {
        for (let i = 0; i < 84; i++) {
            const { status } = await browser.get(i % 3 === 0 ? '/' : '/sims?size=20');
            codes[status] = (codes[status] ?? 0) + 1;
            if (i % 20 === 0)
                processesOf('pages').forEach(pid => seen.add(pid));
        }
    }));
    is(codes, { 200: 504 });
    ok(seen.size > 4, `${seen.size} processes in all`);
}, { skip: limit <= 100 ? undefined : 'this demo recycles after more than 100 requests' });

test('the login pool recycles and is killed likewise, logins go on', async () => {
    const who = account();
    const [pid] = processesOf('login');
    end(pid, 'SIGKILL');
    expectKilled(1);
    await until(async () => {
        // The killed process may have had the form in hand.
        const visitor = new Browser();
        return (await visitor.get('/login')).status === 200 && (await visitor.tryLogin(who)).status === 303;
    }, 'a login works');
    await until(() => processesOf('login').length === 2 && !processesOf('login').includes(pid), 'the pool is whole');
});

await run();
