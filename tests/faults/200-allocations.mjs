// 200-allocations: memory ends in the midst of every page and every write. The process may end, people are told with 503;
// a wrong page or half a write there must not be. Issue 3, point 4; security.md 2.3.3, 1.4.1-3.
import { readFileSync, writeFileSync } from 'node:fs';
import { run, test, is, ok, expectKilled, expectLog } from '../http/lib/tap.mjs';
import { env } from '../http/lib/env.mjs';
import { own, back, processes } from './lib/pool.mjs';
import { all } from './lib/ways.mjs';
import { ask, judgePage, judgeWrite, kindOf } from './lib/judge.mjs';

expectLog(/"event":"glib","domain":"[^"]*","message":"[^"]*(failed to allocate|no memory for)/);
expectLog(/"event":"(busy|health)","message":"[^"]*([Mm]emory|lost|gone|\(12\))/, true);
expectLog(/"event":"(uncertain|made-unread|log-out-of-memory)"/, true);
expectLog(/upstream prematurely closed connection|Connection reset by peer\) while reading/);
// Two functions of libraries (fault.c): the process is gone either way.
expectLog(/fault: a library is out of memory/, true);
expectKilled(Infinity);

// A page makes some thousand allocations, a write some hundred.
const long = Boolean(process.env.LONG);
const most = name => (name.startsWith('GET') ? (long ? 250 : 4) : long ? 1000 : 10);
const told = `${env.VAR}/run/fault.counts`;
const counts = () => readFileSync(told, 'utf8').split('\n').filter(Boolean).map(Number);
writeFileSync(told, '');
await own({ processes: 1, environment: { LD_PRELOAD: process.env.FAULT_LIBRARY, FAULT_FILE: told, G_SLICE: 'always-malloc' } });

const withFault = (way, fault) => ({ ...way, send: () => way.send(fault) });

for (const way of all) {
    test(`${way.name}: memory ends in its midst`, async () => {
        const first = await way.once();
        const reference = await ask(withFault(first, 'alloc 0'));
        is(kindOf(reference), 'good', 'undisturbed');
        const count = counts().at(-1);
        const kinds = {};
        const places = Math.min(count, most(way.name));
        for (let place = 1; place <= places; place++) {
            const at = Math.round(count * (place - 0.5) / places + 0.5);
            // Odd and even ones both ways: once, and from there on.
            const fault = `alloc ${at}${(place >> 1) % 2 === 0 ? ' on' : ''}`;
            const once = await way.once();
            const answer = await ask(withFault(once, fault));
            kinds[kindOf(answer)] = (kinds[kindOf(answer)] ?? 0) + 1;
            if (way.get)
                judgePage(answer, reference, fault, ['busy', 'uncertain', ...(way.name.includes('.csv') ? ['broken'] : [])]);
            else
                await judgeWrite(answer, once, fault);
        }
        const next = await way.once();
        const after = await ask(next);
        is(kindOf(after), 'good', 'the next one');
        if (way.get)
            judgePage(after, reference, 'the next one', []);
        else
            await judgeWrite(after, next, 'the next one');
        console.log(`# ${way.name}: ${count} allocations, ${places} places: ${JSON.stringify(kinds)}`);
    });
}

test('the demo’s own pools again', async () => back());

await run();
