// 70-requests: what it takes to ask for something: a file of the big customer's numbers from the upload to the request's
// number, and the lists of requests where a fleet has as many as it has lines. What a row makes it takes out again.
import { decode } from '../../http/lib/html.mjs';
import { tokyoDate } from '../../fixtures/dates.mjs';
import { confirmation, draftOf, enterDraft, sendNumbers, submitDraft } from '../../fixtures/walk.mjs';
import { loaded, single } from '../lib/kinds.mjs';
import { makeRequests, removeRequests } from '../lib/fleet.mjs';
import { big, median, parts, person, settings, sql, tick } from '../lib/tools.mjs';

// ---- from a file of numbers to a request


const POOLS = ['pages', 'bulk'];

// What `work` takes, in seconds, and the most that a process of the pools holds meanwhile.
async function watched(work) {
    const began = performance.now(), before = parts.cpu();
    let most = 0, over = false;
    const ended = work().finally(() => (over = true));
    while (!over) {
        most = Math.max(most, ...POOLS.flatMap(pool => parts.answering(pool).map(parts.rss)));
        await Promise.race([tick(50), ended]).catch(() => {});
    }
    return { value: await ended, seconds: (performance.now() - began) / 1000, most, used: parts.since(before) };
}

async function must(status, answer) {
    const got = await answer;
    if (got.status !== status)
        throw new Error(`${got.status} instead of ${status}: ${got.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 200)}`);
    return got;
}

async function upload(browser, numbers) {
    await must(200, browser.get('/requests/new'));
    const begun = await must(303, browser.post('/drafts', { kind: 'suspend' }));
    const id = draftOf(begun);
    await must(200, browser.get(`/drafts/${id}`));
    const taken = await watched(() => must(303, sendNumbers(browser, id, numbers.join('\r\n'))));
    const look = await watched(async () => {
        await must(303, enterDraft(browser, id, { reason: 'unused', note: '', date: tokyoDate(40) }));
        return must(200, confirmation(browser, id));
    });
    return { id, taken, look };
}

// Numbers of all the customer's SIMs, so some are refused; the request is made of those that fit. Then the same file
// again, when each SIM has a request that is in the way.
async function ask(browser, numbers) {
    const { id, taken, look } = await upload(browser, numbers);
    const fewer = await watched(async () => {
        await must(303, submitDraft(browser, id, { page: look.value, go: 'good' }));
        return must(200, confirmation(browser, id));
    });
    const made = await watched(async () => must(200, browser.get(decode((await must(303, submitDraft(browser, id, { page: fewer.value }))).headers.location))));
    const second = await upload(browser, numbers);
    return { upload: taken, look, fewer, made, 'upload again': second.taken, 'look again': second.look, drafts: [id, second.id] };
}

function forget(drafts) {
    sql(`UPDATE request SET number = CONCAT('BENCH-', number) WHERE draft_id IN (${drafts.join()})`);
    removeRequests();
    sql(`DELETE FROM draft WHERE id IN (${drafts.join()})`);
}

async function uploads() {
    const browser = await person('LOAD_BIG');
    const numbers = sql("SELECT l.phone FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code = 'TC2000-00001'").map(([phone]) => phone);
    const all = [];
    removeRequests();
    for (let round = 0; round < Math.min(3, settings.rounds); round++) {
        const told = await ask(browser, numbers);
        forget(told.drafts);
        all.push(told);
    }
    return all;
}

let asked;
const seconds = (all, names) => median(all.map(told => names.reduce((sum, name) => sum + told[name].seconds, 0)));
const cpu = (all, name, part) => median(all.map(told => told[name].used[part] / 1e6)).toFixed(2);
const phases = ['upload', 'look', 'fewer', 'made', 'upload again', 'look again'];
const figures = (all, names) => names.map(name => `${name} ${median(all.map(told => told[name].seconds)).toFixed(2)} (CPU pools ${cpu(all, name, 'pools')}, database ${cpu(all, name, 'mariadbd')})`).join(', ');
const row = (name, what, unit, most, figure, note) => ({
    name, what, unit, wanted: settings.smoke ? {} : { most },
    async run() {
        asked ??= uploads();
        const all = await asked;
        return { figure: figure(all), note: note?.(all) };
    },
});

// ---- lists of requests

let made = false;
function withRequests(one) {
    return { ...one, async run() {
        if (!made) {
            removeRequests();
            makeRequests();
            made = true;
        }
        return one.run();
    } };
}

const pages = big / 50, far = Math.min(1000, Math.floor(pages / 2));

async function onward(browser) {
    const all = [];
    for (const page of [1, Math.floor(pages / 4), far, pages - 2])
        all.push(decode((await browser.get(`/requests?status=all&page=${page}`)).text.match(/rel="next" href="([^"]*)"/)[1]));
    return all;
}

const scheduled = () => sql("SELECT DATE_FORMAT(effective_on, '%Y-%m') FROM request WHERE number LIKE 'BENCH-%' AND open = 1 ORDER BY effective_on DESC LIMIT 1").map(([month]) => `/schedule?month=${month}`);
const ofSmall = () => sql("SELECT r.number FROM request r JOIN customer c ON c.id = r.customer_id WHERE c.code = 'TC2000-00002' AND r.number LIKE 'BENCH-%'").map(([number]) => `/requests/${number}`);
const conditions = [
    ['failed', 'status=failed', 15], ['number', `status=all&number=CS${big}`, 25], ['phone', 'status=all&phone=0022', 250], ['serial', 'status=all&serial=0022', 250],
    ['requester', 'status=all&requester=Load', 250], ['kind', 'status=all&kind=suspend', 250], ['received', 'status=all&from=2026/01/01', 250],
];

const lists = [
    loaded({ name: 'requests', what: 'requests of the customer of 100', who: 'LOAD_SMALL', paths: ['/requests'], of: 'echo', least: 0.16, counted: true }),
    { ...loaded({ name: 'request', what: 'a request', who: 'LOAD_SMALL', paths: ofSmall, of: 'echo', least: 0.16 }), statements: 4 },
    loaded({ name: 'requests-big', what: 'requests of the customer of 100,000', who: 'LOAD_BIG', paths: ['/requests'], of: 'requests', least: 0.8, counted: true }),
    loaded({ name: 'requests-next', what: '… all, next page at any depth', who: 'LOAD_BIG', paths: onward, of: 'requests', least: 0.7, counted: true }),
    single({ name: 'requests-jump', what: `… jump to page ${far}`, who: 'LOAD_BIG', paths: [`/requests?status=all&page=${far}`], most: 15 }),
    ...conditions.map(([name, query, most]) => single({ name: `requests-where-${name}`, what: `… where ${query}`, who: 'LOAD_BIG', paths: [`/requests?${query}`], most })),
    single({ name: 'requests-all', what: 'requests of all customers', who: 'LOAD_ALL', paths: ['/requests'], most: 15 }),
    single({ name: 'requests-all-next', what: '… next page', who: 'LOAD_ALL', paths: async browser => [decode((await browser.get('/requests')).text.match(/rel="next" href="([^"]*)"/)[1])], most: 15 }),
    single({ name: 'schedule', what: 'what is scheduled of the customer of 100,000, in the month that has most', who: 'LOAD_BIG', paths: scheduled, most: 50 }),
    single({ name: 'start-all', what: 'start page of all customers, with their requests', who: 'LOAD_ALL', paths: ['/'], most: 100 }),
];

export const end = () => made && removeRequests();
export default [
    row('upload', `a file of ${big.toLocaleString('en')} numbers, until the dry run is shown`, 's', 3, all => seconds(all, ['upload', 'look']), all => figures(all, ['upload', 'look'])),
    row('upload-submit', '… the lines that fit, until the request is shown', 's', 5, all => seconds(all, ['made']), all => figures(all, ['fewer', 'made'])),
    row('upload-memory', '… the most that a process of the pools holds', 'MB', 60, all => Math.max(...all.flatMap(told => phases.map(name => told[name].most))),
        all => phases.map(name => `${name} ${Math.max(...all.map(told => told[name].most)).toFixed(0)}`).join(', ')),
    row('upload-again', '… the same again, all lines refused', 's', 3, all => seconds(all, ['upload again', 'look again']), all => figures(all, ['upload again', 'look again'])),
    ...lists.map(withRequests),
];
