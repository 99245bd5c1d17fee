// 110-database-away: the database hangs under every page and every write at once, is killed, and comes back: each answer
// within the configured time, nothing half saved, and the first request after its return is served by every process.
// What http/910-database-away shows of pages, for all routes. Issue 3, point 4; security.md 16.5.2-3.
import { run, test, is, ok, below, expectLog, until, slowness } from '../http/lib/tap.mjs';
import { sql } from '../http/lib/env.mjs';
import { Browser } from '../http/lib/client.mjs';
import { databasePid, startDatabase, stopDatabase } from '../http/lib/database.mjs';
import { own, back } from './lib/pool.mjs';
import { all, line, session } from './lib/ways.mjs';
import { ask, judgePage, judgeWrite, kindOf } from './lib/judge.mjs';

expectLog(/"event":"busy"/);
expectLog(/"event":"made-unread"/, true);
expectLog(/"event":"health"/);
expectLog(/"event":"uncertain"/, true);
expectLog(/"program":"simportal-worker"/, true);

const seconds = 2;
const size = 48;
await own({ processes: size, config: `[db]\ntimeout_seconds=${seconds}` });

// One after the other takes what is asked for to another process, as the last one still closes its connection.
const each = async (count, once) => Promise.all(Array.from({ length: count }, (_, i) => once(i)));
const login = await new Browser().get('/login');

test(`every page and every write while the database hangs: answered within ${seconds} s; whole once it goes on`, async () => {
    const undisturbed = [];
    for (const way of all.filter(one => one.get))
        undisturbed.push(await ask(await way.once()));
    const onces = [];
    for (const way of all)
        onces.push(await way.once());
    process.kill(databasePid(), 'SIGSTOP');
    let answers;
    try {
        answers = await Promise.all(onces.map(async once => {
            const began = Date.now();
            const answer = await ask(once);
            return { ...answer, took: Date.now() - began };
        }));
        is((await new Browser().get('/healthz')).status, 503, 'the probe tells');
    } finally {
        process.kill(databasePid(), 'SIGCONT');
    }
    console.log(`# the slowest of ${answers.length} answers: ${Math.max(...answers.map(answer => answer.took))} ms`);
    await until(async () => (await new Browser().get('/healthz')).status === 200, 'the probe tells that it is back');
    for (const [i, way] of all.entries()) {
        below(answers[i].took, 1000 * seconds + 1500 * slowness, `${way.name}: milliseconds`);
        if (way.name === 'GET /login')
            judgePage(answers[i], login, way.name, []);
        else if (way.get)
            is(kindOf(answers[i]), way.name.startsWith('GET /brand') ? 'good' : 'busy', way.name); /* the brand asks no database */
        else
            await judgeWrite(answers[i], onces[i], `${way.name}, while it hung`);
    }
    for (const [i, way] of all.entries()) {
        const next = await way.once();
        const after = await ask(next);
        is(kindOf(after), 'good', `${way.name}: served again`);
        if (way.get)
            judgePage(after, undisturbed[i], `${way.name}: served again`, []);
        else
            await judgeWrite(after, next, `${way.name}: served again`);
    }
});

test('killed and back: the first request of every process is served, a write as well as a page', async () => {
    const browsers = [];
    for (let i = 0; i < size; i++) {
        browsers.push(await session());
        await browsers[i].get('/password');
    }
    // Every process has a connection that will be dead.
    await each(size * 3, i => browsers[i % size].get('/sims'));
    await stopDatabase('SIGKILL');
    is(kindOf(await ask({ send: () => browsers[0].post('/customer', { customer_id: 0 }) })), 'busy', 'while it is away');
    const began = Date.now();
    await startDatabase();
    console.log(`# up again after ${Date.now() - began} ms`);
    const answers = await each(size, i => (i % 2 === 0 ? browsers[i].post('/customer', { customer_id: 0 }) : browsers[i].get(`/sims/${line}`)));
    is(answers.map(answer => answer.status).filter(status => ![200, 303].includes(status)), []);
    const changed = sql(`SELECT id FROM session WHERE id IN (${browsers.filter((_, i) => i % 2 === 0).map(browser => browser.session).join()}) AND customer_id IS NULL`);
    is(changed.length, size / 2, 'as the answers say');
    is((await new Browser().get('/healthz')).status, 200);
    ok((await each(size * 2, i => browsers[i % size].get('/sims'))).every(answer => answer.status === 200));
});

test('the demo’s own pools again', async () => back());

await run();
