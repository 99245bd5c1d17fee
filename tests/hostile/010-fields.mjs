// 010-fields: every field of every form of the table of routes, in the address or the form it belongs to and in the other
// one; fields twice, as lists, by other names, and fields that no form has. Each checker of fields meets every payload,
// each field a sample (lib/share.mjs).
import { Browser, address } from '../http/lib/client.mjs';
import { field } from '../http/lib/html.mjs';
import { attack, attacker, filler, finish, fresh, newcomer, pathOf, request, routes } from './lib/attack.mjs';
import { all, given, sample, some, twice, ways } from './lib/payloads.mjs';
import { Share, kindOf, long, spread } from './lib/share.mjs';

const pair = ([name, value]) => `${name}=${value}`;

// A request of `route` with exactly these parameters, escaped already. Posts carry a good token.
function send(route, token, pairs, { elsewhere = [] } = {}) {
    const path = pathOf(route.pattern);
    if (route.method === 'GET')
        return request('GET', pairs.length > 0 ? `${path}?${pairs.map(pair).join('&')}` : path, { close: false });
    const query = elsewhere.length > 0 ? `?${elsewhere.map(pair).join('&')}` : '';
    return request('POST', path + query, { close: false, body: [['csrf', token], ...pairs].map(pair).join('&') });
}

const others = (route, name) => route.fields.filter(field => field.name !== name).map(field => [field.name, encodeURIComponent(filler(field))]);

// What the pages put into the form that posts to `path`: hidden fields, the figures that a change must know. Null where
// no page has it.
const pageOf = new Map();
async function formOf(path) {
    const known = pageOf.get(path);
    for (const page of known ? [known] : [path, path.replace(/\/\w+$/, ''), pathOf('/sims/{id}'), '/', '/login']) {
        const { text } = await attacker.get(page);
        const form = [...text.matchAll(/<form\b[^]*?<\/form>/g)].map(match => match[0]).find(one => one.includes(` action="${path}"`) && one.includes('method="post"'));
        if (form) {
            pageOf.set(path, page);
            return [...form.matchAll(/<input type="hidden" name="([^"]+)"/g)].map(([, name]) => [name, field(form, name)]).filter(([name]) => name !== 'csrf');
        }
    }
    return null;
}

// What an attack has used up is made again, and then its form is another one.
async function hiddenOf(route) {
    const found = await formOf(pathOf(route.pattern));
    if (found)
        return found;
    await fresh();
    return await formOf(pathOf(route.pattern)) ?? [];
}

// An attack on what is "not found" would prove nothing. The operator has set no
// colours and no logo, and who is signed in needs no login page.
const notThere = { '/brand.css': 404, '/brand/logo': 404, '/login': 303 };
attack('each page that is attacked is there', () => routes.filter(route => route.method === 'GET')
    .map(route => ({ name: route.name, status: [notThere[route.pattern] ?? 200], bytes: request('GET', pathOf(route.pattern)) })));

const isTyped = ({ kind, isExact }) => !isExact && kind !== 'choice' && kind !== 'number';
const typedOf = route => (route.method === 'POST' && !route.isPublic ? route.fields.filter(isTyped) : []);
const place = (route, field) => `${route.name} ${field.name}`;
// Where each request costs a hash, none should be the first of its kind.
const cheapFirst = [...routes.filter(route => !route.hashes), ...routes.filter(route => route.hashes)];
const placesOf = (fieldsOf, kind) => cheapFirst.flatMap(route => fieldsOf(route).map(field => ({ name: place(route, field), kind: kind(field) })));
const byRoute = routes.map(route => ({ name: route.name, kind: kindOf(route) }));

const fields = new Share('fields × payloads', placesOf(route => route.fields, field => field.checker), sample);
// What is kept and how it is shown again does not depend on its length.
const typed = new Share('forms × payloads', placesOf(typedOf, field => field.checker.replace(/ [0-9]+-[0-9]+/, '')), sample);
const doubled = new Share('fields × doublings', cheapFirst.flatMap(route => route.fields.map(field => ({ name: place(route, field), kind: `${route.method} ${field.kind}` }))), ['twice', 'as a list']);
const besides = new Share('routes × fields that no form has', byRoute, 6);
const unasked = new Share('routes × parameters that nothing asked for', byRoute, 12);

// Who logs out, or is led away, comes back for the next route.
for (const route of routes) {
    if (route.fields.length > 0)
        attack(`1.2.4, 1.3.3, 2.2.1 ${route.name}: each field with each payload`, token => {
            return route.fields.flatMap(field => fields.of(place(route, field), given(field).map(([item, value]) => ({ name: `${field.name}: ${item}`, item, method: route.method,
                bytes: send(route, token, [[field.name, value], ...others(route, field.name)]) }))));
        }, { keep: true });

    // One after the other, each from the page as it is by then, so that what is good enough is kept.
    if (typedOf(route).length > 0)
        attack(`1.2.4, 1.3.3, 2.2.1 ${route.name}: each payload typed into the form as the page has it`, () => {
            return typedOf(route).flatMap(field => typed.of(place(route, field), all.map(([item, value]) => ({ name: `${field.name}: ${item}`, item, method: 'POST', make: async () => {
                const hidden = (await hiddenOf(route)).map(([key, text]) => [key, encodeURIComponent(text)]);
                const rest = others(route, field.name).filter(([key]) => !hidden.some(([one]) => one === key));
                return send(route, attacker.csrf, [...hidden.filter(([key]) => key !== field.name), ...rest, [field.name, value]]);
            } }))));
        }, { keep: true, parallel: 1 });

    attack(`15.3.7 ${route.name}: fields twice, as lists, by other names, in the wrong place`, token => {
        const plain = others(route, null);
        const made = ([name, pairs], item) => ({ name, item, method: route.method, bytes: send(route, token, pairs) });
        const doublings = ({ name }) => [
            ['twice', [...plain, [name, 'a']]], ['twice, empty first', [[name, ''], ...plain]], ['a hundred times', [...plain, ...Array(100).fill([name, '1'])]],
            ['as a list', [...plain, [`${name}[]`, '1'], [`${name}%5B0%5D`, '1'], [`${name}[a]`, '1']]], ['in capitals', [...plain, [name.toUpperCase(), '1']]],
            ['with a blank', [...plain, [`+${name}`, '1'], [`${name}%20`, '1']]], ['with a dot', [...plain, [`${name}.x`, '1']]], ['escaped', [...plain, [name.replace(/^./, c => `%${c.charCodeAt(0).toString(16)}`), '1']]],
        ].map(([item, pairs]) => made([`${name} ${item}`, pairs], item));
        const more = [['nothing at all', []], ['only blanks', route.fields.map(field => [field.name, '+'])], ['all empty', route.fields.map(field => [field.name, ''])], ['as it should be', plain],
            ...['id', 'customer_id', 'customer', 'account_id', 'role', 'is_admin', 'admin', 'state', 'right', 'csrf', 'token', 'session', '_method', 'debug', 'lang', 'page', '__proto__', 'constructor', 'X-HTTP-Method-Override', 'callback', 'format'].map(name => [`besides ${name}`, [...plain, [name, '1']]])];
        return [...route.fields.flatMap(field => doubled.of(place(route, field), doublings(field))), ...besides.of(route.name, more.map(one => made(one)))];
    }, { keep: true });

    attack(`1.1.1, 1.5.3 ${route.name}: parameters that nothing asked for, in shapes of all kinds`, token => {
        const shapes = ['&', '&&&&', '=', '==', '=&=', '?', '??', 'a', 'a&b&c', 'a=b=c', ';', 'a=1;b=2', '+', '#', '%26', '%3d', '[]', '{}', '{"a":1}', '<a/>', 'a[b][c][d]=1', 'a='.repeat(300), '&'.repeat(3000), 'a=1&'.repeat(1998), 'a=1&'.repeat(2001), `${'n'.repeat(4000)}=1`, `a=${'v'.repeat(6000)}`];
        const asked = some.map(([name, value]) => [`payload ${name}`, `unasked=${value}&${value}=1&${value}`]);
        return unasked.of(route.name, [...shapes.map((shape, index) => [`shape ${index + 1}`, shape]), ...asked].flatMap(([name, text]) => {
            const path = pathOf(route.pattern);
            const clean = text.replace(/ /g, '%20').replace(/#/g, '%23');
            return route.method === 'GET' ? [{ name, method: 'GET', bytes: request('GET', `${path}?${clean}`, { close: false }) }]
                : [{ name: `${name} in the form`, method: 'POST', bytes: request('POST', path, { close: false, body: `csrf=${token}&${text}` }) },
                    { name: `${name} in the address`, method: 'POST', bytes: request('POST', `${path}?${clean}`, { close: false, body: `csrf=${token}` }) }];
        }));
    }, { keep: true });
}
for (const share of [fields, typed, doubled, besides, unasked])
    share.check();

// A login costs a hash, so that only LONG=1 tries many.
const few = (list, many) => (long ? list : spread(list, many, 'login'));
attack('6.3.1 POST /login: names and passwords of all kinds, each from an address of its own', async () => {
    const visitor = new Browser();
    await visitor.get('/login');
    return few(some, 16).flatMap(([name, value]) => [
        { name: `login_id ${name}`, body: `login_id=${value}&password=x` }, { name: `password ${name}`, body: `login_id=nobody&password=${value}` }, { name: `next ${name}`, body: `login_id=nobody&password=x&next=${value}` },
    ].map(one => ({ name: one.name, from: address(), status: [400, 422, 429], bytes: request('POST', '/login', { cookie: visitor.cookie(), body: `csrf=${visitor.csrf}&${one.body}` }) })));
}, { parallel: 4 });

attack('3.7.2 after a login that is right, next leads nowhere else', async () => {
    const visitor = new Browser();
    await visitor.get('/login');
    return few([...ways, ...twice], 16).map(([name, value]) => ({ name, status: [303, 400, 429], bytes: request('POST', '/login', { cookie: visitor.cookie(),
        body: `csrf=${visitor.csrf}&login_id=${newcomer.login}&password=${encodeURIComponent(newcomer.password)}&next=${value}` }) }));
}, { parallel: 4 });

await finish();
