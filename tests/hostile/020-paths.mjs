// 020-paths: the paths of the table of routes written in every odd way, with every bad number in their place, asked for
// by every method; and paths that are nobody's. Every path meets a sample, each kind of path everything (lib/share.mjs).
import { attack, attacker, finish, host, pathOf, patterns, request, routes } from './lib/attack.mjs';
import { all, numbers, sample, some } from './lib/payloads.mjs';
import { Share, kindOf } from './lib/share.mjs';

const methods = ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'SEARCH', 'DEBUG', 'PRI', 'get', 'Get', 'GETX', 'G', 'GET_', 'G-ET', 'A'.repeat(60), 'PO\x01ST', '\xffGET', 'G\xc3\x8bT', '"GET"', 'GET/', ''];

const escaped = path => path.replace(/[a-z]/g, c => `%${c.charCodeAt(0).toString(16)}`);
const odd = path => [
    ...['/', '//', '/.', '/..', '/../', '/./', '//.', '%00', '%0a', '%0d', '%09', '%20', '+', '.json', '.csv', '.xml', '.php', '.bak', '~', '.git', ';a=b', ';.csv', '/;/', '%3b', '?', '??', '?x#y', '%23', '%3f', '%3fa=b', '%2f', '%2f%2f', '%5c', '/%2e', '/%2e%2e',
        '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/..;/', '/%252e%252e/', '/%c0%ae%c0%ae/', '%ff', '%c2%a0', '%ef%bc%8f', '%e2%80%ae', '/index.html', '/.svn/entries', '/.env', '/WEB-INF/web.xml', '.%00.html', '*', '(', '[', '{', '|', '^', '"', "'", '<', '>', '`', '$', '@', '!', ',', ':', ':8443', '&a=b', '=', '-1', '/a/b/c/d/e/f/g', '/\xe3\x81\x82', '\xff',
        `/${'a/'.repeat(500)}`, `/${'../'.repeat(300)}`, `/${'%2e%2e%2f'.repeat(100)}`, `?${'a'.repeat(1500)}`, `/${'a'.repeat(1500)}`, `/${'%00'.repeat(30)}`].map(end => [`then ${end.slice(0, 30)} (${end.length})`, path + end]),
    ...['/', '//', '/./', '/../', '/x/../', '/%2e/', '/%2e%2e/', '/%2f/', '/;/', '/.;/', '/\\', '/%5c', '/%00/', '/static/..', '/static/../..', '/static/%2e%2e', '/_errors/..', '/_errors', '/api', '/.well-known', '/%20'].map(start => [`after ${start}`, start.replace(/\/$/, '') + path]),
    ['in capitals', path.toUpperCase()], ['escaped', escaped(path)], ['escaped twice', escaped(path).replace(/%/g, '%25')], ['slashes escaped', path.replace(/\//g, '%2f')], ['slashes turned', path.replace(/\//g, '\\')], ['without a slash', path.slice(1) || 'x'],
    ['absolute', `http://${host}${path}`], ['absolute, https', `https://${host}${path}`], ['absolute, another host', `http://evil.example${path}`], ['absolute, no path', `http://${host}`], ['absolute, a query alone', `http://${host}?${path}`], ['absolute, a person', `http://a:b@${host}${path}`], ['absolute, another port', `http://localhost:1${path}`],
    ['absolute, another scheme', `ftp://${host}${path}`], ['a host alone', host], ['host and path', `${host}${path}`], ['a star', `*${path}`], ['two targets', `${path} ${path}`], ['a tab', `${path}\t`], ['a blank in it', `${path} x`], ['an asterisk', '*'], ['nothing', ''],
];

// What stands in the place of a placeholder is read by the pages of one folder alike.
const held = routes.filter(route => /\{/.test(route.pattern));
// nginx reads a path before it knows the method.
const shape = one => (one.method === 'POST' ? kindOf({ ...one, pattern: '/' }) : `${kindOf(one)} ${/\{/.test(one.pattern) ? 'with' : 'without'} a placeholder`);
const folder = ({ pattern }) => pattern.replace(/\}.*/, '}');
const asked = ['GET', 'POST'].flatMap(method => patterns.map(pattern => ({ method, pattern })));
const paths = new Share('paths × odd ways', asked.map(one => ({ name: `${one.method} ${one.pattern}`, kind: shape(one) })), 6);
const unknown = new Share('paths × methods', patterns.map(pattern => ({ name: pattern, kind: kindOf({ pattern }) })), 5);
// Below which customer a page is, is read by one piece of code for all of them (fcgi/base/address.h).
const below = routes.filter(route => route.hasCustomer);
const customers = new Share('customers × payloads', below.map(route => ({ name: route.name, kind: route.method })), sample);
const strange = new Share('placeholders × payloads', held.map(route => ({ name: route.name, kind: folder(route) })), sample);

for (const pattern of patterns) {
    for (const method of ['GET', 'POST'])
        attack(`1.1.1, 13.4.1 ${method} ${pattern}: the path in odd ways`, () => paths.of(`${method} ${pattern}`, odd(pathOf(pattern)).map(([name, target]) => ({ name, bytes: request(method, target, method === 'POST' ? { body: '' } : {}), silent: false }))));

    attack(`4.1.4 ${pattern}: methods that no page knows`, () => unknown.of(pattern, methods.map((method, index) => ({ name: `method ${index + 1} ${JSON.stringify(method.slice(0, 12))}`, method: method === 'HEAD' ? 'HEAD' : 'GET', bytes: request(method, pathOf(pattern), index % 2 ? { body: '' } : {}),
        ...(method === 'HEAD' ? {} : { status: [400, 405] }) }))));

    for (const route of held.filter(one => one.pattern === pattern))
        attack(`8.2.2 ${route.name}: what is no number of anybody's`, () => strange.of(route.name, all.filter(one => numbers.includes(one) || some.includes(one) || sample.includes(one[0])).map(([name, value]) => ({ name, bytes: request(route.method, pathOf(pattern, value.replace(/ /g, '%20').replace(/\?/g, '%3f')), route.method === 'POST' ? { body: `csrf=${attacker.csrf}` } : {}) }))));

    for (const route of below.filter(one => one.pattern === pattern))
        attack(`8.4.1 ${route.name}: below what is no customer of the account's`, () => customers.of(route.name, all.map(([name, value]) => ({ name, bytes: request(route.method, `/customers/${value.replace(/ /g, '%20').replace(/\?/g, '%3f')}${pathOf(pattern)}`, route.method === 'POST' ? { body: `csrf=${attacker.csrf}` } : {}) }))));
}
for (const share of [paths, unknown, customers, strange])
    share.check();

attack('13.4.1-5 paths that are nobody\'s', () => all.map(([name, value]) => ({ name, bytes: request('GET', `/${value.replace(/ /g, '%20')}`) })));

attack('13.4.1-5 files and folders that lie about elsewhere', () => ['.git/HEAD', '.git/config', '.svn/wc.db', '.hg/store', '.env', '.env.local', '.htaccess', '.htpasswd', '.DS_Store', '.ssh/id_rsa', '.well-known/security.txt', '.aws/credentials', 'robots.txt', 'sitemap.xml', 'crossdomain.xml', 'phpinfo.php', 'wp-login.php', 'admin', 'admin/', 'administrator',
    'phpmyadmin/', 'server-status', 'server-info', 'nginx_status', 'stub_status', 'status', 'metrics', 'debug', 'actuator/env', 'console', 'manager/html', 'cgi-bin/', 'cgi-bin/test-cgi', 'backup.zip', 'backup.sql', 'dump.sql', 'db.sqlite', 'simportal.conf', 'demo.env', 'nginx.conf', 'package.json', 'configure.ac', 'Makefile', 'README.md', 'static', 'static/', 'static/.', 'static/..', 'static/../', 'static//',
    'static/%2e%2e/', 'static/..%2f', 'static/..%5c', 'static/portal.css', 'static/portal.css.gz', 'static/portal.js.map', 'static/%00', 'static/a%00.css', 'static../', 'static../simportal.conf', 'static..%2fsecret/key', '_errors', '_errors/', '_errors/404.html', '_errors/../', '_errors/..%2f', '_errors../simportal.conf', 'favicon.ico/', 'favicon.ico/..', 'favicon.ico%00', 'drafts/1/numbers', 'drafts/../numbers', 'drafts/%2e%2e/numbers', 'bench-echo', 'api', 'api/v1', 'api/v1/sims', 'graphql', 'swagger.json', 'openapi.json', 'views/portal.ja.xsl', 'etc/passwd']
    .map(path => ({ name: path, bytes: request('GET', `/${path}`) })));

await finish();
