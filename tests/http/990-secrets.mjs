// 990-secrets: after everything else: what the run used is in no log.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { run, test, is, ok } from './lib/tap.mjs';
import { account, env } from './lib/env.mjs';
import { signedIn } from './lib/client.mjs';

const logs = () => readdirSync(env.LOG_DIR).map(name => [name, readFileSync(`${env.LOG_DIR}/${name}`, 'latin1')]);
const found = secrets => logs().flatMap(([name, text]) => secrets.filter(([, value]) => text.includes(value)).map(([kind]) => `${kind} in ${name}`));

test('16.2.5 no password, cookie, session or CSRF token of the whole run is in a log', async () => {
    const browser = await signedIn(account());
    await browser.get('/sims');
    const file = `${env.VAR}/secrets-used`;
    ok(existsSync(file), 'some were used');
    // As bytes: what is not ASCII may stand in a log as such, or escaped.
    const used = readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
    ok(used.some(([kind]) => kind === 'csrf') && used.some(([kind]) => kind === '__Host-simportal') && used.some(([kind]) => kind === 'password'), 'of each kind');
    console.log(`# ${used.length} secrets, ${logs().reduce((sum, [, text]) => sum + text.length, 0)} bytes of logs`);
    is(found(used.map(([kind, value]) => [kind, Buffer.from(String(value)).toString('latin1')])), []);
    is(found(used.map(([kind, value]) => [kind, encodeURIComponent(value)])), []);
});

test('13.3.2 nor the passwords of the database, the key, an activation code', async () => {
    const key = readFileSync(`${env.VAR}/secret/key`, 'utf8').split(/\s+/)[1];
    const secrets = [['password of the portal', env.DB_PASSWORD], ['password of the migrations', env.DB_ADMIN_PASSWORD], ['key', key], ['activation code', 'LPA:1$'],
        ...Object.entries(env).filter(([name]) => name.endsWith('_PASSWORD'))];
    ok(secrets.every(([, value]) => value.length > 5));
    is(found(secrets), []);
});

await run();
