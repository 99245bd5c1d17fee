// 30-big-list: the SIM list of the customer that has a tenth of all lines: pages by key and by number, every order,
// conditions.
import { decode } from '../../http/lib/html.mjs';
import { loaded, single } from '../lib/kinds.mjs';
import { big } from '../lib/tools.mjs';

const who = 'LOAD_BIG';
const pages = big / 50;
const far = Math.min(1000, Math.floor(pages / 2));

// The links that lead on from the second, the middle and the last but one page.
async function onward(browser) {
    const all = [];
    for (const page of [1, Math.floor(pages / 4), far, pages - 2]) {
        const { text } = await browser.get(`/sims?page=${page}`);
        all.push(decode(text.match(/rel="next" href="([^"]*)"/)[1]));
    }
    return all;
}

const orders = [
    ...['serial', 'phone', 'state', 'used', 'remaining'].map(sort => [sort, 2]),
    ...['plan', 'option'].map(sort => [sort, 250]),
];

const conditions = [
    ['state', 'state=suspended'], ['throttled', 'throttled=1'], ['plan', 'plan=1'], ['label', 'label=device+99'],
    ['all', 'state=active&throttled=0&plan=1&group=0&label=device'],
];

// Of all customers no statement may take a second; of a few of them nobody should wait for the others' lines.
const ofAll = [['phone', 'phone=0022'], ['serial', 'serial=0022'], ['label', 'label=device+99'], ['none', 'label=nothing'], ['plan', 'plan=1']];

export default [
    loaded({ name: 'big-first', what: 'customer of 100,000: first page', who, paths: ['/sims'], of: 'list', least: 0.8, counted: true }),
    loaded({ name: 'big-next', what: '… next page at any depth', who, paths: onward, of: 'list', least: 0.7, counted: true }),
    single({ name: 'big-jump', what: `… jump to page ${far}`, who, paths: [`/sims?page=${far}`], most: 15 }),
    single({ name: 'big-phone', what: '… part of a phone number', who, paths: ['/sims?phone=0022'], most: 25 }),
    single({ name: 'big-serial', what: '… part of a serial number', who, paths: ['/sims?serial=0022'], most: 25 }),
    ...orders.flatMap(([sort, most]) => ['', '-'].map(down => single({ name: `big-by-${sort}${down && '-down'}`, who, most,
        what: `… by ${sort}${down && ', descending'}`, paths: [`/sims?sort=${down}${sort}`], counted: most === 2 }))),
    ...conditions.map(([name, query]) => single({ name: `big-where-${name}`, what: `… where ${query}`, who, paths: [`/sims?${query}`] })),
    single({ name: 'all-first', what: 'all customers: first page', who: 'LOAD_ALL', paths: ['/sims'] }),
    ...ofAll.map(([name, query]) => single({ name: `all-where-${name}`, what: `… where ${query}`, who: 'LOAD_ALL', most: 1000, paths: [`/sims?${query}`] })),
    // One statement more: the customers to choose from stand above every page.
    { ...single({ name: 'few-first', what: 'the last five customers: first page', who: 'LOAD_FEW', most: 15, paths: ['/sims'] }), statements: 4 },
    ...ofAll.map(([name, query]) => ({ ...single({ name: `few-where-${name}`, what: `… where ${query}`, who: 'LOAD_FEW', most: 15, paths: [`/sims?${query}`] }), statements: 4 })),
];
