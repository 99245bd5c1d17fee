// A request from the tick in the SIM list to 完了 with the keyboard alone: every stop can be seen, nothing holds the focus,
// and the date and the reason are chosen without a mouse (WCAG 2.1.1, 2.4.7; screens.md, SIM状況一覧, 確認).
import { is, issue, like, none, ok, open, run, sql } from './browser.mjs';
import { enter, focused, tabTo } from './keys.mjs';

await run(async (browser) => {
  const [loginId, password] = issue('--customer', 'TC0000-00001', '--role', 'member', '--permanent');
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    const page = await open(browser, { viewport: { width, height } });
    const unseen = [];
    const walk = async (wanted, name, most) => {
      const { way, at } = await tabTo(page, wanted, most);
      unseen.push(...way.filter((one) => !one.outlined || !one.visible || one.covered).map((one) => `${page.url()}: ${JSON.stringify(one)}`));
      ok(at, `${width} px: ${name}`, way.map((one) => one.what).join('\n'));
    };
    await page.goto('/login');
    await walk((at) => at.name === 'login_id', 'the user name');
    await page.keyboard.type(loginId);
    await walk((at) => at.name === 'password', 'the password');
    await page.keyboard.type(password);
    await enter(page);

    await page.goto('/sims?state=active&group=0&size=20&sort=-phone');
    await walk((at) => at.name === 'kind', 'what to ask for');
    await page.keyboard.type('一時停止');
    if (await page.inputValue('#f-kind') !== 'suspend') {
      await page.selectOption('#f-kind', 'recharge');
      await page.focus('#f-kind');
      await page.keyboard.press('ArrowDown');
    }
    is(await page.inputValue('#f-kind'), 'suspend', `${width} px: chosen by the arrow keys`);
    await walk((at) => at.name === 'line', 'the first box');
    await page.keyboard.press('Space');
    await walk((at) => at.name === 'line', 'the next one');
    await page.keyboard.press('Space');
    is(await page.locator('.lines input:checked').count(), 2, `${width} px: Space ticks`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/drafts\/\d+$/);
    ok(await page.isVisible('text=合計枚数：2枚'), `${width} px: Enter goes on with both`);

    await walk((at) => at.name === 'reason', 'the reason');
    await page.keyboard.press('ArrowDown');
    await walk((at) => at.name === 'date', 'the date');
    await page.keyboard.type('今日ではない');
    await enter(page);
    ok(await page.isVisible('#errors'), `${width} px: a wrong date is told`);
    is((await focused(page)).id, 'errors', 'and has the focus');
    await walk((at) => at.text.includes('適用開始日'), 'its link');
    await page.keyboard.press('Enter');
    is((await focused(page)).name, 'date', 'leads to the field');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(new Date(Date.now() + 20 * 86400000).toISOString().slice(0, 10));
    await enter(page);
    like(page.url(), /\/confirm$/, `${width} px: Enter leads to 確認`);

    await walk((at) => at.text === '登録', 'the button');
    await enter(page);
    like(page.url(), /\/requests\/TC0000-00001-CS\d+/, `${width} px: and it is made`);
    ok(await page.isVisible('text=依頼を受け付けました'), `${width} px: 完了`);
    is(await page.textContent('.steps [aria-current]'), '完了', 'the third step');

    await walk((at) => at.text === '依頼取消', 'it can be cancelled');
    await enter(page);
    await walk((at) => at.text === '依頼を取り消す', 'surely');
    await enter(page);
    const number = new URL(page.url()).pathname.split('/').at(-1);
    is(sql(`SELECT status FROM request WHERE number = '${number}'`)[0][0], 'cancelled', `${width} px: and is`);
    none(unseen, `${width} px: the focus is always seen`);
    none(page.faults, 'nothing is wrong on the console');
    await page.context().close();
  }
});
