// policy.mjs: what csp_evaluator says of the Content-Security-Policy of nginx/headers.conf; nothing, if all is well.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const from = createRequire(new URL('../package.json', import.meta.url));
const { CspEvaluator } = from('csp_evaluator/dist/evaluator.js');
const { CspParser } = from('csp_evaluator/dist/parser.js');

const [, policy] = readFileSync(new URL('../../nginx/headers.conf', import.meta.url), 'utf8').match(/Content-Security-Policy "([^"]+)"/);
// It cannot know that nothing but our one script lies below 'self': no JSONP, no uploads, no libraries.
const known = ({ directive, value }) => directive === 'script-src' && value === "'self'";
const found = new CspEvaluator(new CspParser(policy).csp).evaluate().filter(one => !known(one));
for (const { directive, value, description } of found)
    console.log(`# ${directive} ${value ?? ''}: ${description}`);
process.exit(found.length === 0 ? 0 : 1);
