// 40-files: what is written and read in bulk: the export of all lines of all customers.
import { env, parts, person, say, sql, tick } from '../lib/tools.mjs';

// What curl saw of a file of lines: how many, how fast, after which time the first byte came.
async function fetchLines(browser, path) {
    const command = 'curl --silent --show-error --fail --no-buffer --noproxy "*" --insecure --header "$COOKIE" --write-out "%{stderr}%{time_starttransfer} %{time_total}" "$ADDRESS" | wc -l; exit "${PIPESTATUS[0]}"';
    const { out, err } = await say('bash', ['-c', command], { env: { ...process.env, COOKIE: `Cookie: ${browser.cookie()}`, ADDRESS: env.BASE_URL + path } });
    const [first, all] = err.trim().split(/\s+/).slice(-2).map(Number);
    return { lines: Number(out), first: first * 1000, seconds: all };
}

// The most that a process of the pool holds while `work` is under way.
async function peak(pool, work) {
    let most = 0, done = false;
    const end = work.finally(() => (done = true));
    while (!done) {
        most = Math.max(most, parts.fattest(pool));
        await Promise.race([tick(100), end]).catch(() => {});
    }
    return { value: await end, most };
}

export default [
    {
        name: 'export', what: 'CSV of all lines of all customers', unit: 'lines/s', wanted: { least: 150000 },
        async run() {
            const browser = await person('LOAD_ALL');
            const there = Number(sql("SELECT COUNT(*) FROM line l JOIN account_customer ac ON ac.customer_id = l.customer_id JOIN account a ON a.id = ac.account_id WHERE a.login_id = 'load-all'")[0][0]);
            const begun = parts.cpu();
            const { value, most } = await peak('bulk', fetchLines(browser, '/sims.csv'));
            const used = parts.since(begun);
            if (value.lines !== there + 1)
                throw new Error(`${value.lines} lines, where there are ${there} and a head`);
            return { figure: there / value.seconds, memory: most, p50: value.first, note: `first byte ${value.first.toFixed(0)} ms`,
                cpu: Object.fromEntries(Object.entries(used).map(([name, us]) => [name, us / there])) };
        },
    },
    {
        name: 'export-first', what: '… its first byte, by serial, the big customer', unit: 'ms', wanted: { most: 100 },
        async run() {
            const value = await fetchLines(await person('LOAD_BIG'), '/sims.csv');
            return { figure: value.first, rate: undefined, note: `${Math.round(value.lines / value.seconds)} lines/s` };
        },
    },
];
