// 120-login-limits: what hinders guessing, and that it locks nobody out; values that a login form should never see.
// fcgi/account/login_rule.h says the figures; unit/test_login_rule holds them at each edge.
import { run, test, is, ok, like, unlike, has, below, expectLog, logLines, logMark, until, slowness } from './lib/tap.mjs';
import { account, ctl, digest, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, address } from './lib/client.mjs';
import { faults, field } from './lib/html.mjs';

expectLog(/"event":"login-failed"/);

const failures = (kind, text) => Number(sqlOne(`SELECT failures FROM login_failure WHERE kind = '${kind}' AND key_digest = UNHEX('${digest(`${kind}:${text}`)}')`) ?? 0);
const setFailures = (kind, text, count) => sql(`UPDATE login_failure SET failures = ${count}, last_failed_at = UTC_TIMESTAMP(6)
    WHERE kind = '${kind}' AND key_digest = UNHEX('${digest(`${kind}:${text}`)}')`);

test('6.3.1 fifty wrong logins from one address end in 429, and the owner gets in from another', async () => {
    const who = account();
    const guesser = new Browser();
    await guesser.get('/login');
    const codes = [];
    let last;
    for (let i = 0; i < 50; i++) {
        last = await guesser.post('/login', { login_id: who.login, password: `guess ${i}` });
        codes.push(last.status);
    }
    ok(codes.slice(0, 5).every(code => code === 422), codes.join());
    is(codes.at(-1), 429);
    ok(codes.filter(code => code === 429).length >= 20, codes.join());
    like(last.headers['retry-after'], /^\d+$/);
    is((await guesser.post('/login', { login_id: who.login, password: who.password })).status, 429, 'also with the right one');
    const owner = new Browser();
    sql(`DELETE FROM login_failure WHERE kind = 'name'`);
    is((await owner.tryLogin(who)).status, 303, 'another address');
});

test('6.1.1 strangers at many addresses delay a name, but never where its owner has logged in before', async () => {
    const who = account();
    const owner = new Browser();
    is((await owner.tryLogin(who)).status, 303);
    await new Browser().tryLogin({ ...who, password: 'wrong' });
    setFailures('name', who.login, 40);
    is((await new Browser().tryLogin(who)).status, 422, 'a new address is delayed, and told nothing');
    is((await new Browser({ from: owner.from }).tryLogin(who)).status, 303, 'the known address is not');
});

test('6.1.1 a name is delayed from its tenth failure on, whatever the address', async () => {
    const who = account();
    for (let i = 0; i < 9; i++)
        await new Browser().tryLogin({ ...who, password: 'wrong' });
    is(failures('name', who.login), 9);
    is((await new Browser().tryLogin(who)).status, 303, 'after nine');
});

test('6.1.1 a delay ends by itself, and failures are forgotten after an hour', async () => {
    const who = account();
    const browser = new Browser();
    await browser.tryLogin({ ...who, password: 'wrong' });
    const pair = `${who.login}:${browser.from}`;
    setFailures('pair', pair, 30);
    is((await browser.tryLogin(who)).status, 422, 'the longest delay');
    is(failures('pair', pair), 30, 'what was refused unseen does not prolong it');
    sql(`UPDATE login_failure SET last_failed_at = UTC_TIMESTAMP(6) - INTERVAL 901 SECOND WHERE kind = 'pair' AND key_digest = UNHEX('${digest(`pair:${pair}`)}')`);
    is((await browser.tryLogin(who)).status, 303);
    is(failures('pair', pair), 0, 'a good login forgets them');
});

test('simportalctl account unlock ends a delay at once', async () => {
    const who = account();
    const browser = new Browser();
    await browser.tryLogin({ ...who, password: 'wrong' });
    setFailures('name', who.login, 40);
    is((await browser.tryLogin(who)).status, 422);
    ctl('account', 'unlock', who.login);
    is((await browser.tryLogin(who)).status, 303);
});

test('2.4.1 floods are refused by nginx before anything is hashed; others are served', async () => {
    const from = address();
    const flood = new Browser({ from });
    await flood.get('/login');
    const before = logMark('pools.log');
    const answers = await Promise.all(Array.from({ length: 90 }, () => flood.send('/login', 'csrf=x')));
    const refused = answers.filter(answer => answer.status === 429);
    ok(refused.length >= 10, `${refused.length} of 90`);
    like(refused[0]?.headers['retry-after'], /^\d+$/);
    has(refused[0]?.text, '<link rel="stylesheet"');
    const other = await new Browser().get('/login');
    is(other.status, 200);
    below(other.ms, 3000 * slowness);
    await until(() => logLines('pools.log', before).filter(line => line.address === from).length >= 90 - refused.length, 'the served ones are logged');
    is(logLines('pools.log', before).filter(line => line.event === 'request' && line.address === from).length, 90 - refused.length);
    is((await flood.get('/login')).status, 200, 'pages are not counted as posts');
});

test('6.3.8 known and unknown names take the same time', async () => {
    const who = account();
    const times = { known: [], unknown: [], disabled: [] };
    const disabled = account();
    ctl('account', 'disable', disabled.login);
    for (let i = 0; i < 15; i++) {
        for (const [kind, login] of [['known', who.login], ['unknown', `u-${random()}`], ['disabled', disabled.login]]) {
            const browser = new Browser();
            await browser.get('/login');
            times[kind].push((await browser.post('/login', { login_id: login, password: 'wrong password' })).ms);
        }
        if (i % 8 === 7)
            sql(`DELETE FROM login_failure WHERE kind = 'name'`);
    }
    const median = list => list.sort((a, b) => a - b)[list.length >> 1];
    const [known, unknown, off] = [median(times.known), median(times.unknown), median(times.disabled)];
    // Hashing takes some 20 ms and more; an answer without it would be a fraction of that.
    const spread = Math.max(known, unknown, off) / Math.min(known, unknown, off);
    below(spread, 1.8, `medians ${known.toFixed(1)}, ${unknown.toFixed(1)}, ${off.toFixed(1)} ms`);
}, { alone: true });

test('1.3.3 a password of 1024 characters is looked at, of 1025 refused; nothing is cut', async () => {
    const browser = new Browser();
    const answer = await browser.tryLogin({ login: 'long', password: 'a'.repeat(1024) });
    has(faults(answer.text).join(), 'ログインできませんでした');
    const over = await browser.tryLogin({ login: 'long', password: 'a'.repeat(1025) });
    is(over.status, 422);
    has(faults(over.text).join(), '1024文字以内');
    is((await browser.tryLogin({ login: 'l'.repeat(64), password: 'x' })).status, 422);
    const name = await browser.tryLogin({ login: 'l'.repeat(65), password: 'x' });
    has(faults(name.text).join(), '64文字以内');
    is(field(name.text, 'login_id'), 'l'.repeat(65), 'what was typed is kept whole');
});

test('empty, missing and doubled fields are told at their place', async () => {
    const browser = new Browser();
    await browser.get('/login');
    for (const [fields, want] of [[{}, ['ユーザ名：入力してください。', 'パスワード：入力してください。']], [{ login_id: '  ', password: ' ' }, ['ユーザ名：入力してください。']],
        [[['login_id', 'a'], ['login_id', 'b'], ['password', 'x']], ['ユーザ名：同じ項目が二重に送られました。もう一度入力してください。']],
        [[['login_id', 'a'], ['password', 'x'], ['password', 'y']], ['パスワード：同じ項目が二重に送られました。もう一度入力してください。']]]) {
        const answer = await browser.post('/login', fields);
        is(answer.status, 422);
        is(faults(answer.text).filter(text => !text.includes('ログインできません')), want);
        unlike(answer.text, /value="[xy]"/);
    }
});

test('16.4.1, 1.3.10 NUL, line ends, escapes and formats in the name: 4xx, one line in the log', async () => {
    const before = logMark('pools.log');
    const evil = [['a%00b', 400], ['a%0d%0aInjected: yes', 422], ['a%0a{"level":"info","event":"forged"}', 422], ['%1b[31mred', 422], ['%ff%fe', 400], ['%c0%80', 400],
        ['%25n%25s%25x%25n', 422], ['%e2%80%a8forged', 422], ['%22,"event":"forged"', 422], ["' OR 1=1 -- ", 422], ['%25', 422], ['*)(uid=*', 422]];
    for (const [name, status] of evil) {
        const browser = new Browser();
        await browser.get('/login');
        const answer = await browser.send('/login', `csrf=${encodeURIComponent(browser.csrf)}&login_id=${name}&password=x`);
        is(answer.status, status, name);
        unlike(answer.text, /mysql|sql syntax/i);
        const id = answer.headers['x-request-id'];
        await until(() => logLines('pools.log', before).some(line => line.request === id || line.event === 'unreadable'), 'it is logged');
        ok(logLines('pools.log', before).filter(line => line.request === id && line.event === 'request').length <= 1, name);
    }
    const lines = logLines('pools.log', before);
    is(lines.filter(line => line.raw !== undefined || line.event === 'forged'), [], 'every line is one of ours');
    unlike(JSON.stringify(lines), /Injected|forged|red/);
});

test('11.4.2 hashing is bounded: twelve logins at once are all answered, none with 5xx', async () => {
    const people = Array.from({ length: 3 }, () => account());
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => new Browser().tryLogin(people[i % 3])));
    is(answers.map(answer => answer.status).filter(status => ![303, 429].includes(status)), []);
    ok(answers.some(answer => answer.status === 303));
});

await run();
