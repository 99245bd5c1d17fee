// wire.mjs: bytes to the server and the answers that come back, read by the letter of HTTP/1.1: what does not frame
// exactly is a fault. Connections resume one TLS session, so that thousands of them cost little.
import tls from 'node:tls';
import { readFileSync } from 'node:fs';
import { env } from '../../http/lib/env.mjs';
import { address, port } from '../../http/lib/client.mjs';

const ca = readFileSync(env.CERT_FILE);
let session;

export function connect({ from = address(), alpn = 'http/1.1' } = {}) {
    const socket = tls.connect({ host: '127.0.0.1', port, ca, servername: 'localhost', localAddress: from, ALPNProtocols: [alpn], session, noDelay: true });
    socket.on('session', one => { session = one; });
    return socket;
}

// One answer at `at` of `text` (latin1): { status, head, body, next }; null when it is not all there yet.
function readOne(text, at, method, closed) {
    const end = text.indexOf('\r\n\r\n', at);
    if (end < 0)
        return null;
    const head = text.slice(at, end + 2);
    const status = Number(head.match(/^HTTP\/1\.1 (\d{3}) /)?.[1]);
    if (!status)
        throw new Error(`no status line: ${JSON.stringify(head.slice(0, 80))}`);
    let next = end + 4;
    if (status < 200 || status === 204 || status === 304 || method === 'HEAD')
        return { status, head, body: '', next };
    const length = head.match(/^content-length: (\d+)\r$/im);
    if (length) {
        const body = text.slice(next, next + Number(length[1]));
        return body.length < Number(length[1]) ? null : { status, head, body, next: next + body.length };
    }
    if (!/^transfer-encoding: chunked\r$/im.test(head))
        return closed ? { status, head, body: text.slice(next), next: text.length } : null;
    for (let body = ''; ;) {
        const line = text.indexOf('\r\n', next);
        if (line < 0)
            return null;
        const size = text.slice(next, line);
        if (!/^[0-9a-f]+$/i.test(size))
            throw new Error(`no size of a chunk: ${JSON.stringify(size.slice(0, 40))}`);
        const n = parseInt(size, 16);
        if (text.length < line + 2 + n + 2)
            return null;
        body += text.slice(line + 2, line + 2 + n);
        next = line + 2 + n + 2;
        if (n === 0)
            return { status, head, body, next };
    }
}

export function readAll(text, methods, closed) {
    const answers = [];
    let at = 0;
    while (at < text.length) {
        const one = readOne(text, at, methods[answers.filter(answer => answer.status >= 200).length] ?? 'GET', closed);
        if (one === null)
            break;
        answers.push(one);
        at = one.next;
    }
    return { answers, rest: text.slice(at) };
}

// Send `bytes` on a connection of their own and read until it ends, or until `count` answers are there, or for `patience`
// milliseconds: { answers, rest, ended, ms }.
export function exchange(bytes, { from, methods = ['GET'], count = Infinity, patience = 15000 } = {}) {
    const began = process.hrtime.bigint();
    return new Promise(resolve => {
        let text = '', done = false, broken;
        const socket = connect({ from });
        const finish = ended => {
            if (done)
                return;
            done = true;
            clearTimeout(timer);
            socket.destroy();
            let read = { answers: [], rest: text };
            try {
                read = readAll(text, methods, true);
            } catch (error) {
                broken = error;
            }
            resolve({ ...read, ended, broken, ms: Number(process.hrtime.bigint() - began) / 1e6 });
        };
        const timer = setTimeout(() => finish(false), patience);
        socket.on('secureConnect', () => socket.write(bytes));
        socket.on('data', piece => {
            text += piece.toString('latin1');
            if (count !== Infinity && !done) {
                try {
                    if (readAll(text, methods, false).answers.filter(one => one.status >= 200).length >= count)
                        finish(false);
                } catch (error) {
                    broken = error;
                    finish(false);
                }
            }
        });
        socket.on('error', () => finish(true));
        socket.on('close', () => finish(true));
    });
}

// A connection that is kept: `ask` sends one request after the other and hands back each answer.
export class Line {
    constructor(from) {
        this.from = from;
    }

    open() {
        const socket = connect({ from: this.from });
        this.socket = socket;
        this.text = '';
        this.ended = false;
        socket.on('data', piece => {
            if (socket === this.socket) {
                this.text += piece.toString('latin1');
                this.wake?.();
            }
        });
        // An older connection ends when it likes.
        for (const event of ['close', 'error'])
            socket.on(event, () => {
                if (socket === this.socket) {
                    this.ended = true;
                    this.wake?.();
                }
            });
        return new Promise((resolve, reject) => {
            socket.once('secureConnect', resolve);
            socket.once('error', reject);
        });
    }

    async ask(bytes, method, patience = 15000) {
        if (!this.socket || this.ended)
            await this.open();
        this.socket.write(bytes);
        const end = Date.now() + patience;
        for (;;) {
            const answer = readAll(this.text, [method], this.ended).answers.find(one => one.status >= 200);
            if (answer) {
                this.text = this.text.slice(answer.next);
                if (this.text !== '')
                    throw new Error(`more than one answer: ${JSON.stringify(this.text.slice(0, 200))}`);
                if (/^connection: close\r$/im.test(answer.head))
                    this.close();
                return answer;
            }
            if (this.ended || Date.now() > end) {
                const why = this.ended ? 'the connection ended without an answer' : `no answer within ${patience} ms`;
                this.close();
                throw new Error(why);
            }
            await new Promise(wake => {
                const timer = setTimeout(wake, end - Date.now() + 1);
                this.wake = () => { clearTimeout(timer); wake(); };
            });
        }
    }

    close() {
        this.socket?.destroy();
        this.ended = true;
    }
}
