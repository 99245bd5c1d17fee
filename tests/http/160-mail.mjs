// 160-mail: who hears of a login and of an account, in which words; and that a sendmail that fails delays mails only.
import { writeFileSync, rmSync, existsSync } from 'node:fs';
import { run, test, is, ok, like, has, hasNot, until, expectLog } from './lib/tap.mjs';
import { account, ctl, customerCode, customerId, env, mails, quote, random, sql, sqlOne } from './lib/env.mjs';
import { Browser } from './lib/client.mjs';

expectLog(/"event":"mail-not-sent"/);

const loginSubject = '【管理コンソールポータル】ログインのお知らせ';
const mailsOf = login => mails(mail => mail.body.includes(login));
const arrived = (login, count) => until(() => mailsOf(login).length >= count && mailsOf(login), `${count} mails about ${login}`, 15);

async function loginOf(who, agent = 'Test Agent/1.0') {
    const browser = new Browser({ headers: { 'User-Agent': agent } });
    is((await browser.tryLogin(who)).status, 303);
    return browser;
}

test('every login is told to the address of the account: who, when, from where (guide)', async () => {
    const email = `own-${random()}@test.example`;
    const who = account({ email, name: '佐藤 次郎' });
    const browser = await loginOf(who);
    const [mail] = await arrived(who.login, 1);
    is(mail.to, email);
    is(mail.subject, loginSubject);
    for (const part of ['佐藤 次郎', who.login, browser.from, '不明なブラウザ / 不明なOS', `${env.BASE_URL}/password`])
        has(mail.body, part);
    like(mail.body, /20\d\d[/-]\d\d[/-]\d\d \d\d:\d\d/);
    await loginOf(who);
    await arrived(who.login, 2);
});

test('a login is told with browser and system in words, in the language of the account; hostile headers never get in', async () => {
    const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
    for (const [language, agent, want, never] of [
        ['ja', chrome, 'ブラウザ・OS： Chrome 120 / Windows\n', 'Mozilla'],
        ['en', chrome, 'Browser and system: Chrome 120 / Windows\n', 'Mozilla'],
        ['en', 'Mozilla/5.0 (X11; Linux x86_64; rv:61.0) Gecko/20100101 Firefox/61.0', ': Firefox 61 / Linux\n', 'Gecko'],
        ['ja', 'Call +81-3-0000-0000 now https://evil.example', '不明なブラウザ / 不明なOS\n', 'evil'],
        ['en', 'Chrome/120https://evil.example (Windows NT; call +81-3-0000-0000)', ': Chrome 120 / Windows\n', 'evil'],
        ['en', '', ': Unknown browser / unknown system\n', 'Mozilla'],
    ]) {
        const who = account({ email: `agent-${random()}@test.example`, language });
        await loginOf(who, agent);
        const [mail] = await arrived(who.login, 1);
        has(mail.body, want);
        hasNot(mail.body, never);
    }
});

test('the mail is well formed: encoded head and body, one recipient, sender, date, id', async () => {
    const who = account({ email: `form-${random()}@test.example` });
    await loginOf(who);
    const [mail] = await arrived(who.login, 1);
    ok(/^[\x20-\x7e\n\t]*$/.test(mail.raw), 'nothing but ASCII goes over the line');
    ok(mail.raw.split('\n').every(line => line.length <= 998), 'no line is too long');
    like(mail.headers['content-type'], /^text\/plain; charset=utf-8/i);
    like(mail.headers['mime-version'], /^1\.0/);
    like(mail.headers.from, /portal@localhost/);
    is(mail.headers.to, mail.to);
    like(mail.headers.date, /^\w{3}, \d{2} \w{3} 20\d\d \d\d:\d\d:\d\d [+-]\d{4}$/);
    like(mail.headers['message-id'], /^<[^@>]+@[^>]+>$/);
    is(mail.headers['auto-submitted'], 'auto-generated');
    is(mail.headers['x-auto-response-suppress'], 'All');
    is(mail.headers['return-path'], '<portal@localhost>', "the envelope's sender: what cannot be delivered returns there");
});

test('without an address the administrators at home with its customer hear of it (guide)', async () => {
    const who = account({ customers: ['third'] });
    const first = `admin-${random()}@third.example`;
    const second = `admin-${random()}@third.example`;
    account({ customers: ['third'], role: 'administrator', email: first });
    account({ customers: ['third'], role: 'administrator', email: second });
    const strangers = [account({ customers: ['main', 'third'], role: 'administrator', email: `foreign-${random()}@test.example` }),
        account({ customers: ['third'], role: 'member', email: `member-${random()}@third.example` })];
    const gone = account({ customers: ['third'], role: 'administrator', email: `gone-${random()}@third.example` });
    ctl('account', 'disable', gone.login);
    ok(strangers.length === 2);
    const before = sqlOne(`SELECT COALESCE(MAX(id), 0) FROM mail`);
    await loginOf(who);
    const told = sql(`SELECT recipient FROM mail WHERE id > ${before}`).map(row => row[0]);
    ok(told.includes(first) && told.includes(second), told.join());
    is(told.filter(to => /foreign|member|gone/.test(to)), []);
    const list = await arrived(who.login, told.length);
    is(list.map(mail => mail.to).sort(), told.sort(), 'each in a mail of its own');
});

test("without any, the operator's own address hears of it", async () => {
    sql(`UPDATE account SET email = NULL WHERE home_customer_id = ${customerId('third')}`);
    const who = account({ customers: ['third'] });
    await loginOf(who);
    const [mail] = await arrived(who.login, 1);
    is(mail.to, 'operator@localhost');
});

test('a mail speaks the language of its account', async () => {
    const who = account({ email: `en-${random()}@test.example`, language: 'en' });
    await loginOf(who);
    const [mail] = await arrived(who.login, 1);
    ok(!/[\u3040-\u30ff\u4e00-\u9fff]/.test(mail.body), mail.body);
    has(mail.body, who.login);
});

test('a failed login is told to nobody', async () => {
    const who = account({ email: `no-${random()}@test.example` });
    await new Browser().tryLogin({ ...who, password: 'wrong' });
    is(sqlOne(`SELECT COUNT(*) FROM mail WHERE recipient LIKE 'no-%' AND created_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE`), '0');
});
expectLog(/"event":"login-failed"/);

test('an issued account hears its login id, initial password and URL, and that it must change it (guide)', async () => {
    const login = `issued-${random()}`;
    const email = `${login}@test.example`;
    ctl('account', 'issue', '--login-id', login, '--name', '鈴木 花', '--role', 'member', '--customer', customerCode.main, '--email', email);
    const [mail] = await arrived(login, 1);
    is([mail.to, mail.subject], [email, '【管理コンソールポータル】ポータルサイト利用アカウントのご案内']);
    for (const part of ['鈴木 花', login, `${env.BASE_URL}/login`, '変更', '14'])
        has(mail.body, part);
    const password = mail.body.split('\n').map(row => row.split(/[:：]\s*/)).find(([name]) => /パスワード/.test(name))?.[1]?.trim();
    ok(password?.length >= 12, 'a password stands in it');
    const browser = new Browser();
    is((await browser.tryLogin({ login, password })).status, 303);
    is((await browser.get('/')).headers.location, '/password');
    is(sqlOne(`SELECT body IS NULL FROM mail WHERE recipient = ${quote(email)} ORDER BY id LIMIT 1`), '1', 'and is erased once sent');
});

test('13.3.1 bodies rest sealed: no password and no name in the row', async () => {
    const login = `sealed-${random()}`;
    hold();
    try {
        ctl('account', 'issue', '--login-id', login, '--name', 'Sealed Person', '--role', 'member', '--customer', customerCode.main, '--email', `${login}@test.example`);
        const body = Buffer.from(sqlOne(`SELECT HEX(body) FROM mail WHERE recipient = '${login}@test.example'`), 'hex').toString('latin1');
        ok(body.length > 100);
        hasNot(body, login);
        hasNot(body, 'Sealed');
    } finally {
        release();
    }
    await arrived(login, 1);
});

const failFile = `${env.VAR}/sendmail-fail`;
const hangFile = `${env.VAR}/sendmail-hang`;
function hold() { writeFileSync(hangFile, ''); }
function release() { rmSync(hangFile, { force: true }); }

test('1.2.5, 1.3.11 hostile names and agents stay in their place', async () => {
    const email = `evil-${random()}@test.example`;
    const who = account({ email, name: '"><script> $(id) `id` %n%s' });
    await loginOf(who, 'Agent\tBcc: x@evil.example');
    const [mail] = await arrived(who.login, 1);
    has(mail.body, '"><script> $(id) `id` %n%s');
    is([mail.headers.bcc, mail.headers.cc, mail.to], [undefined, undefined, email]);
    for (const bad of ['-oQ/tmp@x.example', 'a;id@x.example\nBcc: y@x.example', 'a b@x.example', '@x.example', 'a@', "a@x.example,b@x.example"]) {
        let refused = false;
        try {
            account({ email: bad });
        } catch {
            refused = true;
        }
        ok(refused, bad);
    }
});

test('16.5.2 sendmail says "later" (75): the login works, the mail waits and comes once', async () => {
    const who = account({ email: `later-${random()}@test.example` });
    writeFileSync(failFile, '75\n');
    const row = () => sql(`SELECT attempts, sent_at IS NOT NULL, due_at > UTC_TIMESTAMP(6) + INTERVAL 30 SECOND FROM mail WHERE recipient LIKE 'later-%' ORDER BY id DESC LIMIT 1`)[0];
    try {
        await loginOf(who);
        await until(() => Number(row()[0]) >= 1, 'a first attempt has failed', 15);
        is(row().slice(1), ['0', '1'], 'it is kept and put off');
        is(mailsOf(who.login).length, 0);
    } finally {
        rmSync(failFile, { force: true });
    }
    sql(`UPDATE mail SET due_at = UTC_TIMESTAMP(6) WHERE sent_at IS NULL`);
    await arrived(who.login, 1);
    await until(() => row()[1] === '1', 'it is marked as sent');
    is(mailsOf(who.login).length, 1, 'once');
});

test('16.5.2 sendmail hangs: logins go on', async () => {
    const who = account({ email: `hang-${random()}@test.example` });
    hold();
    try {
        await loginOf(who);
        await loginOf(who);
        is(mailsOf(who.login).length, 0);
    } finally {
        release();
    }
    await arrived(who.login, 2);
    is(mailsOf(who.login).length, 2);
    ok(!existsSync(hangFile));
});

await run();
