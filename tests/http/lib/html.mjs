// html.mjs: what tests read off pages: tokens, rows of the SIM list, links, words. The serialiser escapes < and > in
// attributes and puts those that hold a double quote into single ones; these expressions rely on no more.
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };
export const decode = text => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) =>
    (hex ? String.fromCodePoint(parseInt(hex, 16)) : number ? String.fromCodePoint(Number(number)) : entities[name] ?? whole));
export const words = html => decode(html.replace(/<(script|style)[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();

export const csrfOf = html => html.match(/name="csrf" value="([^"]+)"/)?.[1];
// Addresses of an account that sees several customers name the one they belong to (fcgi/base/address.h).
export const withoutBase = text => text.replace(/\/customers\/(?:\d+|all)(?=\/)/g, '');
// A masked token is another one in each answer, and now and then spells a word that a test looks for.
export const withoutTokens = html => html.replace(/name="csrf" value="[^"]*"/g, '');
export const titleOf = html => decode(html.match(/<h1>([^<]*)<\/h1>/)?.[1] ?? '');
export const links = html => [...html.matchAll(/ (?:href|action|src)="([^"]*)"/g)].map(match => decode(match[1]));
export const field = (html, name) => {
    const input = html.match(new RegExp(`<(?:input|textarea)[^>]*name="${name}"[^>]*>`))?.[0];
    if (input?.startsWith('<textarea'))
        return decode(html.slice(html.indexOf(input) + input.length).match(/^[^]*?(?=<\/textarea>)/)[0]).replace(/^\n/, '');
    const [, double, single] = input?.match(/ value=(?:"([^"]*)"|'([^']*)')/) ?? [];
    return input && decode(double ?? single ?? '');
};
export const selected = (html, name) => html.match(new RegExp(`<select[^>]*name="${name}"[^]*?</select>`))?.[0].match(/<option value="([^"]*)" selected/)?.[1] ?? '';
export const options = (html, name) => [...(html.match(new RegExp(`<select[^>]*name="${name}"[^]*?</select>`))?.[0] ?? '')
    .matchAll(/<option value="([^"]*)"[^>]*>([^<]*)/g)].map(match => ({ value: match[1], text: decode(match[2]) }));
export const faults = html => [...(html.match(/<div class="notice danger"[^]*?<\/div>/)?.[0] ?? '').matchAll(/<li>([^]*?)<\/li>/g)].map(match => words(match[1]));
export const notices = html => [...html.matchAll(/<p class="notice \w+" role="status">([^<]*)/g)].map(match => decode(match[1]));

// The rows of the SIM list.
export const lines = html => [...withoutBase(html).matchAll(/<tr>\s*<th>(?:<input[^>]*>)?<a href="\/sims\/(\d+)">([^<]*)<\/a><\/th>([^]*?)<\/tr>/g)].map(([, id, serial, rest]) => {
    const cells = [...rest.matchAll(/<td([^>]*)>([^]*?)<\/td>/g)];
    const cell = index => cells[index]?.[2] ?? '';
    return {
        id: Number(id), serial: decode(serial), phone: words(cell(0).replace(/<small>[^]*/, '')),
        label: decode(cell(0).match(/<small>([^<]*)/)?.[1] ?? ''), state: cells[1]?.[1].match(/class="s (\w+)/)?.[1],
        stateText: words(cell(1).replace(/<b [^]*/, '')), throttled: cell(1).includes('class="s slow"'), plan: words(cell(2)),
        used: Number(words(cell(3)).split('/')[0]), capacity: Number(words(cell(3)).split('/')[1]),
        remaining: Number(words(cell(4))), option: words(cell(5)), customer: words(cell(6)),
    };
});
export const found = html => Number((html.match(/<p class="found">([^]*?)<\/p>/)?.[1] ?? '').replace(/,/g, '').match(/\d+/)?.[0] ?? NaN);
export const shown = html => words(html.match(/<p class="shown">([^]*?)<\/p>/)?.[1] ?? '');
