// 910-database-away: while the database is away people get a page that says so, quickly; when it is back everything
// goes on without a restart. Issue 2, point 8; security.md 16.5.2-3.
import { run, test, is, ok, like, unlike, has, below, expectLog, until, slowness } from './lib/tap.mjs';
import { account, mails, random, sqlOne } from './lib/env.mjs';
import { databasePid, startDatabase, stopDatabase } from './lib/database.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { withoutTokens, words } from './lib/html.mjs';

expectLog(/"event":"busy"/);
expectLog(/"event":"health"/);
expectLog(/"event":"uncertain"/, true);
expectLog(/"program":"simportal-worker"/, true);
expectLog(/"event":"login-failed"/, true);

// What the ten seconds of a database that hangs may add.
const late = 10000 + 3000 * slowness;
const leak = /mysql|mariadb|socket|errno|sql|\.c:/i;
function isAway(answer, what) {
    is(answer.status, 503, what);
    below(answer.ms, late, `${what}: milliseconds`);
    has(words(answer.text), 'ただいま利用できません', what);
    unlike(withoutTokens(answer.text).replace(/<link[^>]*>|<script[^>]*>/g, ''), leak, what);
    like(answer.headers['retry-after'], /^\d+$/, what);
    is(answer.headers['cache-control'], 'no-store', what);
    like(answer.headers['strict-transport-security'], /max-age/, what);
}

const who = account({ email: `away-${random()}@test.example` });
const browser = await signedIn(who);
const visitor = new Browser();
await visitor.get('/login');

for (const [signal, how] of [['SIGTERM', 'stopped'], ['SIGKILL', 'killed']]) {
    test(`16.5.2 the database is ${how}: a page says so, within 12 seconds, for everything that needs it`, async () => {
        const line = sqlOne('SELECT MIN(id) FROM line');
        await stopDatabase(signal);
        let slowest = 0;
        try {
            for (const [method, path] of [['GET', '/'], ['GET', '/sims'], ['GET', `/sims/${line}`], ['GET', '/sims.csv'], ['POST', '/language'], ['POST', `/sims/${line}`], ['POST', '/logout']]) {
                const answer = method === 'GET' ? await browser.get(path) : await browser.post(path, { language: 'en', label: 'lost', memo: '', version: 0 });
                isAway(answer, `${method} ${path}`);
                slowest = Math.max(slowest, answer.ms);
            }
            isAway(await visitor.post('/login', { login_id: who.login, password: who.password }), 'a login');
            is(visitor.token, undefined, '16.5.3 nobody gets in');
            const probe = await visitor.get('/healthz');
            is([probe.status, probe.text], [503, '{"status":"database away"}\n'], 'the probe tells, and no more');
            is((await visitor.get('/static/none')).status, 404, 'what needs no database is served');
            const all = await Promise.all(Array.from({ length: 20 }, () => browser.get('/sims')));
            is([...new Set(all.map(answer => answer.status))], [503], 'twenty at once');
            below(Math.max(...all.map(answer => answer.ms)), late, 'milliseconds');
        } finally {
            await startDatabase();
        }
        console.log(`# the slowest answer while the database was ${how}: ${slowest.toFixed(0)} ms`);
    });

    test(`16.5.2 back again after it was ${how}, without a restart of anything: the same session goes on, nothing is half done`, async () => {
        await until(async () => (await browser.get('/sims')).status === 200, 'pages are served again', 10);
        for (const path of ['/', '/sims.csv', '/healthz'])
            is((await browser.get(path)).status, 200, path);
        await browser.get('/');
        is((await browser.post('/language', { language: 'ja' })).status, 303);
        is(sqlOne(`SELECT COUNT(*) FROM line WHERE label = 'lost'`), '0');
        const again = new Browser();
        is((await again.tryLogin(who)).status, 303);
        await until(() => mails(mail => mail.to.startsWith('away-')).length >= (signal === 'SIGTERM' ? 2 : 3), 'the worker sends again', 20);
        // Each process of each pool: enough requests that all have had one.
        const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => browser.get(i % 4 === 0 ? '/sims.csv' : '/sims')));
        ok(answers.every(answer => answer.status === 200));
    });
}

test('16.5.2 a request that meets the restart is answered', async () => {
    const loads = Array.from({ length: 4 }, async () => {
        const codes = [];
        for (let i = 0; i < 12; i++)
            codes.push((await browser.get('/sims')).status);
        return codes;
    });
    await stopDatabase('SIGTERM');
    await startDatabase();
    const codes = (await Promise.all(loads)).flat();
    is(codes.filter(code => ![200, 503].includes(code)), []);
    is((await browser.get('/sims')).status, 200);
});

test('16.5.2 a database that hangs: answered within 12 seconds, and served again once it goes on', async () => {
    const pid = databasePid();
    process.kill(pid, 'SIGSTOP');
    try {
        const began = Date.now();
        const answers = await Promise.all([browser.get('/sims'), browser.get('/sims.csv'), new Browser().get('/login'), visitor.get('/healthz')]);
        console.log(`# the slowest answer while the database hung: ${Math.max(...answers.map(answer => answer.ms)).toFixed(0)} ms`);
        isAway(answers[0], 'a page');
        isAway(answers[1], 'a file');
        is(answers[2].status, 200, 'the login page needs no database');
        is(answers[3].status, 503, 'the probe tells');
        below(answers[3].ms, Math.min(9500, 2000 + 4000 * slowness), 'milliseconds until it does: it waits for two seconds, not for ten');
        below(Date.now() - began, late, 'milliseconds');
    } finally {
        process.kill(pid, 'SIGCONT');
    }
    await until(async () => (await browser.get('/sims')).status === 200, 'pages are served again', 12);
    is((await browser.get('/sims.csv')).status, 200);
});

await run();
