// 500-memory: one process answers 900 mixed requests and keeps little more memory after them than after 450, which shows
// what leaks a page or so for each request; LONG=1: 10,000, and no more than after 2,000. Leaks that are smaller than a
// page show at the end of the processes in scripts/check http. Issue 3, point 4; performance.md.
import { readFileSync } from 'node:fs';
import { run, test, is, below } from '../http/lib/tap.mjs';
import { account, customerId } from '../http/lib/env.mjs';
import { Browser } from '../http/lib/client.mjs';
import { own, back, processes } from './lib/pool.mjs';
import { line, pages, posts, session } from './lib/ways.mjs';

// Short, the process is still filling its caches: a page for each request between is too much.
const { first, all, most } = process.env.LONG ? { first: 2000, all: 10000, most: 512 } : { first: 450, all: 900, most: 1500 };
const clients = 48;
const person = account();
const main = customerId('main');
await own();
const [pid] = processes('own');
const anon = () => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/RssAnon:\s+(\d+) kB/)[1]);

// Every route of the table. A write prepares itself by questions to the database, which are asked one at a time.
const visits = [];
for (const page of pages) {
    const { send } = await page.once();
    visits.push([send, 2, (await send()).status]);
}
let turn = Promise.resolve();
const inTurn = work => (turn = turn.then(work, work));
for (const post of posts)
    visits.push([() => inTurn(async () => (await post.once()).send()), 1, 'done']);

// In turns: [how, how often in a round, what must come]; the first ones are what people do most.
const kinds = [
    [(browser, i) => browser.get(`/sims?size=${i % 2 ? 20 : 50}`), 60, 200],
    [browser => browser.get('/'), 40, 200],
    [browser => browser.get(`/sims/${line}`), 40, 200],
    [(browser, i) => browser.get(`/sims?label=%E7%AB%AF%E6%9C%AB&sort=-used&page=${1 + i % 3}`), 20, 200],
    [browser => browser.post('/customer', { customer_id: main, back: '/' }), 10, 303],
    [browser => browser.get('/customers?q=%E6%A0%AA'), 8, 200],
    [browser => browser.get(`/sims/${line}0000000`), 6, 404],
    [browser => browser.get('/sims?state=nonsense&size=x'), 6, 422],
    [browser => browser.post(`/sims/${line}`, { label: 'x'.repeat(101), memo: '', version: 1 }), 5, 422],
    [browser => browser.get('/sims.csv?state=suspended&charset=cp932'), 2, 200],
    [() => new Browser().get('/sims'), 2, 303],
    [() => new Browser().tryLogin(person), 1, 303],
    ...visits,
].flatMap(kind => Array(kind[1]).fill(kind));

test(`${all} requests, every route among them: no more memory after them than after ${first}`, async () => {
    const people = [];
    for (let i = 0; i < clients; i++) {
        people.push(await session());
        await people[i].get('/password');
    }
    const wrong = {};
    let n = 0;
    const until = end => Promise.all(people.map(async browser => {
        while (n < end) {
            const i = n++;
            const [ask, , want] = kinds[(i * 67) % kinds.length];
            const { status } = await ask(browser, i);
            if (want === 'done' ? status >= 400 : status !== want)
                wrong[`${status} for ${want}`] = (wrong[`${status} for ${want}`] ?? 0) + 1;
        }
    }));
    const began = Date.now();
    await until(first);
    const before = anon();
    await until(all);
    const after = anon();
    console.log(`# RssAnon ${before} kB after ${first}, ${after} kB after ${all} requests, ${Math.round(all / (Date.now() - began) * 1000)} a second`);
    is(wrong, {});
    is(processes('own'), [pid], 'the same process');
    below(after - before, most, 'kB more');
    below(after, 16 * 1024, 'kB in all');
});

test('the demo’s own pools again', async () => back());

await run();
