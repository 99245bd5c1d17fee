// 400-disk-full: no room for what nginx puts aside: a long body that comes in, a file that goes out slowly. The one who asked
// is told, or sees that the file is not whole; everybody else is served; and it is well again once there is room.
// Issue 3, point 4; security.md 16.5.2-3. The database's full disk: 100-database-cut (errors 1021 and 1114).
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { run, test, is, ok, has, below, expectLog, until } from '../http/lib/tap.mjs';
import { base, env } from '../http/lib/env.mjs';
import { session } from './lib/ways.mjs';
import { ask, kindOf } from './lib/judge.mjs';
import { words } from '../http/lib/html.mjs';

expectLog(/No space left on device|has written only|Not a directory/);
expectLog(/upstream prematurely closed|Broken pipe|a client (request )?body is buffered/, true);

const browser = await session();
await browser.get('/password');
const path = '/drafts/1/numbers';
const body = `csrf=${browser.csrf}&text=${'x'.repeat(4 << 20)}`;

// A disk of 64 KiB where nginx writes; where nothing may be mounted, a file in the place of the folder.
function fill(name) {
    const folder = `${env.VAR}/nginx-tmp/${name}`;
    if (process.env.MOUNTS) {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0777', 'tmpfs', folder]);
        return () => execFileSync('umount', ['-l', folder]);
    }
    renameSync(folder, `${folder}.kept`);
    writeFileSync(folder, '');
    return () => { rmSync(folder); renameSync(`${folder}.kept`, folder); };
}

test('a body that finds no room: a page of ours says that nothing was saved, others are served', async () => {
    const before = (await browser.send(path, body)).status;
    const room = fill('body');
    try {
        for (let i = 0; i < 3; i++) {
            const answer = await browser.send(path, body);
            is(answer.status, 500);
            has(words(answer.text), '今回の操作は保存されていません');
            is(answer.headers['cache-control'], 'no-store');
        }
        is((await browser.get('/sims')).status, 200, 'a page');
        is((await browser.post('/language', { language: 'ja' })).status, 303, 'a form, which needs no room');
    } finally {
        room();
    }
    is((await browser.send(path, body)).status, before, 'as before once there is room');
});

// A file read slowly: but for the first 64 KB nothing is taken until `free` says so; HTTP/2 leaves no more to the kernel.
// Resolves with how many bytes came and whether they are told to be all.
async function slowly(free) {
    const client = connect(base.origin, { ca: readFileSync(env.CERT_FILE), localAddress: browser.from });
    try {
        const stream = client.request({ ':path': '/sims.csv', cookie: browser.cookie() });
        let bytes = 0;
        const ended = new Promise(done => {
            stream.on('close', () => done({ bytes, whole: stream.rstCode === 0 && stream.readableEnded }));
            stream.on('error', () => {});
        });
        await new Promise(done => { stream.once('response', done); });
        await free();
        stream.on('data', piece => { bytes += piece.length; });
        return await ended;
    } finally {
        client.close();
    }
}

test('a file that finds no room on its way to a slow reader breaks off; others are served, pages and files', async () => {
    const whole = await slowly(async () => {});
    ok(whole.whole && whole.bytes > 1 << 20, `${whole.bytes} bytes`);
    const room = fill('fastcgi');
    let half;
    try {
        half = await slowly(async () => {
            for (let i = 0; i < 5; i++)
                is((await browser.get('/sims')).status, 200, 'a page');
            is(kindOf(await ask({ send: () => browser.get('/sims.csv?state=suspended') })), 'good', 'a small file');
        });
    } finally {
        room();
    }
    console.log(`# ${half.bytes} of ${whole.bytes} bytes came`);
    ok(!half.whole, 'it does not look whole');
    below(half.bytes, whole.bytes, 'bytes');
    await until(async () => (await slowly(async () => {})).whole, 'whole again once there is room');
});

await run();
