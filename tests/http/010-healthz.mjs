// 010-healthz: the portal answers at all.
import { run, test, is, like, logLines, until } from './lib/tap.mjs';
import { Browser } from './lib/client.mjs';

test('healthz answers without a login, tells nothing else, and asks on a connection of its own', async () => {
    const answer = await new Browser().get('/healthz');
    is(answer.status, 200);
    is(answer.text, '{"status":"ok"}\n');
    like(answer.headers['content-type'], /^application\/json; charset=utf-8$/);
    is(answer.headers['cache-control'], 'no-store');
    is(answer.headers['set-cookie'], undefined);
    const line = await until(() => logLines('pools.log').find(one => one.request === answer.headers['x-request-id']), 'its line');
    is([line.route, line.statements, line.rows], ['/healthz', 0, 0]);
});

await run();
