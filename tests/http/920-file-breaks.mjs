// 920-file-breaks: a file of many lines whose database breaks in the midst, or whose reader goes away or is slow: half a
// file is never taken for a whole one, and the pool goes on.
import { spawn } from 'node:child_process';
import http2 from 'node:http2';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { run, test, is, ok, below, expectLog, until, slowness } from './lib/tap.mjs';
import { account, ctl, env, base, sql, sqlOne } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';
import { insert, raw } from '../fixtures/insert.mjs';

expectLog(/"event":"busy"/, true);
expectLog(/upstream prematurely closed connection/, true);
expectLog(/"event":"transaction-again"/, true);

const LINES = 30000;
ctl('demo-data', '--sims', '300', '--lines', String(LINES), '--customers', '30', '--env-file', `${env.VAR}/demo-logins.env`);
const who = account();
sql(`${insert('account_customer', { account_id: who.id, customer_id: raw('id') }, { from: "customer WHERE code LIKE 'TC2000-%'", update: 'role = VALUES(role)' })};
     UPDATE account SET customers = 31 WHERE id = ${who.id}`);
const browser = await signedIn(who);
is((await browser.post('/customer', { customer_id: '0' })).status, 303);
const total = Number(sqlOne(`SELECT COUNT(*) FROM line l JOIN account_customer a ON a.customer_id = l.customer_id WHERE a.account_id = ${who.id}`));
const headers = { Cookie: browser.cookie(), Host: base.host };
const ca = readFileSync(env.CERT_FILE);
const lines = text => text.split('\r\n').length - 2; // the head, and what stands behind the last line end

// One file by HTTP/1.1 or 2: its status, and its text if it came to its end; none when the reader was told that it broke.
const ask = () => https.request({ host: '127.0.0.1', port: base.port, path: '/sims.csv', ca, servername: 'localhost', headers, agent: false });
const one = begun => new Promise((resolve, reject) => {
    ask().on('error', reject).on('response', answer => {
        let text = '';
        answer.setEncoding('utf8');
        answer.once('data', begun ?? (() => {}));
        answer.on('data', piece => (text += piece));
        answer.on('error', () => {});
        answer.on('close', () => resolve({ status: answer.statusCode, text: answer.complete ? text : undefined }));
    }).end();
});
const two = begun => new Promise((resolve, reject) => {
    const session = http2.connect(base.origin, { ca, servername: 'localhost' });
    const stream = session.request({ ':path': '/sims.csv', cookie: headers.Cookie });
    let text = '', status = 0, ended = false;
    stream.setEncoding('utf8');
    stream.once('data', begun ?? (() => {}));
    stream.on('response', answer => (status = answer[':status']));
    stream.on('data', piece => (text += piece));
    stream.on('end', () => (ended = true));
    stream.on('error', () => {});
    stream.on('close', () => {
        session.close();
        resolve({ status, text: ended && stream.rstCode === 0 ? text : undefined });
    });
    session.on('error', reject);
});
const whole = async get => lines((await get()).text ?? '');

// Ends the connection that reads for a file, if there is one.
function breakOne() {
    try {
        sql(`SELECT id INTO @id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND info LIKE 'SELECT l.id, l.customer_id%' LIMIT 1;
             EXECUTE IMMEDIATE CONCAT('KILL CONNECTION ', @id)`, { user: env.DB_USER, password: env.DB_PASSWORD });
    } catch {
        // between two chunks, or through
    }
}

for (const [name, get] of [['HTTP/1.1', one], ['HTTP/2', two]])
    test(`16.5.2 the database breaks in the midst of a file: by ${name} the reader sees that it broke, never half a file`, async () => {
        is(await whole(get), total, 'undisturbed it is whole');
        let broke = 0;
        for (let turn = 0; turn < 30 && broke < 2; turn++) {
            const { status, text } = await get(breakOne);
            if (status === 200 && text === undefined)
                broke++;
            else if (status === 200)
                is(lines(text), total, `turn ${turn}`);
            else
                is(status, 503, 'it broke before it began');
        }
        is(broke, 2, 'files that broke in the midst');
        is(await whole(get), total, 'and the next one is whole');
    });

test('a reader that goes away ends its file: the pool is free for the next one', async () => {
    for (let turn = 0; turn < 8; turn++)
        await new Promise((resolve, reject) => {
            const request = ask();
            request.on('error', reject).on('response', answer => {
                answer.once('data', () => request.destroy());
                answer.on('close', resolve);
                answer.on('error', () => {});
            }).end();
        });
    const began = Date.now();
    is(await whole(one), total);
    below(Date.now() - began, 10000 * slowness, 'milliseconds');
});

test('readers that take nothing hold no process: others get their files meanwhile', async () => {
    const slow = await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve, reject) => {
        ask().on('error', reject).on('response', resolve).end();
    })));
    is(await whole(one), total);
    for (const answer of slow) {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', piece => (text += piece));
        await until(() => answer.complete, 'the rest comes', 30);
        is(lines(text), total, 'what they asked for is kept for them');
    }
});

test('nothing of a file is read twice or left out while others change what it is sorted by', async () => {
    const customer = sqlOne(`SELECT id FROM customer WHERE code = 'TC2000-00001'`);
    is((await browser.post('/customer', { customer_id: customer })).status, 303);
    const count = Number(sqlOne(`SELECT COUNT(*) FROM line WHERE customer_id = ${customer}`));
    // Each line's figure moves far, again and again, in many short transactions.
    const moves = Array.from({ length: 150 }, (_, turn) =>
        `UPDATE line_month SET used_bytes = (used_bytes + 7919000000) % 50000000000 WHERE customer_id = ${customer} AND line_id % 29 = ${turn % 29};`);
    const others = spawn('mariadb', ['--no-defaults', `--socket=${env.DB_SOCKET}`, `--user=${env.DB_USER}`, env.DB_NAME],
        { env: { ...process.env, MYSQL_PWD: env.DB_PASSWORD }, stdio: ['pipe', 'ignore', 'inherit'] });
    let moved;
    others.on('close', code => (moved = code));
    others.stdin.end(moves.join('\n'));
    let files = 0;
    while (moved === undefined) {
        const { text } = await browser.get('/sims.csv?sort=used');
        const serials = text.split('\r\n').slice(1, -1).map(line => line.split('","')[2]);
        is([serials.length, new Set(serials).size], [count, count]);
        files += moved === undefined;
    }
    is(moved, 0);
    ok(files >= 2, `${files} files meanwhile`);
});
ok(total > LINES);

await run();
