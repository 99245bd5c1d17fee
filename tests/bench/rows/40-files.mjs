// 40-files: what is written and read in bulk: the export of all lines, in every order that has an index, and twenty at
// once beside people who look at pages and log in.
import { Browser, demo } from '../../http/lib/client.mjs';
import { env, load, median, parts, person, say, settings, sql, tick } from '../lib/tools.mjs';

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

const linesOf = login => Number(sql(`SELECT COUNT(*) FROM line l JOIN account_customer ac ON ac.customer_id = l.customer_id JOIN account a ON a.id = ac.account_id WHERE a.login_id = '${login}'`)[0][0]);

// One whole file: lines a second, the time of its first byte, the most that the process held.
function file(name, what, who, query, wanted) {
    return {
        name, what, unit: 'lines/s', wanted: wanted ? { least: wanted } : {},
        async run() {
            const browser = await person(who);
            const there = linesOf(who.toLowerCase().replace('_', '-'));
            const begun = parts.cpu();
            const { value, most } = await peak('bulk', fetchLines(browser, `/sims.csv?${query}`));
            const used = parts.since(begun);
            if (value.lines !== there + 1)
                throw new Error(`${value.lines} lines, where there are ${there} and a head`);
            return { figure: there / value.seconds, memory: most, note: `first byte ${value.first.toFixed(0)} ms`,
                cpu: Object.fromEntries(Object.entries(used).map(([part, us]) => [part, us / there])) };
        },
    };
}

// ---- many at once

const MANY = settings.smoke ? 3 : 20;
const nth = (all, part) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))];

// Logs in again and again while `going()`: milliseconds each.
async function logins(going) {
    const all = [];
    do {
        const browser = new Browser({ from: '127.0.0.1' });
        await browser.get('/login');
        const answer = await browser.tryLogin(demo('LOAD_SMALL'));
        if (answer.status !== 303)
            throw new Error(`a login: ${answer.status}`);
        all.push(answer.ms);
        await tick(200);
    } while (going());
    return all;
}

// What people feel while `going()`: the list by twenty who pause a second, and logins.
async function feel(going) {
    const cookie = (await person('LOAD_SMALL')).cookie();
    const p99 = [], p50 = [];
    const times = logins(going);
    do {
        const told = await load({ paths: ['/sims'], cookie, connections: 20, think: 1000, seconds: settings.smoke ? 1 : 10 });
        p99.push(told.p99);
        p50.push(told.p50);
    } while (going());
    return { p99: median(p99), p50: median(p50), login: nth(await times, 0.95) };
}

// `feel` once, for as long as one load takes.
async function idle() {
    let over = false;
    const end = tick(settings.smoke ? 500 : 9000).then(() => (over = true));
    const felt = await feel(() => !over);
    await end;
    return felt;
}

async function many() {
    const browser = await person('LOAD_ALL');
    const there = linesOf('load-all');
    const before = await idle();
    let left = MANY, worst = 0;
    const began = performance.now();
    const files = Promise.all(Array.from({ length: MANY }, async () => {
        try {
            const { lines, first } = await fetchLines(browser, '/sims.csv');
            if (lines !== there + 1)
                throw new Error(`${lines} lines, where there are ${there} and a head`);
            worst = Math.max(worst, first);
        } finally {
            left--;
        }
    }));
    const { value: [beside], most } = await peak('bulk', Promise.all([feel(() => left > 0), files]));
    const seconds = (performance.now() - began) / 1000;
    return { rate: MANY * there / seconds, p50: beside.p50, p99: beside.p99, memory: most, figure: beside.login,
        note: `beside / idle: list p99 ${beside.p99.toFixed(1)} / ${before.p99.toFixed(1)} ms, p50 ${beside.p50.toFixed(1)} / ${before.p50.toFixed(1)} ms, login p95 ${beside.login.toFixed(0)} / ${before.login.toFixed(0)} ms; all ${MANY} whole after ${seconds.toFixed(0)} s, the last began after ${(worst / 1000).toFixed(0)} s` };
}

export default [
    file('export', 'CSV of all lines of all customers', 'LOAD_ALL', '', 150000),
    ...['-serial', 'phone', '-phone', 'state', '-state'].map(sort =>
        file(`export-by-${sort.replace(/^-(.*)/, '$1-down')}`, `… sort=${sort}`, 'LOAD_ALL', `sort=${sort}`, 150000)),
    file('export-cp932', '… in CP932', 'LOAD_ALL', 'charset=cp932'),
    ...['serial', 'used', '-remaining', 'plan'].map(sort =>
        file(`export-big-${sort.replace(/^-(.*)/, '$1-down')}`, `… of the customer of 100,000, sort=${sort}`, 'LOAD_BIG', `sort=${sort}`)),
    {
        name: 'export-first', what: '… its first byte, by serial, the big customer', unit: 'ms', wanted: { most: 100 },
        async run() {
            const value = await fetchLines(await person('LOAD_BIG'), '/sims.csv');
            return { figure: value.first, rate: undefined, note: `${Math.round(value.lines / value.seconds)} lines/s` };
        },
    },
    { name: 'export-many', what: `${MANY} of all lines at once: logins beside them`, unit: 'ms p95', wanted: { most: 1000 }, run: many },
];
