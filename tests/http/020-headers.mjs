// 020-headers: the headers that security.md asks for stand on every kind of answer, and what each kind may be cached.
import { run, test, is, ok, like, unlike, has, expectLog } from './lib/tap.mjs';
import { Browser, demo, fetch, origin, raw, signedIn } from './lib/client.mjs';
import { env } from './lib/env.mjs';
import { csrfOf, links } from './lib/html.mjs';

expectLog(/"event":"refused","why":"csrf"/);
expectLog(/client intended to send too large body/);

const everywhere = {
    'strict-transport-security': /^max-age=31536000; includeSubDomains$/,
    'x-content-type-options': /^nosniff$/,
    'x-frame-options': /^DENY$/,
    'referrer-policy': /^same-origin$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'permissions-policy': /camera=\(\).*geolocation=\(\)/,
    'content-security-policy': /^default-src 'none'; /,
    'x-request-id': /^[0-9a-f]{32}$/,
};

function check(answer, kind) {
    for (const [name, want] of Object.entries(everywhere)) {
        like(answer.headers[name], want, `${kind}: ${name}`);
        is(answer.raw.filter((word, index) => index % 2 === 0 && word.toLowerCase() === name).length, 1, `${kind}: ${name} once`);
    }
    unlike(answer.headers.server, /\d/, `${kind}: no version`);
    is(answer.headers['x-powered-by'], undefined, `${kind}: X-Powered-By`);
    is(answer.headers['access-control-allow-origin'], undefined, `${kind}: no CORS`);
}

const visitor = new Browser();
const loginPage = await visitor.get('/login');
const assets = links(loginPage.text).filter(link => link.startsWith('/static/'));
const someone = await signedIn(demo('ADMIN'));

const kinds = [
    ['a public page', 200, () => visitor.get('/login')],
    ['a page of somebody logged in', 200, () => someone.get('/sims')],
    ['a redirect', 303, () => visitor.get('/sims')],
    ['a redirect by nginx', 301, () => visitor.get('/Login')],
    ['a download', 200, () => someone.get('/sims.csv')],
    ['a static file', 200, () => visitor.get(assets[0])],
    ['the favicon', 200, () => visitor.get('/favicon.ico')],
    ['the probe', 200, () => visitor.get('/healthz')],
    ['a 400 by the pool', 400, () => visitor.get('/login?next=%00')],
    ['a 400 by nginx', 400, () => visitor.ask('GET', '/%')],
    ['a 403', 403, () => someone.post('/language', { language: 'ja' }, { csrf: 'wrong' })],
    ['a 404 by the pool', 404, () => visitor.get('/no-such-page')],
    ['a 404 for a static file', 404, () => visitor.get('/static/none.css')],
    ['a 404 for a hidden file', 404, () => visitor.get('/.git/HEAD')],
    ['a 405 by the pool', 405, () => someone.post('/sims')],
    ['a 405 by nginx', 405, () => visitor.ask('DELETE', '/')],
    ['a 413', 413, () => visitor.send('/login', 'a'.repeat(9000))],
    ['a 415', 415, () => visitor.send('/login', '{}', { headers: { 'Content-Type': 'application/json' } })],
    ['a 421', 421, () => visitor.get('/', { headers: { Host: 'evil.example' } })],
    ['a 422', 422, () => someone.get('/sims?phone=abc')],
];

for (const [kind, status, ask] of kinds) {
    test(`3.4.1, 3.4.4-8, 13.4.6 the security headers stand on ${kind}`, async () => {
        const answer = await ask();
        is(answer.status, status);
        check(answer, kind);
    });
}

test('3.4.1 and on the answer to plain HTTP, which leads to HTTPS and nowhere else (12.2.1)', async () => {
    const port = Number(process.env.HTTP_PORT ?? 0);
    if (!port)
        return;
    const http = await import('node:http');
    const answer = await new Promise((resolve, reject) => http.get({ host: '127.0.0.1', port, path: '/sims?a=b', headers: { Host: `localhost:${port}` } }, resolve).on('error', reject));
    answer.resume();
    is([answer.statusCode, answer.headers.location], [308, `${origin}/sims?a=b`]);
    is(answer.headers['set-cookie'], undefined);
    is(answer.headers['x-content-type-options'], 'nosniff');
});

test('plain HTTP spoken to the TLS port is answered, without a page', async () => {
    const net = await import('node:net');
    const asked = host => new Promise((resolve, reject) => {
        const socket = net.connect(new URL(origin).port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
        let all = '';
        socket.on('data', piece => { all += piece; }).on('close', () => resolve(all)).on('error', reject);
    });
    const text = await asked('localhost');
    like(text, /^HTTP\/1\.1 308 /);
    unlike(text, /Set-Cookie|csrf/);
    has(text, `\r\nLocation: ${origin}/\r\n`);
    has(await asked('evil.example'), `\r\nLocation: ${origin}/\r\n`, 'whatever host was asked for');
});

test('3.4.3 the policy has object-src none, base-uri none, frame-ancestors none, and nothing unsafe', async () => {
    const policy = loginPage.headers['content-security-policy'];
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'self'", "style-src 'self'"])
        ok(policy.split('; ').includes(part), part);
    unlike(policy, /unsafe|\*|data:|http/);
    unlike(loginPage.text, /<script(?![^>]*src=)|<style|\sstyle="|\son[a-z]+="/);
});

test('14.3.2 pages of people and of visitors, redirects, errors and downloads are stored nowhere', async () => {
    for (const answer of [loginPage, await someone.get('/'), await someone.get('/sims'), await someone.get('/sims.csv'), await visitor.get('/'),
        await visitor.get('/none'), await someone.get('/sims?phone=x'), await visitor.ask('PUT', '/'), await visitor.send('/login', 'a'.repeat(9000))])
        is(answer.headers['cache-control'], 'no-store', String(answer.status));
});

test('4.1.1 every answer with a body names its type and charset', async () => {
    for (const [path, type] of [['/login', 'text/html; charset=utf-8'], ['/none', 'text/html; charset=utf-8'], ['/static/none', 'text/html; charset=utf-8'],
        ['/healthz', 'application/json; charset=utf-8'], ...assets.filter(one => one.endsWith('.css')).map(one => [one, 'text/css; charset=utf-8']),
        ...assets.filter(one => one.endsWith('.js')).map(one => [one, 'application/javascript; charset=utf-8'])])
        is((await visitor.get(path)).headers['content-type'], type, path);
    is((await someone.get('/sims.csv')).headers['content-type'], 'text/csv; charset=utf-8');
});

test('3.4.2 a foreign Origin gets no leave to read', async () => {
    for (const path of ['/', '/login', '/sims', '/sims.csv', assets[0]]) {
        const answer = await someone.get(path, { headers: { Origin: 'https://evil.example' } });
        is(Object.keys(answer.headers).filter(name => name.startsWith('access-control')), [], path);
    }
    is((await someone.ask('OPTIONS', '/sims', { headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' } })).status, 405);
});

test('static files carry a digest in their names, are kept for good, and come compressed', async () => {
    ok(assets.length >= 3, assets.join());
    for (const path of assets) {
        like(path, /^\/static\/[a-z-]+\.[0-9a-f]{12}\.\w+$/);
        const plain = await visitor.get(path);
        is(plain.headers['cache-control'], 'public, max-age=31536000, immutable', path);
        is(plain.headers['content-encoding'], undefined, path);
        is(plain.headers['set-cookie'], undefined, path);
        const packed = await visitor.get(path, { headers: { 'Accept-Encoding': 'gzip, br' } });
        is([packed.headers['content-encoding'], packed.headers.vary], ['gzip', 'Accept-Encoding'], path);
        ok(packed.body.equals(plain.body), `${path}: the same bytes`);
        const again = await visitor.get(path, { headers: { 'If-None-Match': plain.headers.etag } });
        is(again.status, 304, path);
        check(again, `304 of ${path}`);
    }
});

test('pages may be compressed only because their CSRF token is masked anew in each (architecture.md)', async () => {
    for (const [who, path] of [[visitor, '/login'], [someone, '/sims']]) {
        const answers = [];
        for (let i = 0; i < 4; i++)
            answers.push(await who.get(path, { headers: { 'Accept-Encoding': 'gzip' } }));
        const tokens = answers.map(answer => csrfOf(answer.text));
        is(new Set(tokens).size, 4, 'no two are alike');
        const pieces = token => new Set(Array.from({ length: token.length - 7 }, (_, i) => token.slice(i, i + 8)));
        ok(![...pieces(tokens[0])].some(piece => pieces(tokens[1]).has(piece)), 'nor in part');
        const forms = [...answers[0].text.matchAll(/name="csrf" value="([^"]+)"/g)].map(match => match[1]);
        is(new Set(forms).size, 1, 'one a page');
    }
});

test('the favicon is there by its own name', async () => {
    const icon = await visitor.get('/favicon.ico');
    is(icon.status, 200);
    like(icon.headers['content-type'], /^image\/(x-icon|vnd\.microsoft\.icon)$/);
    ok(icon.body.length > 50 && icon.body.readUInt16LE(2) === 1, 'it is an icon');
    is(icon.headers['cache-control'], 'public, max-age=86400');
});

test('HTTP/2 and TLS 1.2 and 1.3 are spoken, older ones not (12.1.1)', async () => {
    const tls = await import('node:tls');
    const { readFileSync } = await import('node:fs');
    const shake = options => new Promise(resolve => {
        let socket;
        try {
            socket = tls.connect({ host: '127.0.0.1', port: new URL(origin).port, servername: 'localhost', ca: readFileSync(env.CERT_FILE), ...options },
                () => { resolve([socket.getProtocol(), socket.alpnProtocol, socket.getCipher().name]); socket.destroy(); });
        } catch {
            resolve(['refused', false, '']); // this OpenSSL itself does not know it any more
            return;
        }
        socket.on('error', () => resolve(['refused', false, '']));
    });
    is((await shake({ ALPNProtocols: ['h2', 'http/1.1'] })).slice(0, 2), ['TLSv1.3', 'h2']);
    is((await shake({ maxVersion: 'TLSv1.2' }))[0], 'TLSv1.2');
    for (const version of ['TLSv1', 'TLSv1.1'])
        is((await shake({ minVersion: version, maxVersion: version, ciphers: 'ALL@SECLEVEL=0' }))[0], 'refused', version);
    for (const cipher of ['AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES128-SHA256', 'DES-CBC3-SHA'])
        is((await shake({ maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0` }))[0], 'refused', cipher);
});

test('HEAD answers like GET, without the body', async () => {
    for (const path of ['/login', '/sims', '/sims.csv', '/healthz', '/none', assets[0]]) {
        const get = await someone.get(path);
        const head = await someone.ask('HEAD', path);
        is([head.status, head.body.length, head.headers['content-type']], [get.status, 0, get.headers['content-type']], path);
    }
    like(await raw('HEAD /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'), /\r\n\r\n$/);
});

test('a request id is new each time, and no client names it', async () => {
    const ids = new Set();
    for (let i = 0; i < 5; i++)
        ids.add((await fetch({ path: '/login', headers: { 'X-Request-Id': 'mine' } })).headers['x-request-id']);
    is([ids.size, ids.has('mine')], [5, false]);
});

await run();
