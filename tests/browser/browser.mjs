// browser.mjs: what the browser tests share: the demo's settings, Chromium, a page that notes what goes wrong in
// it, and TAP. What is tested stands in the files with numbers; which pages there are, in places.mjs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

if (!process.env.DEMO_ENV) {
  console.error('DEMO_ENV= must name the demo.env of a running demo; tests/browser/run sets it');
  process.exit(64);
}
// Lines of a shell: NAME=value or NAME='value'.
export const demo = Object.fromEntries(readFileSync(process.env.DEMO_ENV, 'utf8').split('\n')
  .filter((line) => line.includes('='))
  .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/^'(.*)'$/, '$1')]));
export const base = demo.BASE_URL;
export const work = process.env.WORK || tmpdir();

// ---- TAP

let failures = 0;

export function ok(good, name, detail = '') {
  failures += good ? 0 : 1;
  console.log(`${good ? '' : 'not '}ok - ${name}`);
  if (!good && detail !== '') {
    console.log(String(detail).split('\n').map((line) => `#   ${line}`).join('\n'));
  }
  return Boolean(good);
}

export function is(got, want, name) {
  return ok(Object.is(got, want), name, ` got: ${JSON.stringify(got)}\nwant: ${JSON.stringify(want)}`);
}

export function like(got, want, name) {
  return ok(want.test(got), name, ` got: ${JSON.stringify(got)}\nwant: ${want}`);
}

// none([], 'no …'): the list of complaints is empty.
export function none(complaints, name) {
  return ok(complaints.length === 0, name, complaints.slice(0, 20).join('\n'));
}

// ---- Chromium

// Runs the tests of one file with a browser, and ends the process with its result.
export async function run(tests) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage',
      '--disable-component-update', '--no-first-run', '--font-render-hinting=none'],
  });
  try {
    await tests(browser);
  } catch (error) {
    ok(false, 'runs to its end', error.stack);
  }
  await browser.close();
  process.exitCode = failures > 0 ? 1 : 0;
}

// A page in a profile of its own. page.faults: what the console, the scripts and the network said that should not be.
export async function open(browser, options = {}) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    baseURL: base,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => {
    // An answer of 4xx is said on the console too; the tests that ask for one look at its status.
    if (message.type() === 'error' && !/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) {
      page.faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) {
      page.faults.push(`asks elsewhere: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) {
      page.faults.push(`${response.status()} ${response.url()}`);
    }
  });
  return page;
}

// ---- people

export async function login(page, loginId, password) {
  await page.goto('/login');
  await page.fill('[name=login_id]', loginId);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
}

export const people = {
  administrator: [demo.ADMIN_LOGIN, demo.ADMIN_PASSWORD],
  member: [demo.MEMBER_LOGIN, demo.MEMBER_PASSWORD],
};

// A page of somebody who is logged in.
export async function openAs(browser, who, options) {
  const page = await open(browser, options);
  await login(page, ...(Array.isArray(who) ? who : people[who]));
  return page;
}

export function ctl(...args) {
  return execFileSync(demo.CTL, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

// A new account; options as of `simportalctl account issue`. Gives [login id, password].
let issued = 0;
export function issue(...options) {
  issued += 1;
  const loginId = `browser-${process.pid}-${issued}`;
  const password = `Kirei-na-Asahi-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'issue-'));
  try {
    const file = join(folder, 'password');
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    ctl('account', 'issue', '--login-id', loginId, '--name', '試験 花子', '--password-file', file, ...options);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [loginId, password];
}

// ---- the database, to find rows of a certain kind quickly; rows as arrays of text
export function sql(statement) {
  const rows = execFileSync('mariadb', ['--no-defaults', `--socket=${demo.DB_SOCKET}`, `--user=${demo.DB_ADMIN_USER}`,
    '--default-character-set=utf8mb4', '-N', '-B', '-e', statement, demo.DB_NAME],
  { encoding: 'utf8', env: { ...process.env, MYSQL_PWD: demo.DB_ADMIN_PASSWORD } });
  return rows.split('\n').filter(Boolean).map((row) => row.split('\t'));
}
