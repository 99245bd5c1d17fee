// 030-requests: methods, paths, types and sizes: a plain 4xx in the portal's look, nothing of the failure told. What no
// browser could send is tests/hostile's.
import { run, test, is, ok, like, unlike, has, expectLog } from './lib/tap.mjs';
import { Browser, demo, origin, raw, signedIn, statuses } from './lib/client.mjs';
import { sqlOne } from './lib/env.mjs';
import { titleOf, withoutTokens, words } from './lib/html.mjs';

// Bodies and heads that are wrong on purpose.
expectLog(/client intended/, true);
expectLog(/"event":"login-failed"/);

const leak = /mysql|mariadb|sql|libxslt|stack|backtrace|\.c:\d|segv|\/usr\/|nginx\/\d|errno|exception/i;
const visitor = new Browser();
await visitor.get('/login');
const someone = await signedIn(demo('MEMBER'));

function polite(answer, status, what) {
    is(answer.status, status, what);
    has(answer.text, '<link rel="stylesheet"', `${what}: in the portal's look`);
    unlike(withoutTokens(answer.text), leak, what);
}

test('4.1.4 methods that a page does not know are 405 and name those that it does', async () => {
    for (const [method, path, allow] of [['POST', '/', 'GET, HEAD'], ['POST', '/sims', 'GET, HEAD'], ['GET', '/logout', 'POST'],
        ['GET', '/language', 'POST'], ['GET', '/customer', 'POST'], ['GET', '/sims/1/esim', 'POST'], ['HEAD', '/logout', 'POST']]) {
        const answer = method === 'POST' ? await someone.post(path) : await someone.ask(method, path);
        is([answer.status, answer.headers.allow], [405, allow], `${method} ${path}`);
        unlike(withoutTokens(answer.text), leak);
    }
});

test('4.1.4, 13.4.1 TRACE and other methods are 405', async () => {
    for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'CONNECT-ME', 'get'])
        for (const path of ['/', '/login', '/sims.csv', '/static/none.css']) {
            const text = await raw(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nX-Mark: canary\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
            ok([405, 400].includes(statuses(text)[0]), `${method} ${path}: ${statuses(text)}`);
            if (statuses(text)[0] === 405)
                like(text, /^Allow: GET, HEAD/m, `${method} ${path}`);
            unlike(text, /canary/);
        }
});

test('unknown paths are 404 in the portal\'s look', async () => {
    for (const path of ['/none', '/sims/', '/sims/abc', '/sims/0', '/sims/01', '/sims/-1', '/sims/1/none', '/sims/18446744073709551616', '/sims/9223372036854775807',
        '/sims.xml', '/SIMS', '/login/', '//', '//login', '/admin', '/index.html', '/none.csv', `/${'a'.repeat(1500)}`])
        polite(await someone.get(path), 404, path);
    polite(await visitor.get('/none'), 404, 'without a login');
    const api = await someone.get('/api/v1/none');
    is([api.status, api.headers['content-type']], [404, 'application/problem+json'], 'a program is answered as one');
});

test('13.4.1-5 what is no page is not there: sources, hidden files, listings, status pages', async () => {
    for (const path of ['/.git/HEAD', '/.git/config', '/.env', '/.well-known/../.git/HEAD', '/static/', '/static/../simportal.conf', '/static/..%2fsimportal.conf',
        '/static/%2e%2e/%2e%2e/etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%252e%252e/etc/passwd', '/_errors/404.html', '/server-status',
        '/nginx_status', '/backup.zip', '/simportal.conf', '/demo.env', '/static/portal.css.map', '/static//portal.css']) {
        const answer = await visitor.get(path);
        ok([404, 400].includes(answer.status), `${path}: ${answer.status}`);
        unlike(answer.text, /root:|\[portal\]|ref: refs|Index of/, path);
    }
    ok([404, 400].includes(statuses(await raw('GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'))[0]));
});

test('1.1.1 a path is decoded once', async () => {
    for (const [path, status] of [['/%6cogin', 200], ['/%256cogin', 404], ['/login%00', 400], ['/login%2500', 404], ['/sims%2f1', 303], ['/sims%252f1', 404],
        ['/%ff', 400], ['/%c0%af', 400], ['/%ed%a0%80', 400], ['/%zz', 400], ['/%', 400], ['/login%0d%0aX: y', 400], ['/a\\b', 400]])
        is(statuses(await raw(`GET ${path.replace(' ', '%20')} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))[0], status, path);
});

test('1.1.1, 1.5.3 parameters that are no UTF-8, hold NUL or half an escape are 400', async () => {
    for (const query of ['a=%00', 'label=%ff', 'label=%c0%80', 'label=%ed%a0%80', 'label=%f5%80%80%80', 'label=%', 'label=%2', 'label=%zz', '%00=1', '%01=1'])
        polite(await someone.get(`/sims?${query}`), 400, query);
    for (const query of ['label=%01', 'label=%7f', 'label=%c2%9f', 'label=a%0bb'])
        is((await someone.get(`/sims?${query}`)).status, 422, `${query}: told at the field`);
    is((await someone.get('/sims?label=%2500')).status, 200, '%2500 is the text "%00"');
    polite(await someone.get(`/sims?${'a=1&'.repeat(2001)}`), 400, 'more than two thousand parameters');
    polite(await someone.get('/sims.csv?label=%ff'), 400, 'of a download');
});

test('POST takes forms alone: others are 415', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'application/x-www-form-urlencodedx', ''])
        for (const path of ['/login', '/sims/1', '/logout', '/password']) {
            const answer = await someone.send(path, 'csrf=x', { headers: { 'Content-Type': type } });
            polite(answer, 415, `${type} ${path}`);
        }
    is((await visitor.send('/login', 'a=1', { headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' } })).status, 422);
});

test('5.2.1 bodies too long are 413, quickly', async () => {
    for (const [path, size] of [['/login', 8193], ['/password', 8193], ['/sims/1', 65537], ['/logout', 65537], ['/none', 70000]]) {
        const answer = await someone.send(path, 'a'.repeat(size));
        polite(answer, 413, `${path} ${size}`);
    }
    const head = await raw(`POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999999\r\n\r\n`);
    is(statuses(head), [413]);
    is((await visitor.send('/login', 'a'.repeat(8192))).status, 422, 'the longest that is taken');
});

test('a POST without a body is a form without fields', async () => {
    for (const path of ['/login', '/logout', '/sims/1', '/none']) {
        const text = await raw(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
        ok([303, 404, 422].includes(statuses(text)[0]), `${path} ${statuses(text)}`);
    }
});

test('chunked bodies are read as others', async () => {
    const text = await raw('POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\na=b&c\r\n0\r\n\r\n');
    is(statuses(text), [422]);
});

test('other hosts are 421, also ours with another case or a dot', async () => {
    for (const [host, status] of [['evil.example', 421], ['localhost.evil.example', 421], ['127.0.0.2', 421], ['LOCALHOST', 200], [new URL(origin).host, 200]])
        is((await visitor.get('/login', { headers: { Host: host } })).status, status, host);
    const page = await visitor.get('/login', { headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', Forwarded: 'host=evil.example' } });
    unlike(page.text + JSON.stringify(page.headers), /evil/);
});

test('4.1.3 nobody chooses the address that is logged and counted', async () => {
    const browser = new Browser({ headers: { 'X-Forwarded-For': '6.6.6.6', 'X-Real-IP': '6.6.6.6', Forwarded: 'for=6.6.6.6', 'Client-IP': '6.6.6.6' } });
    const answer = await browser.tryLogin({ login: 'xff-probe', password: 'x' });
    is(answer.status, 422);
    is(sqlOne(`SELECT address FROM audit WHERE request_id = '${answer.headers['x-request-id']}'`), browser.from);
});

test('16.5.1 error pages tell what to do, in both languages where nobody is there to ask', async () => {
    const answer = await visitor.ask('DELETE', '/');
    has(words(answer.text), 'この方法では利用できません');
    like(words(answer.text), /[A-Za-z]{4,} [a-z]{2,} /);
    is(titleOf((await someone.get('/none')).text) !== '', true);
    has(words((await someone.get('/none')).text), 'ページが見つかりません');
});

await run();
