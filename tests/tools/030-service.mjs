// 030-service: the service as a whole: its TLS, what lies about, slow clients, HTTP/2 under load.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, like, test, unlike } from '../http/lib/tap.mjs';
import { attacker, finish, fresh, patterns } from '../hostile/lib/attack.mjs';
import { folder, host, tool } from './lib/tool.mjs';

const at = host.replace('localhost', '127.0.0.1');

test('12.1.1-2 sslscan: TLS 1.2 and 1.3 alone, nothing that is broken', async () => {
    const { text } = await tool('sslscan', [at]);
    is([...text.matchAll(/^((?:SSL|TLS)v[\d.]+) +(enabled|disabled)/gm)].filter(match => match[2] === 'enabled').map(match => match[1]), ['TLSv1.2', 'TLSv1.3']);
    const suites = [...text.matchAll(/^(?:Preferred|Accepted) +TLSv1\.\d +\d+ bits +(\S+)/gm)].map(match => match[1]);
    is(suites.length > 0, true, text.slice(0, 500));
    is(suites.filter(suite => !/GCM|CHACHA20|POLY1305/.test(suite)), [], 'AEAD alone');
    unlike(text, /(?<!not )vulnerable to heartbleed/);
});

test('12.1.1-2 testssl: nothing is wrong but that the certificate is self-made', async () => {
    const file = join(folder, 'testssl.json');
    const said = await tool('testssl', ['--fast', '--quiet', '--color', '0', '--jsonfile', file, at]);
    is(existsSync(file), true, said.text.slice(-500));
    const findings = JSON.parse(readFileSync(file)).filter(one => ['HIGH', 'CRITICAL', 'MEDIUM'].includes(one.severity));
    // The demo makes its own certificate, which no authority knows or could take back.
    const ofTheDemo = /^(?:cert_(?:chain_of_trust|trust|caIssuers|crlDistributionPoints|expiration|revocation)|cert_chain|cert_crlDistributionPoints|overall_grade|scanTime)|grade_cap|intermediate/;
    is(findings.filter(one => !ofTheDemo.test(one.id)).map(one => `${one.id}: ${one.finding}`), []);
});

test('13.4.1-6 ffuf: nothing lies about but what the table of routes has', async () => {
    await fresh();
    const lists = ['common-files', 'common-tables', 'common-columns', 'keywords', 'smalldict'].map(name => readFileSync(`/usr/share/sqlmap/data/txt/${name}.txt`, 'latin1'));
    const words = [...new Set(lists.join('\n').split(/\s+/).filter(word => /^[\w./~-]{2,60}$/.test(word)).map(word => word.replace(/^\/+/, '')))];
    const list = join(folder, 'words');
    writeFileSync(list, `${words.join('\n')}\n`);
    const file = join(folder, 'ffuf.json');
    const said = await tool('ffuf', ['-s', '-mc', 'all', '-fc', '303,404', '-t', '2', '-H', `Cookie: ${attacker.cookie()}`, '-w', list, '-u', `https://${host}/FUZZ`, '-of', 'json', '-o', file]);
    is(said.status, 0, said.text.slice(-500));
    const found = JSON.parse(readFileSync(file)).results.map(one => `${one.input.FUZZ} ${one.status}`);
    console.log(`#  ${words.length} words`);
    // Those of the table, the icon, and the old address of the login page.
    const known = [...patterns.map(path => path.slice(1)), 'favicon.ico', 'Login'];
    is(found.filter(one => !known.includes(one.split(' ')[0])), []);
});

const slow = [['slow headers', ['-H', '-i', '2', '-t', 'GET']], ['slow bodies', ['-B', '-i', '2', '-s', '4000']], ['slow readers', ['-X', '-w', '10', '-y', '20', '-n', '5', '-z', '32']]];
for (const [name, words] of slow)
    test(`4.2, 15.2.2 slowhttptest: a thousand ${name}, and the service answers others`, async () => {
        const { text } = await tool('slowhttptest', [...words, '-c', '1000', '-r', '200', '-l', '30', '-p', '3', '-u', `https://${host}/login`]);
        const states = [...text.matchAll(/service available: +(YES|NO)/g)].map(match => match[1]);
        is([states.length > 3, states.filter(state => state === 'NO').length], [true, 0], text.slice(-600));
    });

test('h2load: 5,000 pages on 20 connections, each answered', async () => {
    await fresh();
    const { text } = await tool('h2load', ['-n', '5000', '-c', '20', '-m', '8', '-H', `Cookie: ${attacker.cookie()}`, `https://${host}/sims`]);
    like(text, /5000 succeeded, 0 failed, 0 errored, 0 timeout/);
    like(text, /status codes: 5000 2xx, 0 3xx, 0 4xx, 0 5xx/);
});

await finish();
