// places.mjs: every page of the portal as a person may meet it: how to get there, and whether one is logged in there.
// Whatever must hold on every page (width, contrast, weight, language) is tested over this table; the screenshots
// are made from it. A new page needs a row here.
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
  { name: 'error-404', status: 404, go: goTo('/sims/999999999') },
  { name: 'error-405', status: 405, go: goTo('/logout') },
];
