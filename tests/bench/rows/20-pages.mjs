// 20-pages: the pages of a customer with 100 SIMs.
import { loaded } from '../lib/kinds.mjs';
import { sql } from '../lib/tools.mjs';

const details = () => sql("SELECT l.id FROM line l JOIN customer c ON c.id = l.customer_id WHERE c.code = 'TC2000-00002'")
    .map(([id]) => `/sims/${id}`);

export default [
    loaded({ name: 'start', what: 'start page', who: 'LOAD_SMALL', paths: ['/'], of: 'echo', least: 0.16 }),
    loaded({ name: 'list', what: 'SIM list, customer of 100', who: 'LOAD_SMALL', paths: ['/sims'], of: 'echo', least: 0.18, counted: true }),
    loaded({ name: 'detail', what: 'SIM detail', who: 'LOAD_SMALL', paths: details, of: 'echo', least: 0.16 }),
];
