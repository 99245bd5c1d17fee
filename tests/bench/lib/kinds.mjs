// kinds.mjs: the kinds of rows that several files share: a page under load beside a yardstick, a page asked for by one
// person at a time. A row is { name, what, wanted, run }; run() resolves with what the table shows of it:
// { rate, p50, p99, cpu, memory, statements, reads, figure, unit }: figure is what `wanted` judges and the baseline keeps.
import { load, look, median, parts, person, rowsRead, rowsShown, settings } from './tools.mjs';

const HALF = 0.5, FEW = 4;

// A target is what a row loads: { who, paths }; paths may be a function of the logged-in person.
const targets = new Map();
export function target(name, wanted) {
    targets.set(name, wanted);
    return name;
}

async function prepare(name) {
    const wanted = targets.get(name);
    if (!wanted.ready) {
        const browser = await person(wanted.who);
        const paths = typeof wanted.paths === 'function' ? await wanted.paths(browser) : wanted.paths;
        const page = wanted.plain ? { text: '', bytes: (await browser.get(paths[0])).body.length } : await look(browser, paths[0]);
        wanted.ready = { paths, page, browser, cookie: browser.cookie() };
        for (let turn = 0; turn < 2 && !settings.smoke; turn++) // each process has prepared its statements
            await Promise.all(parts.answering('pages').map((pid, i) => browser.get(paths[i % paths.length])));
    }
    return wanted.ready;
}

async function measure(name, options) {
    const { paths, cookie, page } = await prepare(name);
    const told = await load({ paths, cookie, ...options });
    if (told.bytes < page.bytes * HALF)
        throw new Error(`${name}: answers of ${Math.round(told.bytes)} bytes where ${page.bytes} are expected`);
    return told;
}

const middle = (all, get) => median(all.map(get));
const medians = all => ({
    rate: middle(all, one => one.rate), p50: middle(all, one => one.p50), p99: middle(all, one => one.p99),
    cpu: Object.fromEntries(Object.keys(all[0].cpu).map(name => [name, middle(all, one => one.cpu[name])])),
});
const total = told => Object.values(told.cpu).reduce((sum, us) => sum + us, 0);

// What a page costs the database, of lists the rows read as well.
async function costs(name, counted) {
    const { page, browser, paths } = await prepare(name);
    const shown = counted ? rowsShown(page.text) : 0;
    if (counted && shown === 0)
        throw new Error(`${paths[0]}: no row is found in the page`);
    return { statements: page.statements, ...(shown > 0 ? { shown, reads: await rowsRead(browser, paths[0]) } : {}) };
}

// As often as makes sure that the page is there every time.
async function aFewTimes(name) {
    const { paths, browser } = await prepare(name);
    for (const path of paths.slice(0, FEW)) {
        const answer = await browser.get(path);
        if (answer.status !== 200)
            throw new Error(`${path}: ${answer.status}`);
    }
}

// A page under load, beside the target it is compared with: rounds of both in turn, of the ratios the median, because
// what else the machine does moves from second to second.
export function loaded({ name, what, of, least, counted, ...wanted }) {
    target(name, wanted);
    return {
        name, what, unit: of ? `of ${of}` : '', wanted: least !== undefined ? { least } : {},
        async run() {
            const own = [], other = [];
            // The yardsticks alone show that loads run: a short run judges no ratio.
            if (settings.smoke && !wanted.plain) {
                await aFewTimes(name);
                return costs(name, counted);
            }
            for (let round = 0; round < settings.rounds; round++) {
                if (of)
                    other.push(await measure(of));
                own.push(await measure(name));
            }
            const ratios = own.map((told, round) => (of ? told.rate / other[round].rate : 1));
            const byCpu = own.map((told, round) => (of ? total(other[round]) / total(told) : 1));
            return { ...medians(own), ...(wanted.plain ? {} : await costs(name, counted)), memory: parts.fattest('pages'),
                figure: of ? median(ratios) : undefined, byCpu: of ? median(byCpu) : undefined };
        },
    };
}

// A page asked for by one person, again and again: the median of its latency.
export function single({ name, what, most, counted, ...wanted }) {
    target(name, wanted);
    return {
        name, what, unit: 'ms', wanted: most !== undefined ? { most } : {},
        async run() {
            const all = [];
            if (settings.smoke) {
                await aFewTimes(name);
                return costs(name, counted);
            }
            for (let round = 0; round < settings.rounds; round++)
                all.push(await measure(name, { connections: 1, seconds: Math.max(1, Math.ceil(settings.seconds / 2)) }));
            const told = medians(all);
            return { ...told, ...(await costs(name, counted)), memory: parts.fattest('pages'), figure: told.p50 };
        },
    };
}
