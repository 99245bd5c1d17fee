// 040-refusals: every answer that nginx or a pool gives in place of a page says which one it is: the status, in words what
// is wrong, and the id that stands in the log. Pages in both languages, problem documents in the one that was asked for.
import { run, test, is, ok, has, hasNot, like, until, expectLog } from './lib/tap.mjs';
import { readFileSync } from 'node:fs';
import { env } from './lib/env.mjs';
import { address, fetch } from './lib/client.mjs';
import { titleOf, words } from './lib/html.mjs';

expectLog(/client intended/, true);

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const json = { 'Content-Type': 'application/json' };
const from = address();

// What nginx refuses by itself: how to get it, the status, the words of the page, the kind and the title of the problem.
const refusals = [
    { what: 'an address that is too long', path: '?' + 'a'.repeat(9000), status: 414, page: 'アドレスが長すぎます', kind: 'too-long', title: 'アドレスが長すぎます。' },
    { what: 'cookies that are too large', headers: { Cookie: `a=${'b'.repeat(9000)}` }, status: 431, page: 'Cookieなど', kind: 'headers', title: 'ヘッダーが大きすぎます。' },
    { what: 'another header that is too large', headers: { 'X-Long': 'b'.repeat(9000) }, status: 431, page: 'ブラウザが送る情報が大きすぎます', kind: 'headers', title: 'ヘッダーが大きすぎます。' },
    { what: 'many headers', headers: Object.fromEntries([...Array(12)].map((_, i) => [`X-${i}`, 'b'.repeat(4000)])), status: 431, page: 'ブラウザが送る情報が大きすぎます', kind: 'headers', title: 'ヘッダーが大きすぎます。' },
    { what: 'another host', headers: { Host: 'evil.example' }, status: 421, page: '正しくないリクエストです', kind: 'invalid', title: '送られた内容は、このままでは受け付けられません。' },
    { what: 'two hosts', headers: { Host: 'a b' }, status: 400, page: '正しくないリクエストです', kind: 'invalid', title: '送られた内容は、このままでは受け付けられません。' },
    { what: 'a method', method: 'DELETE', status: 405, page: 'この方法では利用できません', kind: 'method', title: 'この方法では利用できません。' },
    { what: 'a body that is too large', method: 'POST', headers: { ...json, 'Content-Length': 5e6 }, body: '', status: 413, page: '送られたデータが大きすぎます', kind: 'too-large', title: '送られた内容が大きすぎます。4 MiBまでです。' },
];

function checkPage(answer, { what, status, page }, id) {
    is([answer.status, answer.headers['content-type']], [status, 'text/html; charset=utf-8'], what);
    is(titleOf(answer.text), String(status), `${what}: the page tells its status`);
    like(answer.text, new RegExp(`<title>${status} - `), what);
    has(words(answer.text), page, what);
    like(words(answer.text), /Reference number ?[0-9a-f]{32}/, `${what}: in English too`);
    is(answer.text.match(/お問い合わせ番号<code>([0-9a-f]{32})<\/code>/)?.[1], id, `${what}: the page tells the id`);
    hasNot(answer.text, '<!--#', what);
}

function checkProblem(answer, { what, status, kind, title }, id) {
    is([answer.status, answer.headers['content-type']], [status, 'application/problem+json'], `${what}, of the API`);
    is(JSON.parse(answer.text), { type: `urn:simportal:problem:${kind}`, title, status, request_id: id }, `${what}, of the API`);
}

test('16.5.1 what nginx refuses: each its own page, with status, words and request id', async () => {
    for (const one of refusals) {
        const answer = await fetch({ from, keep: false, path: `/sims${one.path ?? ''}`, method: one.method, headers: one.headers, body: one.body });
        ok(answer.headers['x-request-id'], one.what);
        checkPage(answer, one, answer.headers['x-request-id']);
    }
});

test('16.5.1 of the API: a problem document with title, status and request id, in the language that is asked for', async () => {
    for (const one of refusals) {
        const answer = await fetch({ from, keep: false, path: `/api/v1/requests${one.path ?? ''}`, method: one.method, headers: one.headers, body: one.body });
        // Where nginx has not read the path, it cannot know that a program asks.
        if (answer.headers['content-type'] === 'text/html; charset=utf-8' && [400, 414].includes(one.status))
            checkPage(answer, one, answer.headers['x-request-id']);
        else
            checkProblem(answer, one, answer.headers['x-request-id']);
    }
    for (const [asked, title, language] of [['en', 'The headers are too large.', 'en'], ['en-GB,ja;q=0.5', 'The headers are too large.', 'en'], ['ja', 'ヘッダーが大きすぎます。', 'ja'],
        ['fr, en;q=0.5', 'The headers are too large.', 'en'], ['fr', 'ヘッダーが大きすぎます。', 'ja'], ['', 'ヘッダーが大きすぎます。', 'ja']]) {
        const answer = await fetch({ from, keep: false, path: '/api/v1/requests', headers: { 'Accept-Language': asked, 'X-Long': 'b'.repeat(9000) } });
        is([JSON.parse(answer.text).title, answer.headers['content-language']], [title, language], asked);
    }
});

test('16.5.1 what a pool cannot read: the same, and the id stands in the log', async () => {
    for (const [what, path, method, headers, body, status, page, kind] of [
        ['a body of another type', '/login', 'POST', { 'Content-Type': 'text/plain' }, 'x', 415, '対応していない形式です'],
        ['a body that is no form', '/login', 'POST', form, 'a=%zz', 400, '正しくないリクエストです'],
        ['a path that is no text', '/%ff', 'GET', {}, undefined, 400, '正しくないリクエストです'],
        ['a method of another route', '/logout', 'GET', {}, undefined, 405, 'この方法では利用できません'],
        ['a page that is not there', '/none', 'GET', {}, undefined, 404, 'ページが見つかりません'],
        ['a body of another type, of the API', '/api/v1/requests', 'POST', { 'Content-Type': 'text/plain' }, 'x', 415, 'Send the body as application/json.', 'type'],
        ['a query that is no text, of the API', '/api/v1/requests?number=%ff', 'GET', {}, undefined, 400, null, 'invalid'],
        ['a method, of the API', '/api/v1/requests/TC1-1', 'POST', json, '{}', 405, null, 'method'],
        ['a path that is not there, of the API', '/api/v1/none', 'GET', {}, undefined, 404, null, 'not-found'],
        ['no token', '/api/v1/requests', 'GET', {}, undefined, 401, null, 'token'],
    ]) {
        const answer = await fetch({ from, path, method, body, headers: { ...headers, ...(kind ? { 'Accept-Language': 'en' } : {}) } });
        const id = answer.headers['x-request-id'];
        is(answer.status, status, what);
        await until(() => readFileSync(`${env.VAR}/log/pools.log`, 'utf8').includes(id), `${what}: the pools' log tells of ${id}`);
        if (kind) {
            const problem = JSON.parse(answer.text);
            is([problem.type, problem.status, problem.request_id, answer.headers['content-language']], [`urn:simportal:problem:${kind}`, status, id, 'en'], what);
            like(problem.title, /^[A-Z][ -~]+\.$/, what);
            has(problem.title, page ?? '', what);
        } else {
            has(words(answer.text), page, what);
            has(words(answer.text), String(status), what);
            is(answer.text.match(/<code>([0-9a-f]{32})<\/code>/)?.[1], id, what);
        }
    }
});

await run();
