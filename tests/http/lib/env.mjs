// env.mjs: the running demo as tests see it: its settings, its database, its command line, its mails.
import { readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, createHash } from 'node:crypto';
import { quote } from '../../fixtures/insert.mjs';
import { accountRows } from '../../fixtures/rows.mjs';

export { quote };

if (!process.env.ENV) {
    console.log('Bail out! run it by tests/http/run, or with ENV=demo.env of a running demo');
    process.exit(1);
}

export const env = {};
for (const line of readFileSync(process.env.ENV, 'utf8').split('\n')) {
    const [, name, value] = line.match(/^(\w+)=(.*)$/) ?? [];
    if (name)
        env[name] = value.replace(/^'(.*)'$/, '$1').replace(/'\\''/g, "'");
}
env.VAR = env.LOG_DIR.replace(/\/log$/, '');
export const base = new URL(env.BASE_URL);

export const random = (bytes = 6) => randomBytes(bytes).toString('hex');
export const digest = text => createHash('sha256').update(text).digest('hex');

// ---- the database, as its administrator

const unescape = text => text.replace(/\\(.)/g, (_, c) => ({ n: '\n', t: '\t', 0: '\0' })[c] ?? c);

// Rows as arrays of texts; NULL is null.
export function sql(text, { user = env.DB_ADMIN_USER, password = env.DB_ADMIN_PASSWORD } = {}) {
    const done = spawnSync('mariadb', ['--no-defaults', `--socket=${env.DB_SOCKET}`, `--user=${user}`, '--batch',
        '--skip-column-names', '--default-character-set=utf8mb4', env.DB_NAME],
    { input: text, env: { ...process.env, MYSQL_PWD: password }, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0)
        throw new Error(`SQL: ${done.stderr}\n${text}`);
    return done.stdout.split('\n').slice(0, -1).map(row => row.split('\t').map(cell => (cell === 'NULL' ? null : unescape(cell))));
}
export const sqlOne = text => sql(text)[0]?.[0];

// ---- the command line

export function ctl(...words) {
    const done = spawnSync(env.CTL, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    if (done.status !== 0)
        throw new Error(`simportalctl ${words.join(' ')}: ${done.stderr}`);
    return done.stdout;
}

export const customerCode = { main: 'TC0000-00001', other: 'TC0000-00002', third: 'TC0000-00003' };
export const customerId = which => sqlOne(`SELECT id FROM customer WHERE code = '${customerCode[which]}'`);

// An account of its own for a test, so that no test depends on another. The first one of a file is issued by the command
// line; more that need no name or password of their own are copies of it, which costs no hash and no process.
let model;

function issue({ role, customers, email, language, permanent, name, login, password }) {
    const folder = mkdtempSync(join(tmpdir(), 'http-'));
    const file = join(folder, 'password');
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    try {
        ctl('account', 'issue', '--login-id', login, '--name', name, '--role', role, '--password-file', file,
            ...customers.flatMap(one => ['--customer', customerCode[one]]), ...(permanent ? ['--permanent'] : []),
            ...(email ? ['--email', email] : []), ...(language ? ['--language', language] : []));
    } finally {
        rmSync(folder, { recursive: true });
    }
    return { login, password, id: sqlOne(`SELECT id FROM account WHERE login_id = ${quote(login)}`) };
}

function copy({ role, customers, email, language = 'ja', permanent, name }) {
    const login = `t-${random()}`;
    const id = sqlOne(accountRows({ model: model.id, login, role, name, email: email ?? null, language, password_own: permanent, customers: customers.map(one => customerCode[one]) }));
    return { login, password: model.password, id };
}

export function account({ role = 'member', customers = ['main'], email, language, permanent = true, name = 'Test Person', login, password } = {}) {
    const wanted = { role, customers, email, language, permanent, name, login: login ?? `t-${random()}`, password: password ?? `Grün ${random(9)}` };
    if (login || password || (email && !/^[\w-]+@[\w.]+$/.test(email)))
        return issue(wanted);
    model ??= issue({ ...wanted, role: 'viewer', customers: ['main'], email: undefined, login: `model-${random()}`, permanent: true });
    return copy(wanted);
}

// ---- mails

const word = (charset, kind, text) => kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8')
    : Buffer.from(text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');

function decodeBody(headers, body) {
    const encoding = (headers['content-transfer-encoding'] ?? '').toLowerCase();
    if (encoding === 'base64')
        return Buffer.from(body, 'base64').toString('utf8').replace(/\r\n/g, '\n');
    if (encoding === 'quoted-printable')
        return Buffer.from(body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
    return body;
}

export function mailParse(raw) {
    const end = raw.indexOf('\n\n');
    const headers = {};
    for (const line of raw.slice(0, end).replace(/\n[ \t]+/g, ' ').split('\n')) {
        const [, name, value] = line.match(/^([^:]+): ?(.*)$/) ?? [null, 'broken', line];
        headers[name.toLowerCase()] = headers[name.toLowerCase()] !== undefined ? `${headers[name.toLowerCase()]}\n${value}` : value;
    }
    const subject = (headers.subject ?? '').replace(/\?=\s+=\?/g, '?==?').replace(/=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g, (_, charset, kind, text) => word(charset, kind, text));
    return { raw, headers, subject, body: decodeBody(headers, raw.slice(end + 2)), to: headers['delivered-to'] };
}

// What has arrived; `filter` may look at anything of a mail.
export const mails = (filter = () => true) => readdirSync(`${env.MAIL_DIR}/new`).sort()
    .map(name => mailParse(readFileSync(`${env.MAIL_DIR}/new/${name}`, 'latin1'))).filter(filter);
