// 400-logs: what is logged, under which id, and what never is; who may read what rests on the disk.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { run, test, is, ok, like, unlike, has, expectLog, logLines, logMark, logText, until } from './lib/tap.mjs';
import { account, customerId, env, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { field, words } from './lib/html.mjs';

expectLog(/"event":"login-failed"/);
expectLog(/"event":"refused","why":"csrf"/);

const main = customerId('main');
const entry = (name, id, event) => until(() => logLines(name).find(line => (line.request ?? line.id) === id && (!event || line.event === event)), `${id} in ${name}`);

test('the id in the answer is the one of the access log and of the application log (issue 2, point 7)', async () => {
    const browser = await signedIn(account());
    for (const [path, status] of [['/sims', 200], ['/none', 404], ['/sims.csv', 200], ['/login', 303]]) {
        const answer = await browser.get(path);
        const id = answer.headers['x-request-id'];
        const access = await entry('nginx-access.log', id);
        const pool = await entry('pools.log', id, 'request');
        is([answer.status, access.status, pool.status], [status, status, status], path);
        is([access.address, pool.address], [browser.from, browser.from]);
        is(access.path, path);
    }
    const page = await browser.get('/none');
    has(words(page.text), page.headers['x-request-id'], 'the error page names it');
});

test('16.2.1-2 each entry tells when, with its offset from UTC, where, who and what', async () => {
    const who = account();
    const browser = await signedIn(who);
    const answer = await browser.get('/sims');
    const line = await entry('pools.log', answer.headers['x-request-id'], 'request');
    like(line.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    ok(Math.abs(Date.parse(line.at) - Date.now()) < 60000, line.at);
    is([line.level, line.program, line.route, line.method, String(line.account)], ['info', 'simportal-fcgi', '/sims', 'GET', who.id]);
    ok(line.pid > 1 && line.us > line.db_us && line.db_us > 0 && line.statements > 0);
});

test('a request is one line, with these fields and no query string; its pool, customer and bytes are told', async () => {
    const browser = await signedIn(account());
    for (const [path, pool, route, rows] of [['/sims?label=Query', 'pages', '/sims', 1], ['/sims.csv?label=Query', 'bulk', '/sims.csv', 0], ['/login?next=%2Fsims', 'login', '/login', 0]]) {
        const answer = await browser.get(path);
        await entry('pools.log', answer.headers['x-request-id'], 'request');
        const lines = logLines('pools.log').filter(one => one.request === answer.headers['x-request-id']);
        is(lines.map(one => one.event), ['request'], path);
        is(Object.keys(lines[0]), ['at', 'level', 'program', 'pid', 'pool', 'request', 'event', 'route', 'method', 'status', 'us', 'statements', 'rows', 'db_us', 'bytes', 'account', 'customer', 'address']);
        is([lines[0].pool, lines[0].route, String(lines[0].customer)], [pool, route, main], path);
        ok(lines[0].bytes > answer.body.length, `${lines[0].bytes} bytes, ${answer.body.length} of them body`);
        ok(lines[0].rows >= rows);
    }
});

test('16.3.1 failed logins, refused forms and refused rights are warnings', async () => {
    const browser = new Browser();
    const failed = await browser.tryLogin({ login: 'log-probe', password: 'x' });
    is((await entry('pools.log', failed.headers['x-request-id'], 'login-failed')).level, 'warning');
    const csrf = await (await signedIn(account())).post('/language', { language: 'ja' }, { csrf: 'x' });
    is((await entry('pools.log', csrf.headers['x-request-id'], 'refused')).why, 'csrf');
});

test('16.2.5, 14.2.1 passwords, cookies, tokens, codes and search words are in no log and no table in clear', async () => {
    const mark = random(10);
    const who = account({ password: `Secret-${mark}-pass`, email: `logs-${random()}@test.example` });
    const browser = new Browser();
    const typed = `Typed-${random(10)}-wrong`;
    await browser.tryLogin({ ...who, password: typed });
    await browser.tryLogin({ login: `Name-${mark}-mistyped`, password: typed });
    await browser.tryLogin(who);
    const tokens = [browser.token];
    await browser.get('/password');
    const fresh = `Fresh-${mark}-pass`;
    await browser.post('/password', { present: typed, new: fresh, again: fresh });
    is((await browser.post('/password', { present: who.password, new: fresh, again: fresh })).status, 303);
    tokens.push(browser.token);
    const esim = sqlOne(`SELECT MIN(l.id) FROM line l JOIN card d ON d.serial = l.serial WHERE d.activation_code IS NOT NULL AND l.customer_id = ${main}`);
    const page = await browser.get(`/sims/${esim}?q=Query-${mark}`);
    const code = (await browser.post(`/sims/${esim}/esim`)).text.match(/LPA:1\$[^<]+/)[0];
    const csrf = field(page.text, 'csrf') ?? browser.csrf;
    const last = await browser.get(`/sims?label=Query-${mark}`);
    await entry('pools.log', last.headers['x-request-id'], 'request');
    await until(() => sqlOne(`SELECT COUNT(*) FROM mail WHERE recipient LIKE 'logs-%' AND sent_at IS NULL`) === '0', 'the mail is sent');
    const secrets = { password: who.password, typed, mistyped: `Name-${mark}-mistyped`, fresh, code, csrf, cookie: tokens[0], cookie2: tokens[1], query: `Query-${mark}` };
    for (const name of readdirSync(env.LOG_DIR)) {
        const text = readFileSync(`${env.LOG_DIR}/${name}`, 'latin1');
        for (const [what, secret] of Object.entries(secrets))
            ok(!text.includes(secret), `${what} in ${name}`);
    }
    const dump = spawnSync('mariadb-dump', ['--no-defaults', `--socket=${env.DB_SOCKET}`, `--user=${env.DB_ADMIN_USER}`, '--skip-lock-tables', '--single-transaction', '--no-tablespaces', env.DB_NAME, 'account', 'session', 'audit', 'mail', 'login_failure', 'account_password', 'account_address'],
        { env: { ...process.env, MYSQL_PWD: env.DB_ADMIN_PASSWORD }, maxBuffer: 1 << 28 });
    const text = dump.stdout.toString('latin1');
    ok(text.includes(who.login), 'the dump is one');
    for (const [what, secret] of Object.entries(secrets))
        ok(!text.includes(secret), `${what} in the database`);
});

test('16.4.1 what clients send cannot forge a line: agent, path, method, origin, cookie', async () => {
    const mark = logMark('pools.log');
    const access = logMark('nginx-access.log');
    const browser = new Browser({ headers: { 'User-Agent': '"}\\n{"level":"info","event":"forged","x":"', Referer: 'http://x/"forged' } });
    const answer = await browser.get('/forged%22,%22event%22:%22forged?x=%0a{"event":"forged"}');
    await browser.tryLogin({ login: 'x","event":"forged', password: 'x' });
    await entry('pools.log', answer.headers['x-request-id']);
    await entry('nginx-access.log', answer.headers['x-request-id']);
    is(logLines('pools.log', mark).filter(line => line.raw || line.event === 'forged'), []);
    is(logLines('nginx-access.log', access).filter(line => line.raw || line.event === 'forged'), []);
    unlike(logText('pools.log', mark), /\u001b/);
});

test('13.3.2 secrets, logs and mails are for their owner alone', async () => {
    for (const folder of ['secret', 'log', 'mail'])
        is((statSync(`${env.VAR}/${folder}`).mode & 0o077).toString(8), '0', folder);
    for (const name of readdirSync(`${env.VAR}/secret`))
        is((statSync(`${env.VAR}/secret/${name}`).mode & 0o077).toString(8), '0', name);
    for (const path of [env.CONFIG, process.env.ENV])
        is((statSync(path).mode & 0o077).toString(8), '0', path);
    for (const name of readdirSync(`${env.VAR}/run`).filter(one => one.endsWith('.sock') && one !== 'mariadb.sock'))
        is((statSync(`${env.VAR}/run/${name}`).mode & 0o007).toString(8), '0', name);
});

test('13.3.1 programs hold no password', async () => {
    for (const program of ['simportal-fcgi', 'simportal-worker', 'simportalctl']) {
        const text = readFileSync(`${env.BIN_DIR}/${program}`, 'latin1');
        for (const secret of [env.DB_PASSWORD, env.DB_ADMIN_PASSWORD])
            ok(!text.includes(secret), program);
    }
    const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    ok(!processes.includes(env.DB_PASSWORD), 'nor a command line');
});

test('13.2.2 the database user of the portal may read and write rows of its schema, nothing else', async () => {
    const as = text => sql(text, { user: env.DB_USER, password: env.DB_PASSWORD });
    const grants = as('SHOW GRANTS').map(row => row[0].replace(/IDENTIFIED BY PASSWORD '[^']*'/, ''));
    is(grants.length, 2);
    like(grants[0], /^GRANT USAGE ON \*\.\* TO/);
    like(grants[1], /^GRANT SELECT, INSERT, UPDATE, DELETE ON `\w+`\.\* TO/);
    for (const text of ['CREATE TABLE x (a INT)', 'DROP TABLE line', 'ALTER TABLE line ADD x INT', 'SELECT * FROM mysql.user', "SELECT LOAD_FILE('/etc/passwd') INTO OUTFILE '/tmp/x'", 'SET GLOBAL max_connections = 1']) {
        let refused = false;
        try {
            as(text);
        } catch {
            refused = true;
        }
        ok(refused, text);
    }
});

await run();
