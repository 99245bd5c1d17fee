// 150-password-rules: what the change of a password takes and refuses, each rule by POST. unit/test_password_rule has
// the rules case by case.
import { run, test, is, like, unlike, has, expectLog } from './lib/tap.mjs';
import { account, digest, random, sql, sqlOne } from './lib/env.mjs';
import { Browser, address, signedIn } from './lib/client.mjs';
import { faults, field, words } from './lib/html.mjs';

expectLog(/"event":"login-failed"/);

const who = account();
const browser = await signedIn(who);
await browser.get('/password');
const hash = () => sqlOne(`SELECT password_hash FROM account WHERE id = ${who.id}`);
// Each post from another address: on a quick machine all of them are more than nginx takes from one (40 at once).
const elsewhere = () => { browser.from = address(); return browser; };
const change = (fresh, more = {}) => browser.post('/password', { present: who.password, new: fresh, again: fresh, ...more });
const said = answer => faults(answer.text).join(' ');

async function refused(fresh, message, what = fresh) {
    elsewhere();
    const before = hash();
    const answer = await change(fresh);
    is(answer.status, 422, what);
    has(said(answer), message, what);
    is(hash(), before, what);
}

async function taken(fresh, what = fresh) {
    const answer = await change(fresh);
    is(answer.status, 303, `${what}: ${said(answer)}`);
    if (answer.status === 303)
        who.password = fresh;
    await browser.get('/password');
}

test('6.2.1, 6.2.9 12 to 128 characters, whatever their bytes', async () => {
    await refused('x7-Quartz+b', '12文字以上', '11');
    await refused('鍵'.repeat(5) + 'かぎのあなに', '12文字以上', '11 of three bytes');
    await taken('x7-Quartz+bo', '12');
    await taken(`合${'言葉はながい'.repeat(3)}ね`.slice(0, 12), '12 of three bytes');
    await taken(`L${'ong sentence '.repeat(10)}`.slice(0, 64), '64');
    await taken(`L${'ange Sätze, '.repeat(12)}`.slice(0, 128), '128');
    await refused(`L${'ange Sätze, '.repeat(12)}`.slice(0, 129), '128文字以内', '129');
    await refused('a'.repeat(1025), '1024文字以内', '1025');
});

test('6.2.5 no character must be there: lower-case words are taken, and so are blanks', async () => {
    await taken('twelve quiet herons wading');
    await taken('481516234299 75');
});

test('6.2.4 common ones are refused, also with digits behind and doubled', async () => {
    for (const word of ['password1234', 'Password1234', 'passwordpassword', 'qwertyuiop12', 'sunshinesunshine', '123456789012',
        'abcabcabcabc', 'ｐａｓｓｗｏｒｄ１２３４', 'dragon999999'])
        await refused(word, '推測されやすい');
});

test('6.2.4 the login id is refused, also with digits behind, doubled, and in another case', async () => {
    for (const word of [who.login.padEnd(12, '1'), who.login + who.login, who.login.toUpperCase() + who.login])
        await refused(word, 'ユーザ名と同じ');
});

test('none of the last five comes back, the sixth may (domain.md)', async () => {
    const old = ['first of the seven 1', 'second of the seven 2', 'third of the seven 3', 'fourth of the seven 4', 'fifth of the seven 5', 'sixth of the seven 6'];
    for (const one of old)
        await taken(one);
    for (const one of [old[1], old[3], old[5]])
        await refused(one, '直近5回', one);
    await taken(old[0]);
});

test('6.2.8 the 73rd byte, a blank at the end and the case count', async () => {
    const long = `${'Seventy-two bytes and then one more decides '.repeat(3)}`.slice(0, 72);
    await taken(`${long}A`);
    const attempt = async password => (await new Browser().tryLogin({ login: who.login, password })).status;
    is(await attempt(`${long}B`), 422, 'the 73rd byte');
    is(await attempt(long), 422, 'without it');
    is(await attempt(`${long}A`), 303);
    await taken(' Blanks at both ends ');
    is(await attempt('Blanks at both ends'), 422, 'trimmed');
    is(await attempt(' Blanks at both ends'), 422);
    is(await attempt(' blanks at both ends '), 422, 'case');
    is(await attempt(' Blanks at both ends '), 303);
});

test('6.2.3, 7.5.1 the present password is needed, and guessing it is counted', async () => {
    const before = hash();
    for (const present of ['', 'wrong']) {
        const answer = await browser.post('/password', { present, new: 'Never to be taken 1', again: 'Never to be taken 1' });
        is(answer.status, 422);
        has(said(answer), present === '' ? '入力してください' : '現在のパスワードが違います');
    }
    is(hash(), before);
    is(sqlOne(`SELECT failures FROM login_failure WHERE kind = 'pair' AND key_digest = UNHEX('${digest(`pair:${who.login}:${browser.from}`)}')`), '1');
    for (let i = 0; i < 5; i++)
        await browser.post('/password', { present: `guess ${i}`, new: 'Never to be taken 1', again: 'Never to be taken 1' });
    sql(`UPDATE login_failure SET failures = 20, last_failed_at = UTC_TIMESTAMP(6) WHERE kind = 'pair'`);
    is((await change('Not while delayed 1')).status, 422, 'the right one is not looked at for a while');
    is(hash(), before);
    sql(`DELETE FROM login_failure WHERE kind = 'pair'`);
});

test('the two new ones must be the same; what was typed is not shown again', async () => {
    const answer = await change('Never to be taken 2', { again: 'Never to be taken 3' });
    is(answer.status, 422);
    has(said(answer), '一致しません');
    unlike(answer.text, /Never to be taken|value="[^"]*" autocomplete="new-password"/);
    for (const name of ['present', 'new', 'again'])
        is(field(answer.text, name), '');
});

test('control characters, NUL and broken UTF-8 are refused', async () => {
    const before = hash();
    for (const [text, status] of [['abcdefghijkl%0a', 422], ['abcdefghijkl%09', 422], ['abcdefghijkl%00', 400], ['abcdefghijkl%ff', 400], ['abcdefghijkl%1b', 422]]) {
        const answer = await elsewhere().send('/password', `csrf=${encodeURIComponent(browser.csrf)}&present=${encodeURIComponent(who.password)}&new=${text}&again=${text}`);
        is(answer.status, status, text);
    }
    is(hash(), before);
});

test('missing and doubled fields are told', async () => {
    const person = account();
    const other = await signedIn(person);
    await other.get('/password');
    is(faults((await other.post('/password', {})).text).length, 3);
    const doubled = await other.post('/password', [['present', person.password], ['new', 'Never to be taken 4'], ['new', 'Never to be taken 5'], ['again', 'Never to be taken 5']]);
    has(said(doubled), '二重');
});

test('two changes at once: one is kept whole, the other is told so', async () => {
    const two = account();
    const [a, b] = [await signedIn(two), await signedIn(two)];
    await Promise.all([a.get('/password'), b.get('/password')]);
    const answers = await Promise.all([[a, 'One of the two at once A'], [b, 'One of the two at once B']].map(([one, fresh]) => one.post('/password', { present: two.password, new: fresh, again: fresh })));
    const codes = answers.map(answer => answer.status).sort();
    is(codes.filter(code => code === 303).length, 1, codes.join());
    is(codes.filter(code => code >= 500), []);
    const works = await Promise.all(['A', 'B'].map(async letter => (await new Browser().tryLogin({ login: two.login, password: `One of the two at once ${letter}` })).status === 303));
    is(works.filter(Boolean).length, 1);
});

test('a change is in the audit', async () => {
    is(sqlOne(`SELECT COUNT(*) > 5 FROM audit WHERE actor_id = ${who.id} AND action = 'password-change'`), '1');
    like(random(), /^\w+$/);
    unlike(words((await browser.get('/')).text), /Never to be taken/);
});

await run();
