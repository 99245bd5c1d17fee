// 050-bodies: bodies that are no form: broken multipart, bombs of XML and JSON, files of all kinds, and types that say
// something else. Every route that posts meets a sample, each kind of route everything (lib/share.mjs).
import { gzipSync } from 'node:zlib';
import { attack, attacker, finish, pathOf, request, routes } from './lib/attack.mjs';
import { some } from './lib/payloads.mjs';
import { Share, kindOf } from './lib/share.mjs';

const part = (name, value, extra = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n${value}\r\n`;
const multipart = [
    ['plain', `${part('csrf', 'TOKEN')}${part('a', 'b')}--b--\r\n`], ['a file', `${part('csrf', 'TOKEN')}${part('file', '020-1000-0022', '; filename="a.csv"\r\nContent-Type: text/csv')}--b--\r\n`], ['no end', part('a', 'b')], ['no boundary', 'a'], ['nothing', ''], ['only the end', '--b--\r\n'], ['nothing in it', '--b\r\n--b--\r\n'], ['no blank line', '--b\r\nContent-Disposition: form-data; name="a"\r\n--b--\r\n'], ['bare LF', part('a', 'b').replace(/\r/g, '')], ['no name', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n'],
    ['no disposition', '--b\r\n\r\nx\r\n--b--\r\n'], ['a name twice', part('a"; name="csrf', 'x')], ['a quote without end', '--b\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--b--\r\n'], ['a path as the file name', part('file', 'x', '; filename="../../../../etc/passwd"')], ['a NUL in the file name', part('file', 'x', '; filename="a.csv\x00.php"')], ['a file name that is long', part('file', 'x', `; filename="${'a'.repeat(9000)}"`)], ['a file name in RFC 5987', part('file', 'x', "; filename*=utf-8''%2e%2e%2f%00")], ['line ends in the file name', part('file', 'x', '; filename="a\r\nX: y"')],
    ['many parts', part('a', 'b').repeat(900)], ['many headers', `--b\r\n${'X: y\r\n'.repeat(3000)}\r\nx\r\n--b--\r\n`], ['a header without end', `--b\r\nX: ${'y'.repeat(30000)}`], ['nested', `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n`], ['base64', part('a', 'YQ==', '\r\nContent-Transfer-Encoding: base64')], ['the boundary within', part('a', '\r\n--b \r\n--bx\r\n--')], ['a preamble', `${'x\r\n'.repeat(5000)}${part('a', 'b')}--b--`], ['boundaries alone', '--b\r\n'.repeat(9000)],
];
const boundaries = ['b', '"b"', '', '""', `"${'b'.repeat(71)}"`, 'b'.repeat(9000).slice(0, 7000), 'b; boundary=c', '"b', "b'", '\x00', '\xff', '=', '--', 'a b', '*b', 'b\t'];

const bodies = [
    ['application/json', '{}'], ['application/json', '{"csrf":"TOKEN","language":"en"}'], ['application/json', '['.repeat(30000)], ['application/json', '{"a":'.repeat(10000)], ['application/json', `{"a":1${',"a":1'.repeat(9000)}}`], ['application/json', '{"a":1e999999999}'], ['application/json', `[${'9'.repeat(60000)}]`], ['application/json', '"\\ud800"'], ['application/json', '\xef\xbb\xbf{}'], ['application/json', '{"__proto__":{"a":1}}'], ['application/json', '{"a":"\x00"}'], ['application/json', '{'], ['application/json', ''], ['application/problem+json', '{}'],
    ['text/xml', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'], ['application/xml', `<!DOCTYPE a [<!ENTITY a0 "zqx">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><a>&a20;</a>`], ['application/xml', '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:1/"> %b;]><a/>'], ['application/xml', '<a>'.repeat(20000)], ['application/soap+xml', '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'], ['image/svg+xml', '<svg onload="zqx()"/>'], ['application/xslt+xml', '<xsl:stylesheet/>'],
    ['text/plain', 'csrf=TOKEN&language=en'], ['text/csv', '"020-1000-0022"\r\n'], ['text/html', '<zqx>'], ['application/octet-stream', '\x7fELF\x02\x01\x01'], ['application/zip', 'PK\x03\x04'], ['application/x-www-form-urlencoded; charset=utf-7', 'csrf=TOKEN&a=+ADw-zqx+AD4-'], ['application/x-www-form-urlencoded; charset=utf-16', '\xff\xfec\x00s\x00r\x00f\x00'], ['application/x-www-form-urlencoded; charset=ibm037', 'csrf=TOKEN'], ['application/x-www-form-urlencoded; boundary=b', part('csrf', 'TOKEN')],
    ['application/x-www-form-urlencoded, text/plain', 'csrf=TOKEN'], ['application/x-www-form-urlencodedx', 'csrf=TOKEN'], [' application/x-www-form-urlencoded', 'csrf=TOKEN'], ['APPLICATION/X-WWW-FORM-URLENCODED', 'csrf=TOKEN'], ['application/x-www-form-urlencoded\x00', 'csrf=TOKEN'], ['', 'csrf=TOKEN'], ['x', 'csrf=TOKEN'], ['/', 'csrf=TOKEN'], ['\xff', 'csrf=TOKEN'], ['application/x-protobuf', '\x08\x96\x01'], ['application/msgpack', '\x81\xa1a\x01'], ['application/x-java-serialized-object', '\xac\xed\x00\x05'], ['application/x-php-serialized', 'O:1:"a":0:{}'], ['application/graphql', '{a}'], ['message/http', 'GET / HTTP/1.1\r\n\r\n'],
    ['application/x-www-form-urlencoded', gzipSync('csrf=TOKEN').toString('latin1'), [['Content-Encoding', 'gzip']]], ['application/x-www-form-urlencoded', gzipSync(Buffer.alloc(10 << 20)).toString('latin1'), [['Content-Encoding', 'gzip']]],
];

const posted = routes.filter(one => one.method === 'POST');
const odd = new Share('routes × bodies', posted.map(route => ({ name: route.name, kind: kindOf(route) })), 12);
for (const route of posted) {
    attack(`5.2.2, 1.5.1 ${route.name}: bodies that are no form`, token => {
        const sent = (type, body, headers = []) => request('POST', pathOf(route.pattern), { headers: [['Content-Type', type], ...headers], body: body.replace(/TOKEN/g, token) });
        return odd.of(route.name, [
            ...bodies.map(([type, body, headers], index) => ({ name: `${index + 1} ${JSON.stringify(type)}`, bytes: sent(type, body, headers) })),
            ...multipart.map(([name, body]) => ({ name: `multipart: ${name}`, bytes: sent('multipart/form-data; boundary=b', body) })),
            ...boundaries.map((boundary, index) => ({ name: `boundary ${index + 1}`, bytes: sent(`multipart/form-data; boundary=${boundary}`, `${part('csrf', 'TOKEN')}--b--`) })),
            { name: 'no type', bytes: request('POST', pathOf(route.pattern), { body: `csrf=${token}`, headers: [['X-None', '1']] }) },
        ]);
    });
}
odd.check();

// Pages that take files: names, types and contents of all kinds, in a body that is well formed.
for (const route of routes.filter(one => one.takesFiles))
    attack(`5.2.2, 5.3.2 ${route.name}: files of all kinds`, token => {
        const file = (named, type, content) => request('POST', pathOf(route.pattern), { headers: [['Content-Type', 'multipart/form-data; boundary=b']],
            body: `${part('csrf', token)}${[...new Set(['file', ...route.fields.map(one => one.name)])].map(name => part(name, content, `; filename="${named}"\r\nContent-Type: ${type}`)).join('')}--b--\r\n` });
        return [...some.flatMap(([name, value]) => [{ name: `called ${name}`, bytes: file(value, 'text/csv', '"020-1000-0022"\r\n') }, { name: `holding ${name}`, bytes: file('a.csv', 'text/csv', unescape(value)) }]),
            ...bodies.map(([type, body], index) => ({ name: `being ${index + 1} ${JSON.stringify(type)}`, bytes: file('a.csv', type, body) })), ...multipart.map(([name, body]) => ({ name: `within: ${name}`, bytes: file('a.csv', 'multipart/mixed; boundary=b', body) }))];
    });

attack('5.2.1 bodies of every size around the limits', () => ['/login', '/password', '/logout', pathOf('/sims/{id}'), '/none', '/sims.csv', pathOf('/drafts/{id}/numbers'), '/static/none.css', '/favicon.ico', '/healthz'].flatMap(path => [0, 1, 8191, 8192, 8193, 65535, 65536, 65537, 200000].map(size => ({ name: `${path} ${size}`, bytes: request('POST', path, { body: `csrf=${attacker.csrf}&`.padEnd(size, 'a').slice(0, size) }) }))));

await finish();
