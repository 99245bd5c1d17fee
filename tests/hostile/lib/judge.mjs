// judge.mjs: what no answer may be or hold, whatever was asked: 5xx, something told of the insides, a header or an
// element that the request put there, a way to another host, a missing security header.
import { env } from '../../http/lib/env.mjs';
import { dirname } from 'node:path';

// Marks that payloads carry: as the name of an element, an attribute or a header they must never come back.
export const mark = 'zqx';

const folders = [env.VAR, env.BIN_DIR, dirname(env.CONFIG)].map(path => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const leaks = [
    ['a path of the machine', new RegExp(`(?:${folders.join('|')})|/(?:usr|var|home|root|proc|srv|opt|tmp|run|lib)/[a-z]|\\broot:x?:0:0`)],
    ['a version', /nginx\/\d|OpenSSL\/|MariaDB|mysql|libxml|libxslt|simportal-fcgi|FastCGI|X-Powered-By/i],
    ['a statement', /\bSQL\b|SQLSTATE|syntax error|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z_`*.,() ]+ (?:FROM|SET|VALUES|WHERE)\b|\b(?:ERROR|errno)\b[ :=]*\d{4}|Duplicate entry|Deadlock found|Data too long/],
    ['the insides of a program', /\.c:\d+|\bGLib\b|g_assert|segfault|SIG(?:SEGV|ABRT)|AddressSanitizer|runtime error|backtrace|stack trace|core dumped|0x[0-9a-f]{8,}|No such file|Permission denied|PORTAL_/i],
];

const headers = ['strict-transport-security', 'content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'x-request-id'];
const cookie = /^Set-Cookie: __Host-simportal(?:-visit|-language)?=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=Lax(?:; Max-Age=\d+)?$/;

// Faults of a page: tags that do not scan, elements and attributes of the payload, links that lead elsewhere.
function pageFaults(html) {
    const found = [];
    const tag = /<(?:!DOCTYPE[^>]*|\/?([A-Za-z][^\s/>]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?)>/gy;
    for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', tag.lastIndex)) {
        tag.lastIndex = at;
        const match = tag.exec(html);
        if (!match) {
            found.push(`a tag that does not scan: ${html.slice(at, at + 120)}`);
            break;
        }
        const [whole, name = '', attributes = ''] = match;
        if (name.includes(mark) || whole.startsWith('<script') && !/ src="\/static\//.test(attributes))
            found.push(`an element of the payload: ${whole.slice(0, 200)}`);
        for (const [, key, double, single] of attributes.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g)) {
            const value = double ?? single ?? '';
            if (key.includes(mark) || /^on/i.test(key) || key === 'style')
                found.push(`an attribute of the payload: ${whole.slice(0, 200)}`);
            if (/^(?:href|src|action|formaction)$/i.test(key) && !/^(?:\/(?![/\\])|\?|#)/.test(value))
                found.push(`a link that leads elsewhere: ${whole.slice(0, 200)}`);
        }
    }
    return found;
}

function headFaults({ status, head }) {
    const found = [];
    const lines = head.split('\r\n').slice(1, -1);
    for (const line of lines) {
        if (!/^[A-Za-z-]+: [\x20-\x7e]*$/.test(line) || line.toLowerCase().startsWith(mark))
            found.push(`a header that is none of ours: ${line.slice(0, 200)}`);
        if (/^set-cookie:/i.test(line) && !cookie.test(line))
            found.push(`a cookie that is none of ours: ${line}`);
        if (/^location:/i.test(line) && !/^Location: (?:\/(?![/\\])[!-\x5b\x5d-\x7e]*|https:\/\/localhost:\d+\/[!-\x5b\x5d-\x7e]*)$/.test(line))
            found.push(`leads to another host: ${line.slice(0, 200)}`);
    }
    const have = new Set(lines.map(line => line.slice(0, line.indexOf(':')).toLowerCase()));
    const missing = headers.filter(name => !have.has(name));
    if (status >= 200 && missing.length > 0)
        found.push(`without ${missing.join(', ')}`);
    if (status >= 200 && !have.has('content-type') && status !== 303 && status !== 304 && status !== 204)
        found.push('without a type');
    return found;
}

// All faults of one answer, as texts.
export function judge(answer) {
    const found = [];
    if (answer.status >= 500)
        found.push(`${answer.status}`);
    // Random texts hold every word some day.
    const told = `${answer.head}\n${answer.body}`.replace(/(name="csrf" value="|^Set-Cookie: [\w-]+=)[\w-]+/gm, '$1');
    for (const [what, pattern] of leaks) {
        const match = told.match(pattern);
        if (match)
            found.push(`tells ${what}: …${JSON.stringify(told.slice(Math.max(0, match.index - 60), match.index + 80))}…`);
    }
    found.push(...headFaults(answer));
    if (/^content-type: text\/html/im.test(answer.head) && !/^content-encoding:/im.test(answer.head))
        found.push(...pageFaults(answer.body));
    return found;
}
