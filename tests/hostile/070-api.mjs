// 070-api: what programs could send to the API and should not: each payload in each member of the JSON and in each
// header that it reads, members of every type, deep and wide bodies. With a token that is good. What is read in the same
// way meets every payload once, and a sample otherwise (lib/share.mjs).
import { attack, attacker, bearer, finish, request } from './lib/attack.mjs';
import { all, given, sample } from './lib/payloads.mjs';
import { Share, long } from './lib/share.mjs';

const LIST = '/api/v1/requests';
// The bytes that a payload stands for; what is no escape stays.
const bytes = value => value.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
// As a careful program writes a string, and as a careless one does.
const quoted = value => `"${bytes(value).replace(/[\\"]/g, '\\$&').replace(/[\x00-\x1f]/g, c => `\\u00${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
const careless = value => `"${bytes(value)}"`;

// A body that would be a request but for its line, which is nobody's; `changed`: members with other JSON.
const body = (changed = {}) => `{${Object.entries({ kind: '"suspend"', effective_date: '"2027-01-10"', fields: '{"reason":"lost","note":""}', lines: '[9007199254740991]', ...changed }).map(([name, text]) => `"${name}":${text}`).join()}}`;
const post = (text, headers = [], close = false) => request('POST', LIST, { cookie: '', headers: [['Content-Type', 'application/json'], ...headers], body: text, close });
// A refusal, never a request.
const right = [400, 401, 413, 415, 422];

const members = {
    kind: text => body({ kind: text }), effective_date: text => body({ effective_date: text }), fields: text => body({ fields: text }), reason: text => body({ fields: `{"reason":${text}}` }),
    note: text => body({ fields: `{"reason":"lost","note":${text}}` }), 'a field by that name': text => body({ fields: `{"reason":"lost",${text}:1}` }), capacity: text => body({ kind: '"recharge"', fields: `{"capacity":${text}}` }),
    lines: text => body({ lines: text }), 'a line': text => body({ lines: `[${text}]` }), 'a member by that name': text => body().replace('{', `{${text}:1,`),
};
// A word, a date, a free text, a number of a SIM, the name of a member; what is no string at all where one is put.
const readers = { kind: 'word', reason: 'word', effective_date: 'date', note: 'text', 'a field by that name': 'name', 'a member by that name': 'name', 'a line': 'line', capacity: 'word', fields: 'no string', lines: 'no string' };
// What a careless program makes of a payload is for the reader of JSON, whichever member it is in.
const writers = [['quoted', quoted, name => readers[name]], ['as it is', careless, () => 'JSON']];
const filled = new Share('members × payloads', writers.flatMap(([how, , kind]) => Object.keys(members).map(name => ({ name: `${name}, ${how}`, kind: kind(name) }))), sample);
for (const [name, make] of Object.entries(members))
    attack(`1.2.3, 1.2.4, 2.2.1 POST ${LIST}: each payload as ${name}`, () => writers.flatMap(([how, write]) => filled.of(`${name}, ${how}`, all.map(([item, value]) => (
        { name: `${item}, ${how}`, item, method: 'POST', status: right, bytes: post(make(write(value))) })))), { keep: true });

const types = ['null', 'true', 'false', '0', '-1', '1.5', '1e9', '1e400', '-0', '9223372036854775807', '9223372036854775808', '18446744073709551616', '9'.repeat(400), '""', '"a"', '[]', '{}', '[[]]', '[{}]', '{"a":{}}', '[null]', 'NaN', 'Infinity', '', ',', '01', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"'];
attack(`2.2.1 POST ${LIST}: members of every type`, () => Object.entries(members).flatMap(([name, make]) => types.map((text, index) => (
    { name: `${name} ${index + 1}`, method: 'POST', status: right, bytes: post(make(text)) }))), { keep: true });

attack(`1.5.3, 5.2.1 POST ${LIST}: deep, wide and doubled`, () => [
    ...[7, 8, 9, 100, 100000].flatMap(depth => [`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`, '{"a":'.repeat(depth), body({ fields: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}` })]),
    body({ lines: `[${Array(100000).fill('1').join()}]` }), body({ lines: `[${Array(100001).fill('1').join()}]` }), body({ lines: `[${Array(60000).fill('"020-1000-0022"').join()}]` }), body({ lines: `[${Array(200000).fill('[]').join()}]` }),
    `{${Array.from({ length: 100000 }, (_, i) => `"a${i}":1`).join()}}`, body({ fields: `{${Array.from({ length: 50000 }, (_, i) => `"a${i}":"b"`).join()}}` }), `{"${'a'.repeat(4000000)}":1}`, body({ kind: `"${'a'.repeat(4000000)}"` }),
    body().replace('{', '{"kind":"resume",'), body().replace('{', '{"lines":[],'), body({ fields: '{"reason":"lost","reason":"other"}' }), body({ fields: '{"__proto__":{"a":1},"constructor":1,"reason":"lost"}' }), `\ufeff${body()}`, Buffer.from(`\ufeff${body()}`).toString('latin1'), `${body()}\n${body()}`, `)]}',\n${body()}`,
].map((text, index) => ({ name: `body ${index + 1} (${text.length})`, method: 'POST', status: right, bytes: post(text, [], true) })), { parallel: 2 });

const head = [['Idempotency-Key', text => text, 'key'], ['Authorization', text => `Bearer ${text}`, 'token'], ['Authorization, no bearer', text => text, 'token'], ['Authorization, and more', text => `${bearer}${text || 'x'}`, 'token'],
    ['Accept-Language', text => text, 'word'], ['Content-Type', text => text, 'word']];
const headers = new Share('headers of the API × payloads', head.map(([name, , kind]) => ({ name, kind })), sample);
attack(`${LIST}: each payload as its key, its token, its language`, () => head.flatMap(([place, write]) => headers.of(place, all.map(([item, value]) => {
    const [header] = place.split(',');
    return { name: `${place} ${item}`, item, method: 'POST', status: [...right, 429], bytes: request('POST', LIST, { cookie: '', close: false,
        headers: [...(header === 'Content-Type' ? [] : [['Content-Type', 'application/json']]), [header, write(bytes(value).replace(/[\r\n\0]/g, ' '))]], body: body() }) };
}))), { keep: true });

attack(`15.3.7 ${LIST}: headers twice`, () => [['Authorization', bearer], ['Authorization', 'Bearer x'], ['Idempotency-Key', 'a'], ['Idempotency-Key', ''], ['Content-Type', 'text/plain'], ['Accept-Language', 'en'], ['Cookie', attacker.cookie()]].map(([name, value], index) => (
    { name: `${index + 1} ${name}`, method: 'POST', status: right, bytes: post(body(), [['Authorization', bearer], ['Idempotency-Key', 'k'], [name, value]], true) })), { parallel: 1 });

attack(`1.2.4, 2.2.1 GET ${LIST}: each payload as limit and cursor`, () => ['limit', 'cursor'].flatMap(name => (long ? all : given({ kind: 'number' })).map(([payload, value]) => (
    { name: `${name}: ${payload}`, status: [200, 400, 422], bytes: request('GET', `${LIST}?${name}=${value.replace(/ /g, '%20').replace(/#/g, '%23')}`, { cookie: '', close: false }) }))), { keep: true });

for (const share of [filled, headers])
    share.check();

await finish();
