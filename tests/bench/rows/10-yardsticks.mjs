// 10-yardsticks: what nginx and a bare FastCGI program make of the same way, and the page that needs no session.
import { readdirSync } from 'node:fs';
import { env } from '../lib/tools.mjs';
import { loaded, target } from '../lib/kinds.mjs';

target('echo', { paths: ['/bench-echo'], plain: true });

// The style sheet as the page names it, with its digest.
function styleSheet() {
    const folder = `${env.BIN_DIR}/../share/simportal/static`;
    return `/static/${readdirSync(folder).find(name => /^portal.*\.css$/.test(name))}`;
}

export default [
    loaded({ name: 'echo', what: 'a program that answers as many bytes as the SIM list has', paths: ['/bench-echo'], plain: true }),
    loaded({ name: 'static', what: 'a static file', paths: () => [styleSheet()], plain: true, of: 'echo' }),
    loaded({ name: 'login', what: 'login page, no session', paths: ['/login'], of: 'echo', least: 0.5 }),
];
