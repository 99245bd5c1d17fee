// 900-slow: a thousand connections that only dawdle: headers by the byte, bodies by the byte, answers that nobody takes,
// nothing at all. Others are answered within half a second all the while (security.md), and all of it is let go in the end.
import { test, ok, is, below, until, tick, slowness } from '../http/lib/tap.mjs';
import { Browser, address } from '../http/lib/client.mjs';
import { attacker, finish, host, target } from './lib/attack.mjs';
import { connect } from './lib/wire.mjs';

const SLOW = 1000;
const post = `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\na`;
const HEADERS = 'sends its headers by the byte', DEAF = 'takes no answer';
const visitor = new Browser();
const kinds = [
    ['says nothing', '', null],
    [HEADERS, `GET /login HTTP/1.1\r\nHost: ${host}\r\nX: `, 'y'],
    ['sends its body by the byte', post, 'b'],
    ['sends its chunks by the byte', `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'],
    [DEAF, `GET /sims HTTP/1.1\r\nHost: ${host}\r\nCookie: ${attacker.cookie()}\r\n\r\n`.repeat(3), null],
];

// Each from an address of its own, as a crowd of machines would.
async function crowd() {
    const sockets = [];
    for (let i = 0; i < SLOW; i += 1) {
        const [kind, first] = kinds[i % kinds.length];
        const socket = connect({ from: address() });
        socket.kind = kind;
        socket.on('error', () => {});
        socket.on('secureConnect', () => {
            socket.write(first);
            if (kind !== DEAF)
                socket.resume();
        });
        sockets.push(socket);
        if (i % 40 === 39)
            await tick(10);
    }
    await until(() => sockets.every(socket => socket.authorized || socket.destroyed), 'all are connected', 30);
    return sockets;
}

const pages = [[visitor, '/login'], [attacker, '/'], [attacker, '/sims'], [attacker, `/sims/${target}`], [attacker, '/sims.csv'], [visitor, '/favicon.ico']];
async function round(times) {
    for (const [who, path] of pages) {
        const answer = await who.get(path, { keep: false });
        is(answer.status, 200, path);
        times.push(answer.ms);
    }
}

test(`${SLOW} slow connections leave others answered within 500 ms`, async () => {
    const before = [], times = [];
    await round(before);
    await round(before);
    const began = Date.now();
    const sockets = await crowd();
    ok(sockets.filter(socket => !socket.destroyed).length >= SLOW * 0.9, 'they are there');
    const drip = setInterval(() => sockets.forEach(socket => {
        const piece = kinds.find(([kind]) => kind === socket.kind)[2];
        if (piece && !socket.destroyed)
            socket.write(piece);
    }), 500);
    const dripping = () => sockets.filter(socket => socket.kind === HEADERS && !socket.destroyed).length;
    while (times.length < 10 * pages.length || dripping() > 0 && Date.now() - began < 20000) {
        await round(times);
        await tick(100);
    }
    clearInterval(drip);
    is(dripping(), 0, 'a header that takes longer than ten seconds is let go, though it never stops');
    sockets.forEach(socket => socket.destroy());
    times.sort((a, b) => a - b);
    const most = times[Math.floor(times.length * 0.95)];
    console.log(`#  ${times.length} answers beside ${SLOW}: median ${times[times.length >> 1].toFixed(0)} ms, 95 of 100 within ${most.toFixed(0)}, slowest ${times.at(-1).toFixed(0)}; alone: slowest ${Math.max(...before).toFixed(0)} ms`);
    below(most, 500 * slowness, 'ms for 95 of 100 answers');
}, { alone: true });

await finish();
