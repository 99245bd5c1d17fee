// 930-brand: the operator's name, colour and logo are configuration (screens.md, Looks): absent unless set, shown once the
// pools have read them, the same for everybody.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { run, test, is, has, hasNot, like, until } from './lib/tap.mjs';
import { account, env } from './lib/env.mjs';
import { Browser, signedIn } from './lib/client.mjs';
import { processesOf } from './lib/process.mjs';

const before = readFileSync(env.CONFIG, 'utf8');
const logo = `${env.VAR}/logo.svg`;
const someone = new Browser();

// One that has not got so far yet ends by the signal without its last words.
function catchesTerm(pid) {
    try {
        return (BigInt(`0x${readFileSync(`/proc/${pid}/status`, 'utf8').match(/SigCgt:\s*(\w+)/)[1]}`) & 0x4000n) !== 0n;
    } catch {
        return false;
    }
}

// The pools read the configuration when a process begins.
async function anew() {
    const all = () => [...processesOf('pages'), ...processesOf('login')];
    await until(() => all().every(catchesTerm), 'processes that have begun');
    const old = all();
    old.forEach(pid => process.kill(pid, 'SIGTERM'));
    await until(() => all().every(pid => !old.includes(pid) && catchesTerm(pid)), 'new processes');
}

test('unless they are set there are neither, and no page asks for them', async () => {
    for (const path of ['/brand.css', '/brand/logo'])
        is((await someone.get(path)).status, 404, path);
    hasNot((await someone.get('/login')).text, '/brand');
});

test('once set they are on every page, may be kept, and come without a cookie', async () => {
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><circle cx="16" cy="16" r="16"/></svg>');
    appendFileSync(env.CONFIG, `\n[portal]\noperator_name=みほん通信\naccent=#8000ff\nlogo=${logo}\n`);
    await anew();
    const css = await new Browser().get('/brand.css');
    is([css.status, css.headers['content-type'], css.headers['cache-control'], css.headers['set-cookie']], [200, 'text/css; charset=utf-8', 'public, max-age=3600', undefined]);
    has(css.text, '--accent:#8000ff');
    const picture = await new Browser().get('/brand/logo');
    is([picture.status, picture.headers['content-type'], picture.text], [200, 'image/svg+xml', readFileSync(logo, 'utf8')]);
    like(picture.headers['content-security-policy'], /default-src 'none'/);
    const browser = await signedIn(account());
    for (const page of [await someone.get('/login'), await browser.get('/sims')])
        for (const part of ['href="/brand.css?c=8000ff"', 'src="/brand/logo"', 'みほん通信'])
            has(page.text, part);
});

test('a colour that nobody could read is not taken', async () => {
    writeFileSync(env.CONFIG, `${before}\n[portal]\naccent=#ffee00\n`);
    await anew();
    is((await someone.get('/brand.css')).status, 404);
    hasNot((await someone.get('/login')).text, 'brand.css');
});

test('and taken away again they are gone', async () => {
    writeFileSync(env.CONFIG, before);
    await anew();
    hasNot((await someone.get('/login')).text, '/brand');
});

await run();
