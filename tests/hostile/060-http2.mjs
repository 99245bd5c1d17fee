// 060-http2: frames of HTTP/2 that no browser sends, byte by byte: the connection is ended in order or the stream refused,
// and whoever comes next is served.
import http2 from 'node:http2';
import { readFileSync } from 'node:fs';
import { test, ok, is, below, slowness } from '../http/lib/tap.mjs';
import { env } from '../http/lib/env.mjs';
import { Browser, address, port } from '../http/lib/client.mjs';
import { attacker, finish, host } from './lib/attack.mjs';
import { judge } from './lib/judge.mjs';
import { connect } from './lib/wire.mjs';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const DATA = 0, HEADERS = 1, PRIORITY = 2, RST_STREAM = 3, SETTINGS = 4, PUSH_PROMISE = 5, PING = 6, GOAWAY = 7, WINDOW_UPDATE = 8, CONTINUATION = 9;
const END_STREAM = 1, END_HEADERS = 4, PADDED = 8, PRIORITY_FLAG = 32;

function frame(type, flags, stream, payload = Buffer.alloc(0), length = payload.length) {
    const head = Buffer.alloc(9);
    head.writeUIntBE(length & 0xffffff, 0, 3);
    head[3] = type;
    head[4] = flags;
    head.writeUInt32BE(stream, 5);
    return Buffer.concat([head, payload]);
}

// HPACK without its tables: each header a literal.
const text = value => {
    const bytes = Buffer.from(value, 'latin1');
    const rest = [];
    if (bytes.length < 127)
        return Buffer.concat([Buffer.from([bytes.length]), bytes]);
    let n = bytes.length - 127;
    for (; n >= 128; n >>= 7)
        rest.push(n & 127 | 128);
    return Buffer.concat([Buffer.from([127, ...rest, n]), bytes]);
};
const block = pairs => Buffer.concat(pairs.map(([name, value]) => Buffer.concat([Buffer.from([0]), text(name), text(value)])));
const get = (more = [], path = '/login') => block([[':method', 'GET'], [':scheme', 'https'], [':authority', host], [':path', path], ...more]);
const hello = Buffer.concat([preface, frame(SETTINGS, 0, 0)]);
const u32 = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; };
const setting = (id, value) => Buffer.concat([Buffer.from([0, id]), u32(value)]);

// Sends the pieces, then waits for the end of the connection or for silence.
function play(pieces, quiet = 250) {
    return new Promise(resolve => {
        const socket = connect({ from: address(), alpn: 'h2' });
        const got = [];
        let timer;
        const done = () => { clearTimeout(timer); socket.destroy(); resolve(Buffer.concat(got)); };
        const wait = () => { clearTimeout(timer); timer = setTimeout(done, quiet); };
        socket.on('secureConnect', () => { for (const piece of pieces) socket.write(piece); wait(); });
        socket.on('data', piece => { got.push(piece); wait(); });
        socket.on('error', done);
        socket.on('close', done);
    });
}

const headers = (pairs, path) => [hello, frame(HEADERS, END_STREAM | END_HEADERS, 1, block(pairs ?? []).length > 0 ? block(pairs) : get([], path))];
const wanted = [[':method', 'GET'], [':scheme', 'https'], [':authority', host], [':path', '/login']];
const without = name => wanted.filter(([one]) => one !== name);

const cases = {
    'no preface': [Buffer.from('GET / HTTP/1.1\r\n\r\n')], 'half a preface': [preface.subarray(0, 10)], 'rubbish behind the preface': [preface, Buffer.alloc(100, 0xff)], 'no settings': [preface, frame(HEADERS, 5, 1, get())],
    'an empty frame of every type': [hello, ...Array.from({ length: 256 }, (_, type) => frame(type, 0, 0))], 'every flag': [hello, ...Array.from({ length: 10 }, (_, type) => frame(type, 255, 1, Buffer.alloc(8)))],
    'a frame too large': [hello, frame(HEADERS, 5, 1, Buffer.alloc(20000))], 'a length that lies': [hello, frame(HEADERS, 5, 1, get(), 0xffffff)], 'a length of nothing': [hello, frame(PING, 0, 0, Buffer.alloc(8), 0)],
    'stream 0': [hello, frame(HEADERS, 5, 0, get())], 'an even stream': [hello, frame(HEADERS, 5, 2, get())], 'streams backwards': [hello, frame(HEADERS, 5, 5, get()), frame(HEADERS, 5, 3, get())], 'a stream twice': [hello, frame(HEADERS, 5, 1, get()), frame(HEADERS, 5, 1, get())], 'the last stream': [hello, frame(HEADERS, 5, 0x7fffffff, get()), frame(HEADERS, 5, 1, get())], 'the reserved bit': [hello, frame(HEADERS, 5, 0x80000001, get())],
    'data before headers': [hello, frame(DATA, 1, 1, Buffer.from('a'))], 'data on stream 0': [hello, frame(DATA, 1, 0, Buffer.from('a'))], 'data behind the end': [hello, frame(HEADERS, 5, 1, get()), frame(DATA, 1, 1, Buffer.from('a'))], 'padding longer than the frame': [hello, frame(HEADERS, 5 | PADDED, 1, Buffer.concat([Buffer.from([255]), get()]))], 'padding alone': [hello, frame(DATA, PADDED, 1, Buffer.from([0]))],
    'continuation alone': [hello, frame(CONTINUATION, 4, 1, get())], 'a frame between continuations': [hello, frame(HEADERS, 1, 1, get()), frame(PING, 0, 0, Buffer.alloc(8)), frame(CONTINUATION, 4, 1)], 'a continuation of another stream': [hello, frame(HEADERS, 1, 1, get()), frame(CONTINUATION, 4, 3)], 'two thousand continuations': [hello, frame(HEADERS, 1, 1, get()), ...Array(2000).fill(frame(CONTINUATION, 0, 1, block([['x', 'y']])))], 'empty continuations': [hello, frame(HEADERS, 1, 1, get()), ...Array(5000).fill(frame(CONTINUATION, 0, 1))],
    'settings on a stream': [hello, frame(SETTINGS, 0, 1)], 'settings of 5 bytes': [hello, frame(SETTINGS, 0, 0, Buffer.alloc(5))], 'an acknowledgement with content': [hello, frame(SETTINGS, 1, 0, Buffer.alloc(6))], 'push wanted twice': [hello, frame(SETTINGS, 0, 0, setting(2, 2))], 'a window too large': [hello, frame(SETTINGS, 0, 0, setting(4, 0xffffffff))], 'frames too small': [hello, frame(SETTINGS, 0, 0, setting(5, 1))], 'a table of 4 GB': [hello, frame(SETTINGS, 0, 0, setting(1, 0xffffffff)), frame(HEADERS, 5, 1, get())], 'unknown settings': [hello, frame(SETTINGS, 0, 0, setting(99, 1))], 'a thousand settings': [hello, ...Array(1000).fill(frame(SETTINGS, 0, 0, setting(4, 1)))], 'a window of nothing': [hello, frame(SETTINGS, 0, 0, setting(4, 0)), frame(HEADERS, 5, 1, get())],
    'a window that overflows': [hello, frame(WINDOW_UPDATE, 0, 0, u32(0x7fffffff)), frame(WINDOW_UPDATE, 0, 0, u32(0x7fffffff))], 'a window update of 0': [hello, frame(WINDOW_UPDATE, 0, 0, u32(0))], 'a window update of nobody': [hello, frame(WINDOW_UPDATE, 0, 9, u32(1))], 'window updates by the byte': [hello, frame(SETTINGS, 0, 0, setting(4, 0)), frame(HEADERS, 5, 1, get()), ...Array(2000).fill(frame(WINDOW_UPDATE, 0, 1, u32(1)))],
    'a ping of 7 bytes': [hello, frame(PING, 0, 0, Buffer.alloc(7))], 'five thousand pings': [hello, ...Array(5000).fill(frame(PING, 0, 0, Buffer.alloc(8)))], 'a reset of nobody': [hello, frame(RST_STREAM, 0, 9, u32(0))], 'a reset of 3 bytes': [hello, frame(RST_STREAM, 0, 1, Buffer.alloc(3))], 'a promise': [hello, frame(PUSH_PROMISE, 4, 1, Buffer.concat([u32(2), get()]))], 'goodbye first': [hello, frame(GOAWAY, 0, 0, Buffer.alloc(8)), frame(HEADERS, 5, 1, get())], 'goodbye of 3 bytes': [hello, frame(GOAWAY, 0, 0, Buffer.alloc(3))], 'a priority on itself': [hello, frame(PRIORITY, 0, 1, Buffer.concat([u32(1), Buffer.from([255])]))], 'a priority of 4 bytes': [hello, frame(PRIORITY, 0, 1, u32(0))], 'priorities in a ring': [hello, ...Array.from({ length: 1000 }, (_, i) => frame(PRIORITY, 0, 2 * i + 1, Buffer.concat([u32(2 * ((i + 1) % 1000) + 1), Buffer.from([1])])))], 'headers that depend on themselves': [hello, frame(HEADERS, 5 | PRIORITY_FLAG, 1, Buffer.concat([u32(1), Buffer.from([1]), get()]))],
    'an index of nothing': [hello, frame(HEADERS, 5, 1, Buffer.from([0x80]))], 'an index too high': [hello, frame(HEADERS, 5, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]))], 'an integer without end': [hello, frame(HEADERS, 5, 1, Buffer.alloc(50, 0xff))], 'a text longer than the frame': [hello, frame(HEADERS, 5, 1, Buffer.from([0, 0x7f, 0xff, 0xff, 0x7f]))], 'Huffman rubbish': [hello, frame(HEADERS, 5, 1, Buffer.concat([Buffer.from([0, 0x84]), Buffer.alloc(4, 0xff), Buffer.from([0x84]), Buffer.alloc(4, 0xff)]))], 'a table that grows': [hello, frame(HEADERS, 5, 1, Buffer.concat([Buffer.from([0x3f, 0xff, 0xff, 0x7f]), get()]))],
    'an HPACK bomb': [hello, frame(HEADERS, 5, 1, Buffer.concat([get(), Buffer.from([0x40]), text('x'), text('v'.repeat(3900)), Buffer.alloc(4000, 0xbe)]))], 'no headers': [hello, frame(HEADERS, 5, 1)], 'headers without end': [hello, frame(HEADERS, 0, 1, get())],
    ...Object.fromEntries([':method', ':scheme', ':authority', ':path'].flatMap(name => [[`without ${name}`, headers(without(name))], [`${name} twice`, headers([...wanted, [name, '/x']])], [`${name} last`, headers([['a', 'b'], ...wanted])], [`${name} empty`, headers([...without(name), [name, '']])], [`${name} with a line end`, headers([...without(name), [name, 'x\r\nX: y']])], [`${name} with a NUL`, headers([...without(name), [name, '/\x00']])]])),
    ...Object.fromEntries([['Connection', 'close'], ['connection', 'close'], ['transfer-encoding', 'chunked'], ['upgrade', 'h2c'], ['te', 'gzip'], ['host', 'evil.example'], ['Cookie', 'a=b'], ['x y', 'z'], ['', 'x'], ['x', 'a\r\nb: c'], ['x\r\ny', 'z'], ['x\x00', 'y'], ['x', '\x00'], [':status', '200'], [':protocol', 'websocket'], [':x', 'y'], ['content-length', '5'], ['content-length', '-1'], ['content-length', '99999999999999999999'], ['x', 'v'.repeat(9000)], ['x'.repeat(9000), 'v'], ['cookie', '__Host-simportal=x'], ['x_y', 'z'], ['http2-settings', 'x']].map(([name, value], index) => [`header ${index + 1}`, headers([...wanted, [name, value]])])),
    ...Object.fromEntries(['login', '//login', '*', 'https://evil.example/', '/../login', '/login#x', '/\xff', '/%00', '/a b', '/\t', `/${'a'.repeat(9000)}`].map((path, index) => [`path ${index + 1}`, headers([...without(':path'), [':path', path]])])),
    ...Object.fromEntries(['CONNECT', 'PRI', 'get', 'TRACE', 'G T', ''].map((method, index) => [`method ${index + 1}`, headers([...without(':method'), [':method', method]])])),
    'a thousand streams at once': [hello, ...Array.from({ length: 1000 }, (_, i) => frame(HEADERS, 5, 2 * i + 1, get([], '/healthz')))], 'two hundred cookies': headers([...wanted, ...Array.from({ length: 200 }, (_, i) => ['cookie', `c${i}=v`])]), 'a length that lies about the data': [hello, frame(HEADERS, 4, 1, block([[':method', 'POST'], ...without(':method'), ['content-type', 'application/x-www-form-urlencoded'], ['content-length', '5']])), frame(DATA, 1, 1, Buffer.from('a=b&c=d'))],
};

// Rapid reset (CVE-2023-44487): opened and given up again, so that streams never count as open.
cases['two thousand streams, each reset at once'] = [hello, ...Array.from({ length: 2000 }, (_, i) => Buffer.concat([frame(HEADERS, 5, 2 * i + 1, get([], '/sims')), frame(RST_STREAM, 0, 2 * i + 1, u32(8))]))];

test('HTTP/2: each of them is refused or let go, and tells nothing', async () => {
    const work = Object.entries(cases).filter(([name]) => process.env.CASE === undefined || process.env.CASE === name);
    const queue = work.values();
    await Promise.all(Array.from({ length: 24 }, async () => {
        for (const [name, pieces] of queue) {
            const back = (await play(pieces)).toString('latin1');
            ok(!/nginx\/\d|\/usr\/|evil\.example/.test(back), `${name}: ${JSON.stringify(back.slice(0, 200))}\nsent: ${Buffer.concat(pieces).toString('hex').slice(0, 2000)}\nalone: CASE='${name}' tests/hostile/run 060-http2`);
            // A connection is told why it ends; one that is good so far is greeted.
            ok(back === '' || back.charCodeAt(3) <= 9 || back.startsWith('HTTP/1.1 400'), `${name}: ${JSON.stringify(back.slice(0, 60))}`);
        }
    }));
    console.log(`#  ${work.length} connections`);
});

test('HTTP/2: whoever comes next is served at once', async () => {
    const answer = await new Browser().get('/login', { keep: false });
    is(answer.status, 200);
    below(answer.ms, 3000 * slowness);
});

test('HTTP/2: requests in order are answered as over HTTP/1.1, with every header that is asked for', async () => {
    const session = http2.connect(`https://127.0.0.1:${port}`, { ca: readFileSync(env.CERT_FILE), servername: 'localhost', localAddress: address() });
    const ask = more => new Promise((resolve, reject) => {
        const stream = session.request({ ':authority': host, ...more });
        let body = '';
        let head;
        stream.on('response', one => { head = one; });
        stream.on('data', piece => { body += piece; });
        stream.on('end', () => resolve({ status: head[':status'], head: `HTTP/2\r\n${Object.entries(head).filter(([key]) => !key.startsWith(':')).flatMap(([key, value]) => [value].flat().map(one => `${key.replace(/(^|-)./g, c => c.toUpperCase())}: ${one}\r\n`)).join('')}`, body }));
        stream.on('error', reject);
        stream.end();
    });
    for (const [more, status] of [[{ ':path': '/login' }, 200], [{ ':path': '/sims', cookie: attacker.cookie() }, 200], [{ ':path': '/sims' }, 303], [{ ':path': '/none' }, 404], [{ ':path': '/%ff' }, 400], [{ ':path': '/', ':method': 'PUT' }, 405], [{ ':path': '/login', ':authority': 'evil.example' }, 421], [{ ':path': '/login', 'x-forwarded-host': 'evil.example' }, 200]]) {
        const answer = await ask(more);
        is(answer.status, status, JSON.stringify(more));
        is(judge(answer), [], JSON.stringify(more));
    }
    session.close();
});

await finish();
