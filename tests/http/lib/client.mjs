// client.mjs: browsers without a screen: cookies kept as a browser keeps them, each from a loopback address of its
// own, so that limits per address never mix two tests; and raw bytes for what no client library would send.
import https from 'node:https';
import tls from 'node:tls';
import { appendFileSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { env, base } from './env.mjs';
import { csrfOf } from './html.mjs';

const ca = readFileSync(env.CERT_FILE);
export const port = Number(base.port);
export const origin = base.origin;

// 127.x.y.z: nginx sees each of them as a peer of its own.
let last = Math.floor(Math.random() * 0xffff00) + 0x000100;
export function address() {
    last = (last + 1) & 0xffffff;
    const octets = [last >> 16, (last >> 8) & 255, last & 255].map(octet => Math.min(Math.max(octet, 1), 254));
    return `127.${octets.join('.')}`;
}

// A connection that rests is given up before nginx does it, who might when the next request is just on its way.
const agent = new https.Agent({ keepAlive: true, timeout: 20000, ca, servername: 'localhost', maxSockets: 200 });

// One request and its whole answer: { status, headers, body, text, ms }. Follows nothing.
export function fetch({ method = 'GET', path, headers = {}, body, from = '127.0.0.1', timeout = 30000, keep = true }) {
    const began = process.hrtime.bigint();
    return new Promise((resolve, reject) => {
        const request = https.request({ host: '127.0.0.1', port, method, path, localAddress: from, ca, servername: 'localhost',
            agent: keep ? agent : false, headers: { Host: base.host, ...headers } }, answer => {
            const pieces = [];
            answer.on('data', piece => pieces.push(piece));
            answer.on('error', reject);
            answer.on('end', () => {
                const bytes = Buffer.concat(pieces);
                const plain = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
                resolve({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, body: plain,
                    text: plain.toString('utf8'), ms: Number(process.hrtime.bigint() - began) / 1e6 });
            });
        });
        request.setTimeout(timeout, () => request.destroy(new Error(`no answer within ${timeout} ms: ${method} ${path}`)));
        request.on('error', reject);
        request.end(body);
    });
}

// What no log may ever hold: every cookie, token and password that goes over a line. Noted here, looked for in 990-secrets;
// but for what is short or of few letters (aaaaaaaaaaaa), which stands in a log for other reasons.
const secretFields = ['csrf', 'password', 'present', 'new', 'again'];
const noted = new Set();
export function note(kind, value) {
    if (String(value).length < 12 || new Set(String(value)).size < 6 || noted.has(value))
        return;
    noted.add(value);
    appendFileSync(`${env.VAR}/secrets-used`, `${JSON.stringify([kind, value])}\n`, { mode: 0o600 });
}

const encode = fields => (Array.isArray(fields) ? fields : Object.entries(fields))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

export class Browser {
    constructor({ from = address(), headers = {} } = {}) {
        this.from = from;
        this.headers = headers;
        this.cookies = new Map();
        this.csrf = '';
        this.history = [];
        this.base = '';
    }

    // The same browser in a tab with the pages of one customer ('all': of all): paths are below it.
    tab(customer) {
        return Object.assign(Object.create(this), { base: `/customers/${customer}` });
    }

    // A browser refuses a __Host- cookie that is not Secure, has a Domain, or another Path.
    keep(lines = []) {
        for (const line of lines) {
            const [pair, ...rest] = line.split(/; */);
            const name = pair.slice(0, pair.indexOf('='));
            const flags = rest.map(one => one.toLowerCase());
            if (name.startsWith('__Host-') && (!flags.includes('secure') || !flags.includes('path=/') || flags.some(one => one.startsWith('domain'))))
                throw new Error(`a browser would not take this cookie: ${line}`);
            if (flags.some(one => /^max-age=(0|-\d+)$/.test(one)))
                this.cookies.delete(name);
            else
                this.cookies.set(name, pair.slice(name.length + 1));
            if (name !== '__Host-simportal-language')
                note(name, pair.slice(name.length + 1));
        }
    }

    cookie() {
        return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    }

    async ask(method, path, { headers = {}, body, timeout, keep } = {}) {
        const cookie = this.cookie();
        const answer = await fetch({ method, path: this.base + path, body, timeout, keep, from: this.from,
            headers: { ...(cookie ? { Cookie: cookie } : {}), ...this.headers, ...headers } });
        this.keep(answer.headers['set-cookie']);
        this.csrf = csrfOf(answer.text) ?? this.csrf;
        return answer;
    }

    get(path, options) {
        return this.ask('GET', path, options);
    }

    // Fields as an object or pairs; the token of the last page goes along unless `csrf` says otherwise (null: none).
    post(path, fields = {}, { csrf = this.csrf, headers = {}, ...options } = {}) {
        const pairs = Array.isArray(fields) ? [...fields] : Object.entries(fields);
        if (csrf !== null)
            pairs.unshift(['csrf', csrf]);
        pairs.filter(([name]) => secretFields.includes(name)).forEach(([name, value]) => note(name, value));
        return this.send(path, encode(pairs), { headers, ...options });
    }

    send(path, body, { headers = {}, ...options } = {}) {
        return this.ask('POST', path, { body, ...options,
            headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body), ...headers } });
    }

    get token() {
        return this.cookies.get('__Host-simportal');
    }

    async tryLogin({ login, password, next, ...more }) {
        if (!this.cookies.has('__Host-simportal-visit'))
            await this.get('/login');
        return this.post('/login', { login_id: login, password, ...(next !== undefined ? { next } : {}), ...more });
    }

    // Logs in and opens the start page, whose token the next post takes.
    async login(who) {
        const answer = await this.tryLogin(who);
        if (answer.status !== 303)
            throw new Error(`login of ${who.login}: ${answer.status}`);
        await this.get(answer.headers.location);
        return this;
    }
}

export const signedIn = (who, options) => new Browser(options).login(who);
export const demo = name => ({ login: env[`${name}_LOGIN`], password: env[`${name}_PASSWORD`] });

// Bytes as they are on a connection of their own; resolves with all that came back, however it ended.
export function raw(bytes, { timeout = 15000, from = address(), secure = true, version } = {}) {
    return new Promise((resolve, reject) => {
        const pieces = [];
        const socket = tls.connect({ host: '127.0.0.1', port, ca, servername: 'localhost', localAddress: from, ALPNProtocols: ['http/1.1'],
            ...(version ? { minVersion: version, maxVersion: version } : {}) }, () => socket.write(bytes));
        const end = () => resolve(Buffer.concat(pieces).toString('latin1'));
        socket.on('data', piece => pieces.push(piece));
        socket.on('close', end);
        socket.on('error', error => (secure || pieces.length > 0 ? end() : reject(error)));
        socket.setTimeout(timeout, () => socket.destroy());
    });
}
export const statuses = text => [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(match => Number(match[1]));
