// 120-at-once: every write of the table of routes on 16 connections at once, on the same account, draft, line or request: no
// answer is 5xx, and no transaction meets another in a circle. Issue 13, point 2; security.md 15.4.2.
import { run, test, below, is, expectLog, logLines, logMark } from '../http/lib/tap.mjs';
import { draftWays, lineWays, posts, requestWays } from './lib/ways.mjs';

const connections = 16;
// A login and a change of password cost a hash each.
const each = way => (/^POST \/(login|password)$/.test(way.name) ? 1 : 6);

// Most of those that come second are told so.
expectLog(/"level":"warning".*"event":"(?:busy|limit|forbidden|login-failed)"/, true);

// Sends what `next` gives on all connections at once, until `count` are sent; their statuses.
async function together(count, next) {
    const statuses = [];
    let left = count;
    await Promise.all(Array.from({ length: connections }, async () => {
        while (left-- > 0)
            statuses.push((await next(count - left - 1)()).status);
    }));
    return statuses;
}

async function judge(count, next) {
    const mark = logMark('pools.log');
    const statuses = await together(count, next);
    is(statuses.length, count);
    is(statuses.filter(status => status >= 500), [], 'answers of ours that failed');
    // Now and then one that begins again is what retries are for; a circle makes many.
    const again = logLines('pools.log', mark).filter(one => one.event === 'transaction-again').map(one => one.message);
    below(again.length, 1 + count / 40, `transactions that had to begin again: ${[...new Set(again)]}`);
}

for (const way of posts)
    test(`${way.name} on ${connections} connections at once`, async () => {
        const { send } = await way.once();
        await judge(connections * each(way), () => () => send());
    });

for (const [what, make] of [['draft', draftWays], ['request', requestWays], ['line', lineWays]])
    test(`all that writes on one ${what}, on ${connections} connections at once`, async () => {
        const ways = await make();
        await judge(connections * 8, turn => ways[turn % ways.length]);
    });

await run();
