// 60-people: what people feel while others work, and what a process holds after a day of it.
import { load, parts, person, settings, sql } from '../lib/tools.mjs';

const PEOPLE = 200, PAUSE = 1000, REQUESTS = 10000;

function mixed() {
    const ids = sql("SELECT l.id FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code = 'TC2000-00001' ORDER BY l.id LIMIT 40");
    const lists = ['/sims', '/sims?page=2', '/sims?page=7&size=200', '/sims?sort=-used', '/sims?state=suspended', '/sims?sort=phone&size=100'];
    const numbers = sql("SELECT r.number FROM request r JOIN customer c ON c.id = r.customer_id WHERE c.code = 'TC2000-00001' ORDER BY r.id LIMIT 20");
    const requests = ['/requests', '/requests?status=all&size=200', '/requests/new', '/schedule', ...numbers.map(([number]) => `/requests/${number}`)];
    return ids.flatMap(([id], i) => ['/', lists[i % lists.length], `/sims/${id}`, requests[i % requests.length]]);
}

export default [
    {
        name: 'people', what: `SIM list, ${PEOPLE} people who pause a second`, unit: 'ms p99', wanted: { most: 20 },
        async run() {
            const browser = await person('LOAD_SMALL');
            const told = await load({ paths: ['/sims'], cookie: browser.cookie(), connections: PEOPLE, think: PAUSE, seconds: settings.smoke ? 2 : 20 });
            return { ...told, memory: parts.fattest('pages'), figure: told.p99 };
        },
    },
    {
        name: 'memory', what: `a process after ${REQUESTS.toLocaleString('en')} mixed requests`, unit: 'MB', wanted: { most: 16 },
        async run() {
            const browser = await person('LOAD_BIG');
            const paths = mixed();
            const wanted = settings.smoke ? 200 : REQUESTS * parts.answering('pages').length;
            let done = 0, most = 0, told;
            while (done < wanted) { // a process makes room for a new one after so many: looked at all the time
                told = await load({ paths, cookie: browser.cookie(), seconds: 1 });
                done += told.requests;
                most = Math.max(most, parts.fattest('pages'));
            }
            return { ...told, memory: most, figure: most };
        },
    },
];
