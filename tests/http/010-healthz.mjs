// 010-healthz: the portal answers at all.
import { run, test, is, like } from './lib/tap.mjs';
import { Browser } from './lib/client.mjs';

test('healthz answers without a login', async () => {
    const answer = await new Browser().get('/healthz');
    is(answer.status, 200);
    like(answer.headers['content-type'], /^application\/json; charset=utf-8$/);
    is(answer.headers['cache-control'], 'no-store');
});

await run();
