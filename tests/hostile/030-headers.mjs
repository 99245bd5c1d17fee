// 030-headers: headers that could mean something to a server, filled with what they should not be. Every route meets a
// sample of them, each kind of route all (lib/share.mjs).
import { attack, attacker, finish, host, pathOf, request, routes } from './lib/attack.mjs';
import { all, sample, some, markup } from './lib/payloads.mjs';
import { Share, kindOf } from './lib/share.mjs';

const session = attacker.cookies.get('__Host-simportal');
const plain = value => decodeURIComponent(value.replace(/%(?![0-7][0-9a-f])/gi, '%25')).replace(/[\r\n]/g, ' ').replace(/[^\x00-\xff]/g, '?');

const hosts = ['', ' ', 'evil.example', 'evil.example:8443', `evil.example/${host}`, `${host}.evil.example`, `evil.${host}`, `${host}@evil.example`, `evil@${host}`, `${host},evil.example`, `${host} evil.example`, 'localhost', 'LOCALHOST', 'localhost.', 'localhost..', '.localhost', 'localhost:', 'localhost:0', 'localhost:99999', 'localhost:abc', 'localhost:-1', 'localhost:443:443',
    '127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::1]', '[::1', '::1', '[::ffff:127.0.0.1]', '[]', '0.0.0.0', 'localhost/', 'localhost/../x', 'localhost?x', 'localhost#x', 'localhost\\x', 'localhost\x00', 'localhost\t', '\xff', '<zqx>', '"', "'", '$host', '${host}', '*', '*.localhost', '_', '1localhost', '~^1', 'a'.repeat(255), 'a'.repeat(4000), 'xn--80ak6aa92e.com'];

const cookies = ['', ';', ';;;;', '=', '==', '__Host-simportal', '__Host-simportal=', '__Host-simportal=;', `__Host-simportal=${'A'.repeat(43)}`, `__Host-simportal=${'A'.repeat(42)}`, `__Host-simportal=${'A'.repeat(44)}`, `__Host-simportal=${session}; __Host-simportal=${session}`, `__Host-simportal="${session}"`, `__Host-simportal= ${session}`, `__host-simportal=${session}`,
    `__Host-simportal=${session}%00`, `__Host-simportal=%${session}`, `__Host-simportal[]=${session}`, `$Version=1; __Host-simportal=${session}; $Path=/`, `a=b, __Host-simportal=${session}`, `=__Host-simportal=${session}`, `__Host-simportal\t=${session}`, `__Host-simportal=${session}\x01`, `__Host-simportal=${session}; __Host-simportal-visit=x; __Host-simportal-visit=y`,
    '__Host-simportal-visit=<zqx>', '__Host-simportal-visit=../../etc/passwd', `__Host-simportal-visit=${'v'.repeat(3000)}`, '__Host-simportal-language=xx', '__Host-simportal-language=<zqx>', '__Host-simportal-language=../ja', "__Host-simportal-language=en'", '__Host-simportal-language=en; __Host-simportal-language=ja', '__Host-simportal=\xff\xfe', '\x00', 'a=b; '.repeat(1200), `a=${'b'.repeat(7000)}`, `a=${'b'.repeat(9000)}`, `a=${'b'.repeat(33000)}`, ';'.repeat(7000)];

const forwarded = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Prefix', 'X-Forwarded-Server', 'X-Real-IP', 'X-Client-IP', 'Client-IP', 'True-Client-IP', 'CF-Connecting-IP', 'Forwarded', 'Via', 'X-Original-URL', 'X-Rewrite-URL', 'X-Original-Host', 'X-Host', 'X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Accel-Redirect', 'X-Sendfile', 'X-Request-Id', 'X-Remote-User', 'Remote-User', 'X-Authenticated-User',
    'Proxy', 'Status', 'Location', 'Set-Cookie', 'Script-Name', 'Path-Info', 'Remote-Addr', 'Request-Uri', 'Document-Root', 'X-Frame-Options', 'X-Simportal-Pool', 'Simportal', 'Http-Cookie', 'FCGI-Role', 'LD-Preload', 'Bash-Env'];

const meanings = [
    ...['bytes=0-', 'bytes=0-0', 'bytes=-1', 'bytes=5-2', 'bytes=0-99999999999999999999', 'bytes=a-b', 'bytes=', 'bytes', 'lines=1-2', `bytes=${'0-,'.repeat(1000)}0-`, `bytes=${Array.from({ length: 300 }, (_, i) => `${i}-`).join()}`, 'bytes=18446744073709551615-', 'bytes=-18446744073709551616'].map(value => ['Range', value]),
    ...['*', '"x"', 'W/"x"', '"', `${'"a",'.repeat(1500)}"b"`, '\xff'].flatMap(value => [['If-None-Match', value], ['If-Match', value], ['If-Range', value]]),
    ...['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'x', '0', '-1', 'Thu, 01 Jan 1970'].flatMap(value => [['If-Modified-Since', value], ['If-Unmodified-Since', value]]),
    ...['gzip', 'gzip;q=0', 'br', '*', 'gzip;q=1e9', 'gzip,'.repeat(1000), 'identity;q=0', ';', 'gzip;q=\xff'].map(value => ['Accept-Encoding', value]),
    ...['*/*', 'application/json', 'text/html;q=9', '../../x', ','.repeat(3000), 'a/b;c="'].map(value => ['Accept', value]),
    ...['en', 'xx', 'ja-JP-u-ca-japanese', '*', '../en', 'en'.repeat(2000)].map(value => ['Accept-Language', value]),
    ...['100-continue', '200-ok', 'x', ''].map(value => ['Expect', value]),
    ...['h2c', 'websocket', 'HTTP/2.0', 'TLS/1.0', 'x'].map(value => ['Upgrade', value]),
    ...['keep-alive', 'close, keep-alive', 'upgrade', 'Cookie', 'Content-Length', 'Host, close', 'x', ''].map(value => ['Connection', value]),
    ...['trailers', 'chunked', 'gzip, chunked', 'x'].map(value => ['TE', value]),
    ...['Basic YWRtaW46YWRtaW4=', 'Basic !', 'Bearer x', 'Digest a=b', 'Negotiate x', ''].map(value => ['Authorization', value]),
    ...['0', '-1', '99999999999', 'x'].map(value => ['Max-Forwards', value]), ['Cache-Control', 'no-cache, x=\xff'], ['Pragma', 'x'], ['Access-Control-Request-Method', 'PUT'], ['Origin', 'https://evil.example'], ['Origin', 'null'], ['Origin', ''], ['Origin', `https://${host}.evil.example`], ['Origin', `https://${host}/`], ['Sec-Fetch-Site', 'cross-site'], ['Sec-Fetch-Site', ''], ['Sec-Fetch-Mode', 'navigate'],
    ['Referer', 'https://evil.example/'], ['Referer', `https://${host}/<zqx>`], ['Referer', 'x'.repeat(7000)], ['User-Agent', ''], ['User-Agent', 'a'.repeat(7000)], ['User-Agent', '\x01\x7f\xff'], ['User-Agent', '() { :;}; id'], ['User-Agent', '%n%s'], ['User-Agent', '<zqx>'], ['User-Agent', '=1+1'], ['Transfer-Encoding', 'x'], ['Trailer', 'Content-Length'], ['Date', 'x'], ['Content-Encoding', 'gzip'], ['Content-Range', 'bytes 0-1/2'], ['Content-Type', 'x'], ['Content-Location', '//evil.example'], ['Early-Data', '1'], ['Service-Worker', 'script'], ['X-Requested-With', 'XMLHttpRequest'],
];

const number = (list, kind) => list.map((value, index) => [`${kind} ${index + 1}`, value]);

const odd = new Share('routes × headers', routes.map(route => ({ name: route.name, kind: kindOf(route) })), 16);
for (const route of routes) {
    const send = (headers, { token = attacker.csrf, cookie } = {}) => request(route.method, pathOf(route.pattern), { headers, cookie, close: false, ...(route.method === 'POST' ? { body: `csrf=${token}` } : {}) });
    attack(`4.1.3, 3.5.1 ${route.name}: each header with what it should not be`, token => {
        return odd.of(route.name, [
            ...number(hosts, 'Host').map(([name, value]) => ({ name, bytes: send([['Host', value]], { token }) })),
            ...number(cookies, 'Cookie').map(([name, value]) => ({ name, bytes: send([['Cookie', value]], { token }) })),
            ...forwarded.flatMap(name => ['evil.example', '127.0.0.1', '/etc/passwd', '<zqx>'].map(value => ({ name: `${name}: ${value}`, bytes: send([[name, value]], { token }) }))),
            ...meanings.map(([name, value], index) => ({ name: `${name} ${index + 1}`, bytes: send([[name, value]], { token }) })),
        ]);
    }, { keep: true });
}

// The log holds them, a page or a redirect may, or they are only read.
const kinds = { 'User-Agent': 'logged', Referer: 'logged', Origin: 'compared', 'X-Anything': 'unread', Cookie: 'parsed', 'Accept-Language': 'parsed', 'Content-Type': 'compared', 'Sec-Fetch-Site': 'compared', Host: 'host' };
const filled = new Share('headers × payloads', Object.entries(kinds).map(([name, kind]) => ({ name, kind })), sample);
attack('16.4.1 headers with each payload', () => {
    return Object.keys(kinds).flatMap(header => filled.of(header, all.filter(one => some.includes(one) || markup.includes(one) || sample.includes(one[0]))
        .map(([item, value]) => ({ name: `${header}: ${item}`, item, bytes: request('GET', '/sims', { headers: [[header, plain(value)]], close: false }) }))));
}, { keep: true });
for (const share of [odd, filled])
    share.check();

attack('oddly written headers', () => [
    'X', ': x', ' : x', 'X :', 'X : y', '\tX: y', 'X\t: y', 'X-\x00: y', 'X: \x00', 'X(): y', 'X: a\r\n b', 'X: a\r\n\tb', ' X: y', '\xff: y', 'X-\xe3\x81\x82: y', '__x: y', 'X_FORWARDED_FOR: 1', 'Content_Length: 5', `${'X'.repeat(5000)}: y`, `X: ${'y'.repeat(9000)}`, `X: ${'y'.repeat(40000)}`, 'Host: localhost', 'Host: evil.example', 'host : evil.example', 'Cookie: a=b', 'Cookie: __Host-simportal=x', 'Content-Length: 0', 'Content-Length: 0\r\nContent-Length: 0', 'Connection: close\r\nConnection: keep-alive',
    Array.from({ length: 99 }, (_, i) => `X-${i}: y`).join('\r\n'), Array.from({ length: 3000 }, (_, i) => `X-${i}: y`).join('\r\n'), 'X: y\rX: z', 'X: y\n\tz', '\r\nX: y', 'HTTP/1.1 200 OK', 'GET / HTTP/1.1', '{"a":1}',
].map((line, index) => ({ name: `line ${index + 1}`, count: 2, patience: 2500, answers: 2, methods: ['GET', 'GET'], bytes: Buffer.from(`GET /login HTTP/1.1\r\nHost: ${host}\r\n${line}\r\nConnection: close\r\n\r\n`, 'latin1') })));

await finish();
