// 010-sqlmap: 1.2.4 every field of every route, every number in a path, and what the headers carry, as sqlmap tries them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, like, logLines, logMark, test, unlike } from '../http/lib/tap.mjs';
import { random } from '../http/lib/env.mjs';
import { attacker, bearer, finish, fresh, pathOf, routes } from '../hostile/lib/attack.mjs';
import { addressOf, encoded, folder, host, pairsOf, tool } from './lib/tool.mjs';

// The bytes of one request in a file; sqlmap tries the parameters that are named, or each place with a star.
async function sqlmap(head, { body, names, level = 2 }) {
    const file = join(folder, random());
    const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    writeFileSync(file, `${[...head, ...length].join('\r\n')}\r\n\r\n${body ?? ''}`);
    const mark = logMark('pools.log');
    const said = await tool('sqlmap', ['-r', file, '--force-ssl', '--batch', '--ignore-stdin', '--flush-session', '--disable-coloring', '--ignore-redirects', '--ignore-code=401', '--dbms=mysql',
        `--level=${level}`, '--output-dir', folder, ...(names ? ['-p', names.join()] : [])]);
    const asked = logLines('pools.log', mark).filter(line => line.event === 'request');
    const kinds = [...new Set(asked.map(line => line.status))].sort();
    console.log(`#  ${asked.length} requests, answered ${kinds.join(' ')}`);
    is(kinds.filter(status => status >= 500), [], 'no answer is an error of ours');
    like(said.text, /all tested parameters do not appear to be injectable/, said.text.split('\n').slice(-12).join('\n'));
    // "appears to be" is what it then looks into, and takes back.
    unlike(said.text, /is vulnerable|identified the following injection point/, 'what sqlmap found');
}

const head = (method, path, more = []) => [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...more];
const session = () => `Cookie: ${attacker.cookie()}`;
// Who is signed in would only be led away from the login page.
const whoAsks = ({ method, pattern, isPublic }) => (pattern.startsWith('/api/') ? [`Authorization: ${bearer}`] : isPublic && method === 'GET' ? [] : [session()]);
const form = 'Content-Type: application/x-www-form-urlencoded';

for (const route of routes.filter(one => one.fields.length > 0 && !one.takesFiles))
    test(`1.2.4 ${route.name}: sqlmap finds no way in by ${route.fields.map(field => field.name).join()}`, async () => {
        const csrf = await fresh();
        const who = whoAsks(route);
        const pairs = pairsOf(route);
        const names = pairs.map(([name]) => name);
        if (route.method === 'GET')
            await sqlmap(head('GET', addressOf(route), who), { names });
        else
            await sqlmap(head('POST', pathOf(route.pattern), [...who, form]), { names, body: encoded([['csrf', csrf], ...pairs]) });
    });

// A star after the number is where sqlmap puts its own.
for (const route of routes.filter(one => /\{/.test(one.pattern)))
    test(`1.2.4 ${route.name}: sqlmap finds no way in by the number in the path`, async () => {
        const csrf = await fresh();
        const who = whoAsks(route);
        const path = pathOf(route.pattern.replace(/(\{\w+\})/, '$1*'));
        await sqlmap(head(route.method, path, [...who, ...(route.method === 'POST' ? [form] : [])]), route.method === 'POST' ? { body: encoded([['csrf', csrf]]) } : {});
    });

const json = 'Content-Type: application/json';
const made = '{"kind":"recharge","effective_date":"2026-12-20","fields":{"capacity":1},"lines":["020-1000-0022"]}';
for (const [what, key] of [['JSON', random()], ['key', `${random()}*`]])
    test(`1.2.4 POST /api/v1/requests: sqlmap finds no way in by its ${what}`, async () => {
        await sqlmap(head('POST', '/api/v1/requests', [json, `Authorization: ${bearer}`, `Idempotency-Key: ${key}`]), { body: made });
    });

test('1.2.4 GET /api/v1/requests: sqlmap finds no way in by its token', async () => {
    await sqlmap(head('GET', '/api/v1/requests', [`Authorization: ${bearer}*`]), {});
});

test('1.2.4 what every page reads: sqlmap finds no way in by cookies, browser, language, address', async () => {
    await fresh();
    const cookies = attacker.cookie().replace(/(; |$)/g, '*$1');
    await sqlmap(head('GET', '/sims', [`Cookie: ${cookies}`]), {});
    await sqlmap(head('GET', '/sims', [session(), 'User-Agent: a*', 'Accept-Language: ja*', 'X-Forwarded-For: 127.0.0.1*', 'Referer: a*']), {});
    await sqlmap(head('GET', '/login', ['User-Agent: a*', 'Cookie: __Host-simportal-visit=a*']), {});
});

await finish();
