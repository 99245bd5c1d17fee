// 020-wapiti: every page with the forms on it, as wapiti attacks them: script, SQL, programs, files, header lines, ways
// to other hosts, and what is missing from policy, cookies and headers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, logLines, logMark, test } from '../http/lib/tap.mjs';
import { random } from '../http/lib/env.mjs';
import { attacker, finish, fresh, routes } from '../hostile/lib/attack.mjs';
import { addressOf, folder, host, tool } from './lib/tool.mjs';

// Without xxe, which asks a host of its own.
const modules = 'xss,permanentxss,sql,blindsql,exec,file,crlf,redirect,csp,cookieflags,http_headers,csrf,methods';
// X-XSS-Protection is obsolete, and no browser that is supported knows it any more.
const known = (kind, finding) => kind === 'HTTP Secure Headers' && /X-XSS-Protection/.test(finding.info);

for (const route of routes.filter(one => one.method === 'GET' && !one.pattern.startsWith('/api/') && !/\.\w+$|healthz|logo/.test(one.pattern)))
    test(`${route.name}: wapiti finds nothing`, async () => {
        await fresh();
        const file = join(folder, random());
        const mark = logMark('pools.log');
        // A page at a time: it would log out.
        const said = await tool('wapiti', ['-u', `https://${host}${addressOf(route)}`, '--scope', 'page', '-d', '1', '--max-links-per-page', '20', '--verify-ssl', '0', ...(route.isPublic ? [] : ['-H', `Cookie: ${attacker.cookie()}`]),
            '-m', modules, '-v', '0', '--flush-session', '--store-session', folder, '-f', 'json', '-o', file]);
        is(said.status, 0, said.text.slice(-1500));
        const report = JSON.parse(readFileSync(file, 'utf8'));
        const found = Object.entries({ ...report.vulnerabilities, ...report.anomalies }).flatMap(([kind, list]) => list.filter(one => !known(kind, one)).map(one => `${kind}: ${one.method} ${one.path} ${one.parameter} ${one.info}`));
        const asked = logLines('pools.log', mark).filter(line => line.event === 'request');
        console.log(`#  ${asked.length} requests`);
        is([...new Set(found)], []);
        is(asked.filter(line => line.status >= 500), [], 'no answer is an error of ours');
    });

await finish();
