// 100-database-cut: the connection to the database breaks at the N-th statement of every page and every write, for each N:
// before the server hears of it, after it has done it, in the midst of its answer. Each statement meets one fault, in
// turns, and the last, which commits, all of them; LONG=1: each meets each. Issue 3, point 4; security.md 2.3.3, 16.5.2-3.
import { run, test, is, ok, expectLog } from '../http/lib/tap.mjs';
import { env } from '../http/lib/env.mjs';
import { DatabaseProxy } from './lib/dbproxy.mjs';
import { own, back } from './lib/pool.mjs';
import { all, missing } from './lib/ways.mjs';
import { ask, judgePage, judgeWrite, kindOf } from './lib/judge.mjs';

expectLog(/"event":"(busy|health)"/);
expectLog(/"event":"uncertain"/);
// A request of the API is made, but cannot be read for its answer.
expectLog(/"event":"made-unread"/, true);
expectLog(/upstream prematurely closed connection while reading upstream.*"GET \/sims\.csv/);

const long = Boolean(process.env.LONG);
const proxy = new DatabaseProxy(`${env.VAR}/run/proxy.sock`);
await proxy.start();
await own({ config: `[db]\nsocket=${proxy.path}\ntimeout_seconds=3` });

// Server errors: disk full, table full, out of memory.
const faults = [['before'], ['after'], ['after', { away: true }], [1114], ...(long ? [['within'], ['before', { away: true }], [1021], [1037]] : [])];

// A page only reads: its last statement is one like the others.
const chosen = (way, at, fault, count) => long || (at + fault) % faults.length === 0 || (at === count && !way.get);
// A page is read again on a new connection, as if nothing had been; a file is one long reading that cannot be, and the
// probe tells what it sees on a connection of its own.
const allowed = (way, how, options) => (way.name.includes('.csv') ? ['busy', 'broken'] : way.name === 'GET /healthz' || options || typeof how === 'number' ? ['busy'] : []);

test('every route has a line in lib/ways.mjs', async () => is(missing, []));

for (const way of all) {
    test(`${way.name}: the connection breaks at each of its statements`, async () => {
        await ask(await way.once());
        const undisturbed = await way.once();
        proxy.disarm();
        const reference = await ask(undisturbed);
        const { count } = proxy;
        is(kindOf(reference), 'good', 'undisturbed');
        for (const [index, [how, options]] of faults.entries()) {
            for (let at = 1; at <= count; at++) {
                if (!chosen(way, at, index, count))
                    continue;
                const what = `${at} of ${count}, ${how}${options ? ', and stays away' : ''}`;
                const once = await way.once();
                proxy.arm(at, how, options);
                const answer = await ask(once);
                const { hit } = proxy;
                proxy.disarm();
                ok(hit, `${what}: it came that far`);
                if (way.get)
                    judgePage(answer, reference, what, allowed(way, how, options));
                else
                    await judgeWrite(answer, once, what);
                const next = await way.once();
                const after = await ask(next);
                is(kindOf(after), 'good', `${what}: the next one`);
                if (way.get)
                    judgePage(after, reference, `${what}: the next one`, []);
                else
                    await judgeWrite(after, next, `${what}: the next one`);
            }
        }
    });
}

test('the demo’s own pools again', async () => {
    await back();
    await proxy.stop();
});

await run();
