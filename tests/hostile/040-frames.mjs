// 040-frames: where a request ends: smuggling in all its forms, lengths that lie, odd chunks, broken lines, requests that
// stop halfway. One answer at most, and never one to what stands in a body.
import { logText, test, unlike } from '../http/lib/tap.mjs';
import { attack, finish, host, request } from './lib/attack.mjs';

const form = `Host: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
const inner = `GET /zqx-smuggled HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`;
const behind = inner.replace('zqx-smuggled', 'behind');
const size = inner.length.toString(16);
const bytes = text => Buffer.from(text, 'latin1');
const post = (head, body, target = '/login') => bytes(`POST ${target} HTTP/1.1\r\n${form}${head}\r\n${body}`);
const listed = (list, more = {}) => list.map(([name, sent]) => ({ name, bytes: Buffer.isBuffer(sent) ? sent : bytes(sent), count: 2, patience: 1500, silent: true, ...more }));
// Most wait for what does not come.
const waiting = { parallel: 40 };

// Two answers are one too many: the second would be the smuggled one's. What nginx keeps reading as a body is let go.
attack('4.2.1 a request within a body gets no answer', () => listed([
    ['CL.TE', post(`Content-Length: ${5 + inner.length}\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${inner}`)],
    ['CL.TE, the other order', post(`Transfer-Encoding: chunked\r\nContent-Length: ${5 + inner.length}\r\n`, `0\r\n\r\n${inner}`)],
    ['TE.CL', post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', `${size}\r\n${inner}\r\n0\r\n\r\n`)],
    ['CL.CL', post(`Content-Length: 0\r\nContent-Length: ${inner.length}\r\n`, inner)],
    ['CL.CL, the same', post('Content-Length: 0\r\nContent-Length: 0\r\n', inner)],
    ['a list of lengths', post(`Content-Length: 0, ${inner.length}\r\n`, inner)],
    ...['chunked, identity', 'identity, chunked', 'chunked, chunked', 'gzip, chunked', 'xchunked', 'chunked x', 'chunked;q=1', '"chunked"', 'chunked\t', ' chunked', '\tchunked', '\x0bchunked', 'chunked\x0b', 'chun\x00ked', 'identity', 'x', ',chunked', 'chunked,', '\xffchunked', 'chu\tnked', 'chunked\r\n ', 'chunked\r\n\tx', '\r\n chunked']
        .flatMap((value, index) => [[`Transfer-Encoding ${index + 1} and a length`, post(`Content-Length: 0\r\nTransfer-Encoding: ${value}\r\n`, `0\r\n\r\n${inner}`)], [`Transfer-Encoding ${index + 1} twice`, post(`Transfer-Encoding: chunked\r\nTransfer-Encoding: ${value}\r\n`, `0\r\n\r\n${inner}`)],
            [`Transfer-Encoding ${index + 1} alone`, post(`Transfer-Encoding: ${value}\r\n`, `${size}\r\n${inner}\r\n0\r\n\r\n`)]]),
    ...['Transfer-Encoding : chunked', ' Transfer-Encoding: chunked', 'Transfer-Encoding\t: chunked', 'Transfer-Encoding\x00: chunked', 'Transfer_Encoding: chunked', 'transfer-encoding: chunked', 'TRANSFER-ENCODING: CHUNKED', 'Transfer-Encoding:chunked', 'X: y\nTransfer-Encoding: chunked', 'X: y\rTransfer-Encoding: chunked', 'X: y\r\n Transfer-Encoding: chunked', 'Transfer-Encoding\r\n : chunked', 'Transfer-Encoding', 'Transfer-Encoding:', 'Content-Length : 5', 'Content-Length\x00: 5', 'Content_Length: 5', 'X: y\nContent-Length: 5', 'X: y\rContent-Length: 5', 'Connection: Content-Length', 'Connection: Transfer-Encoding', 'Content-Encoding: chunked', 'Trailer: Transfer-Encoding']
        .map((line, index) => [`line ${index + 1}: ${JSON.stringify(line.slice(0, 40))}`, post(`${line}\r\nContent-Length: ${inner.length}\r\n`, inner)]),
    ['in an old version', bytes(`POST /login HTTP/1.0\r\n${form}Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n${inner}`)],
    ['behind Expect', post(`Expect: 100-continue\r\nContent-Length: ${inner.length}\r\n`, inner)],
    ['behind Upgrade', post(`Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: ${inner.length}\r\n`, inner)],
    ['in a GET', bytes(`GET /login HTTP/1.1\r\n${form}Content-Length: ${inner.length}\r\n\r\n${inner}`)],
    ['in a HEAD', bytes(`HEAD /healthz HTTP/1.1\r\n${form}Content-Length: ${inner.length}\r\n\r\n${inner}`)],
], { status: [400, 403, 411, 413, 417, 422] }).map(one => ({ ...one, ...(/^in a (GET|HEAD)/.test(one.name) ? { status: [200], methods: [one.name.slice(5)] } : {}) })), waiting);

attack('4.2.1 chunks of all kinds', () => listed([
    ['plain', '5\r\na=b&c\r\n0\r\n\r\n'], ['leading zeros', `${'0'.repeat(50)}5\r\na=b&c\r\n0\r\n\r\n`], ['capitals', 'A\r\na=b&c=d&e=\r\n0\r\n\r\n'], ['an extension', '5;a=b\r\na=b&c\r\n0;x\r\n\r\n'], ['a long extension', `5;${'a'.repeat(9000)}\r\na=b&c\r\n0\r\n\r\n`], ['trailers', `0\r\nX: y\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n`], ['a trailer and a request behind', `0\r\nX: y\r\n\r\n${behind}`],
    ['0x', '0x5\r\na=b&c\r\n0\r\n\r\n'], ['a sign', '+5\r\na=b&c\r\n0\r\n\r\n'], ['minus', '-5\r\na=b&c\r\n0\r\n\r\n'], ['a blank', ' 5\r\na=b&c\r\n0\r\n\r\n'], ['a blank behind', '5 \r\na=b&c\r\n0\r\n\r\n'], ['a comma', '5,5\r\na=b&c\r\n0\r\n\r\n'], ['no number', 'x\r\na=b&c\r\n0\r\n\r\n'], ['nothing', '\r\na=b&c\r\n0\r\n\r\n'], ['an underscore', '1_0\r\na=b&c\r\n0\r\n\r\n'],
    ['bare LF', '5\na=b&c\n0\n\n'], ['bare CR', '5\ra=b&c\r0\r\r'], ['LF CR', '5\n\ra=b&c\n\r0\n\r\n\r'], ['too short', '3\r\na=b&c\r\n0\r\n\r\n'], ['too long', '9\r\na=b&c\r\n0\r\n\r\n'], ['no line end behind', '5\r\na=b&c0\r\n\r\n'], ['an ending in an extension', `5;\n${inner}`],
    ['64 bits and more', 'FFFFFFFFFFFFFFFFF\r\na=b&c\r\n0\r\n\r\n'], ['63 bits', '7FFFFFFFFFFFFFFF\r\na=b&c\r\n0\r\n\r\n'], ['64 bits, wrapping', 'FFFFFFFFFFFFFFFE\r\na=b&c\r\n0\r\n\r\n'], ['32 bits', '100000005\r\na=b&c\r\n0\r\n\r\n'], ['many of one byte', `${'1\r\na\r\n'.repeat(9000)}0\r\n\r\n`], ['larger than is taken', `${(9000).toString(16)}\r\n${'a'.repeat(9000)}\r\n0\r\n\r\n`], ['one huge chunk announced', '3FFFFFFF\r\na'], ['NULs', '\x00\x00\x005\r\na=b&c\r\n0\r\n\r\n'], ['no end', '5\r\na=b&c\r\n0\r\n'], ['a request behind', `0\r\n\r\n${behind}`],
].map(([name, body]) => [name, post('Transfer-Encoding: chunked\r\n', body)])).map(one => ({ ...one, ...(/request behind/.test(one.name) ? { answers: 2, methods: ['POST', 'GET'] } : {}) })), waiting);

attack('lengths that lie', () => listed([...['abc', '-1', '1 1', '0x10', '1e3', '99999999999999999999999', '9223372036854775807', '9223372036854775808', '18446744073709551615', '18446744073709551621', '4294967301', '1,1', '+5', '5;', '5\x00', '\x005', '٥', '', ' ', '05', '5.0', 'NaN', '"5"', '8193', '65537', '1048577', '16777217'].map(length => [JSON.stringify(length), post(`Content-Length: ${length}\r\n`, 'a=b&c')]),
    ['longer than what comes', post('Content-Length: 4000\r\n', 'a=b&c')], ['shorter than what comes', post('Content-Length: 3\r\n', 'a=b&c')], ['none', post('', 'a=b&c')], ['none, closed', post('Connection: close\r\n', 'a=b&c')],
].map(([name, sent]) => [`length ${name}`, sent])).map(one => ({ ...one, answers: /shorter|none|"05"|" "|""/.test(one.name) ? 2 : 1, methods: ['POST', 'GET'] })), waiting);

attack('1.5.3 requests that are none', () => listed([
    ['no host', 'GET / HTTP/1.1\r\n\r\n'], ['an empty host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n'], ['two hosts', `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`], ['TLS within', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'], ['rubbish', '\x00\xff\x80\x01\r\n\r\n'], ['NULs', '\x00'.repeat(500)], ['line ends', '\r\n'.repeat(500)], ['LFs', '\n'.repeat(500)],
    ...['HTTP/9.9', 'HTTP/2.0', 'HTTP/1.9', 'HTTP/1.10', 'HTTP/1', 'HTTP/', 'HTTP', 'http/1.1', 'HTTP/1.1 x', 'HTTP/-1.1', 'HTTP/1.1\x00', 'ICY/1.0', 'HTTP/01.1', 'HTTP/1.1\t', 'HTTP/99999999999.1', 'HTTP/0.9', 'HTTP/1.0'].map(version => [`version ${JSON.stringify(version)}`, `GET /login ${version}\r\nHost: ${host}\r\n\r\n`]),
    ['no version', 'GET /login\r\n'], ['no version, no end', 'GET /login\n'], ['a word', 'GET\r\n\r\n'], ['nothing but a blank', ' \r\n\r\n'], ['a blank before', ` GET /login HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['tabs', `GET\t/login\tHTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['two blanks', `GET  /login  HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['bare LF', `GET /login HTTP/1.1\nHost: ${host}\n\n`], ['bare CR', `GET /login HTTP/1.1\rHost: ${host}\r\r`], ['LF CR', `GET /login HTTP/1.1\n\rHost: ${host}\n\r\n\r`],
    ['a NUL in the line', `GET /lo\x00gin HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['a CR in the line', `GET /lo\rgin HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['a folded line', `GET /login HTTP/1.1\r\n Host: ${host}\r\n\r\n`], ['a folded host', `GET /login HTTP/1.1\r\nHost:\r\n ${host}\r\n\r\n`], ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], ['a proxy\'s line', 'PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n'], ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n'], ['SMTP', 'EHLO x\r\nMAIL FROM:<a@b>\r\n'], ['FastCGI', '\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00'],
    ['a method too long', `${'A'.repeat(9000)} / HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['an address too long', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['an address far too long', `GET /?${'a'.repeat(70000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`], ['a header too long', `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'v'.repeat(9000)}\r\n\r\n`], ['headers too many', `GET / HTTP/1.1\r\nHost: ${host}\r\n${'X: v\r\n'.repeat(9000)}\r\n`], ['a header name too long', `GET / HTTP/1.1\r\nHost: ${host}\r\n${'X'.repeat(9000)}: v\r\n\r\n`], ['cookies too many', `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${'a=b; '.repeat(20000)}\r\n\r\n`],
    ['a thousand cookie headers', `GET /login HTTP/1.1\r\nHost: ${host}\r\n${'Cookie: a=b\r\n'.repeat(1000)}Connection: close\r\n\r\n`], ['headers without end', `GET / HTTP/1.1\r\nHost: ${host}\r\nX: y\r\n`],
]), waiting);

attack('many requests in one piece get one answer each', () => [
    ['a hundred', Array(100).fill(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`).join(''), 100], ['then a broken one', `${`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(5)}GET / HTTP/9\r\n\r\n`, 6], ['a post between', `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\nPOST /login HTTP/1.1\r\n${form}Content-Length: 5\r\n\r\na=b&cGET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 3],
    ['hosts by turns', `GET /login HTTP/1.1\r\nHost: ${host}\r\n\r\nGET /login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`, 2],
].map(([name, text, answers]) => ({ name, bytes: bytes(text), answers, count: answers, methods: Array(answers).fill('GET') })));

attack('requests that stop halfway are let go without a word', () => {
    const whole = request('POST', '/login', { body: 'csrf=x&login_id=a&password=b', cookie: '' });
    return Array.from({ length: 12 }, (_, i) => ({ name: `${Math.floor(whole.length * (i + 1) / 13)} bytes`, bytes: whole.subarray(0, Math.floor(whole.length * (i + 1) / 13)), silent: true, patience: 300 }));
});

test('4.2.1 what stood in bodies was never asked for', () => unlike(logText('nginx-access.log'), /zqx-smuggled/));

await finish();
