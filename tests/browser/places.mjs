// places.mjs: every page of the portal as a person may meet it: how to get there, and whether one is logged in there.
// Whatever must hold on every page (width, contrast, weight, language) is tested over this table; the screenshots
// are made from it. A new page needs a row here.
import { tokyoDate } from '../fixtures/dates.mjs';
import { sql } from './browser.mjs';

// The address of the first SIM that a search finds.
async function found(page, query) {
  await page.goto(`/sims?${query}`);
  await page.goto(await page.getAttribute('.lines tbody th a', 'href'));
}

// The address of the demo customer's first SIM for which a condition on the table line holds.
function address(condition) {
  const [[id]] = sql(`SELECT l.id FROM line l JOIN customer c ON c.id = l.customer_id
    WHERE c.code = 'TC0000-00001' AND l.state = 'active' AND ${condition} ORDER BY l.id LIMIT 1`);
  return `/sims/${id}`;
}
const recharged = () => address('EXISTS (SELECT 1 FROM recharge r WHERE r.line_id = l.id)');
const grouped = () => address('l.share_group_id IS NOT NULL');
export const esim = () => address("l.kind = 'esim' AND EXISTS (SELECT 1 FROM card d WHERE d.line_id = l.id AND d.activation_code IS NOT NULL AND d.to_at IS NULL)");

const foundIn = (query) => (page) => found(page, query);
const goTo = (path) => (page) => page.goto(path);

// ---- requests

const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

// A draft begun from boxes of the SIM list.
async function begin(page, kind, query, n) {
  await page.goto(`/sims?${query}`);
  for (let i = 0; i < n; i += 1) {
    await page.check(`.lines tbody tr:nth-child(${i + 1}) input`);
  }
  await page.selectOption('#f-kind', kind);
  await press(page, '.ask button');
}

async function recharge(page, days = 40) {
  await begin(page, 'recharge', 'state=active&group=0', 3);
  await page.selectOption('#f-capacity', { index: 1 });
  await page.fill('#f-date', tokyoDate(days, '-'));
  await press(page, 'button[value=confirm]');
}

// The confirmation of a termination of two SIMs.
async function terminate(page) {
  await begin(page, 'terminate', 'state=active', 2);
  await page.selectOption('#f-reason', { index: 1 });
  await page.fill('#f-date', tokyoDate(40, '-'));
  await press(page, 'button[value=confirm]');
}

// The address of a request that is still to come; made if there is none.
async function waiting(page) {
  const find = () => sql("SELECT number FROM request WHERE customer_id = (SELECT id FROM customer WHERE code = 'TC0000-00001') AND status = 'pending' ORDER BY id LIMIT 1");
  if (find().length === 0) {
    await recharge(page);
    await press(page, 'button[value=submit]');
  }
  return `/requests/${find()[0][0]}`;
}

async function form(page, kind = 'terminate') {
  await page.goto('/requests/new');
  await press(page, `button[value=${kind}]`);
}

// name: also the name of the screenshot. go(page): leads there. status: of the page's own answer. alike: the same
// elements as another, with other data: for the eye and the widths only.
export const outside = [
  { name: 'login', go: goTo('/login') },
  {
    name: 'login-wrong',
    status: 422,
    go: async (page) => {
      await page.goto('/login');
      await page.fill('[name=login_id]', `nobody-${process.pid}`);
      await page.fill('[name=password]', 'wrong-wrong-wrong');
      await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
    },
  },
  {
    name: 'login-empty',
    status: 422,
    go: async (page) => {
      await page.goto('/login');
      await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
    },
  },
  { name: 'outside-not-found', status: 404, go: goTo('/nothing-here') },
  { name: 'static-404', status: 404, go: goTo('/static/nothing-here.css') },
];

export const inside = [
  { name: 'start', go: goTo('/') },
  { name: 'list', go: goTo('/sims') },
  { name: 'list-page-2', alike: true, go: goTo('/sims?size=20&page=2') },
  { name: 'list-sorted', alike: true, go: goTo('/sims?sort=-remaining') },
  { name: 'list-suspended', alike: true, go: goTo('/sims?state=suspended') },
  { name: 'list-throttled', go: goTo('/sims?throttled=1') },
  { name: 'list-failed', go: goTo('/sims?state=failed') },
  { name: 'list-label', alike: true, go: goTo(`/sims?label=${encodeURIComponent('冷蔵車')}`) },
  { name: 'list-none', go: goTo('/sims?phone=9999999') },
  { name: 'list-errors', status: 422, go: goTo('/sims?phone=abc&serial=%21%21&state=nonsense') },
  { name: 'detail', go: foundIn('state=active') },
  { name: 'detail-suspended', alike: true, go: foundIn('state=suspended') },
  { name: 'detail-inactive', alike: true, go: foundIn('state=inactive') },
  { name: 'detail-reissuing', go: foundIn('state=reissuing') },
  { name: 'detail-terminated', go: foundIn('state=terminated') },
  { name: 'detail-failed', go: foundIn('state=failed') },
  { name: 'detail-throttled', go: foundIn('throttled=1') },
  { name: 'detail-grouped', alike: true, go: (page) => page.goto(grouped()) },
  { name: 'detail-recharged', go: (page) => page.goto(recharged()) },
  { name: 'detail-esim', go: (page) => page.goto(esim()) },
  {
    name: 'esim',
    go: async (page) => {
      await page.goto(esim());
      await Promise.all([page.waitForNavigation(), page.click('#esim button')]);
    },
  },
  {
    name: 'detail-note-wrong',
    status: 422,
    go: async (page) => {
      await found(page, 'state=active');
      await page.fill('[name=label]', 'あ'.repeat(200));
      await Promise.all([page.waitForNavigation(), page.click('#note button.primary')]);
    },
  },
  { name: 'password', go: goTo('/password') },
  {
    name: 'password-wrong',
    status: 422,
    go: async (page) => {
      await page.goto('/password');
      await page.fill('[name=present]', 'wrong-wrong-wrong');
      await page.fill('[name=new]', 'short');
      await page.fill('[name=again]', 'shorter');
      await Promise.all([page.waitForNavigation(), page.click('main button.primary')]);
    },
  },
  { name: 'customers', go: goTo('/customers') },
  { name: 'customers-none', go: goTo('/customers?q=zzzz') },
  { name: 'requests', go: async (page) => { await waiting(page); await page.goto('/requests?status=all'); } },
  { name: 'requests-none', go: goTo('/requests?number=zzzz') },
  { name: 'requests-errors', status: 422, go: goTo('/requests?phone=abc&from=2026/02/30&service=999') },
  { name: 'request-menu', go: goTo('/requests/new') },
  { name: 'draft-lines', go: (page) => form(page) },
  {
    name: 'draft-empty',
    status: 422,
    go: async (page) => {
      await form(page);
      await press(page, 'button[value=enter]');
      await press(page, 'button[value=confirm]');
    },
  },
  { name: 'draft-form', go: (page) => begin(page, 'suspend', 'state=active', 3) },
  {
    name: 'draft-unread',
    go: async (page) => {
      await begin(page, 'suspend', 'state=active', 1);
      await page.setInputFiles('#f-file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('8.98E+18\nabc\n02099999999\n') });
      await press(page, '.upload button');
    },
  },
  { name: 'draft-confirm', go: (page) => recharge(page) },
  {
    name: 'draft-refused',
    go: async (page) => {
      await begin(page, 'resume', 'state=active', 2);
      await page.fill('#f-date', tokyoDate(3, '-'));
      await press(page, 'button[value=confirm]');
    },
  },
  { name: 'draft-terminate', go: (page) => terminate(page) },
  {
    name: 'draft-terminate-wrong',
    status: 422,
    go: async (page) => {
      await terminate(page);
      await page.fill('#f-typed', 'x');
      await press(page, 'button.danger');
    },
  },
  {
    name: 'draft-left',
    go: async (page) => {
      await form(page, 'suspend');
      await page.goto(page.url().replace(/\?.*/, ''));
      await press(page, 'button[value=all]');
    },
  },
  {
    name: 'draft-kept',
    go: async (page) => {
      await begin(page, 'suspend', 'state=active', 3);
      await press(page, 'button[value=keep]');
    },
  },
  {
    name: 'draft-change',
    go: async (page) => {
      await recharge(page);
      await press(page, 'button[value=submit]');
      await press(page, '#progress form button');
      await page.selectOption('#f-capacity', { index: 2 });
      await press(page, 'button[value=confirm]');
    },
  },
  { name: 'request-detail', go: async (page) => page.goto(await waiting(page)) },
  { name: 'request-cancel', go: async (page) => page.goto(`${await waiting(page)}/cancel`) },
  { name: 'detail-asked', go: async (page) => { await page.goto(await waiting(page)); await press(page, '.requests tbody th a >> nth=0'); } },
  { name: 'schedule', go: async (page) => { await waiting(page); await page.goto('/'); await page.goto(`/schedule?month=${tokyoDate(40, '-').slice(0, 7)}`); } },
  { name: 'schedule-day', alike: true, go: async (page) => { await waiting(page); await page.goto(`/schedule?month=${tokyoDate(40, '-').slice(0, 7)}&day=${tokyoDate(40, '-')}`); } },
  { name: 'schedule-none', go: goTo('/schedule?month=2031-01') },
  { name: 'schedule-errors', status: 422, go: goTo('/schedule?phone=abc') },
  { name: 'error-404', status: 404, go: goTo('/sims/999999999') },
  { name: 'error-405', status: 405, go: goTo('/logout') },
];
