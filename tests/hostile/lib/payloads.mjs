// payloads.mjs: what is typed into each field: [name, bytes as they stand in an address or a form]. Whatever a browser
// could not have sent is written escaped already; texts are escaped here. None of them holds a word that judge.mjs looks
// for, so that a value shown again is no finding.
import { mark } from './judge.mjs';

const text = (name, value) => [name, encodeURIComponent(value).replace(/'/g, '%27')];
const many = (list, kind) => list.map((value, index) => text(`${kind} ${index + 1}`, value));
const raws = (list, kind) => list.map((value, index) => [`${kind} ${index + 1}`, value]);

export const broken = [
    ...raws(['%', '%2', '%zz', '%u0041', '%%', '%%32%35', 'a%', '%-1', '%g0', '%\xe3\x81'], 'escape'),
    ...raws(['%00', 'a%00b', '%00%00', 'a%00.csv', '%0', '\x01', '%01', '%1b[31m', '%7f', '%c2%80', '%c2%9f', '%08', '%0b'], 'control'),
    ...raws(['%c0%80', '%c0%af', '%c1%9c', '%e0%80%af', '%f0%80%80%af', '%f8%80%80%80%af', '%fc%80%80%80%80%af', '%c0%ae%c0%ae%c0%af'], 'overlong'),
    ...raws(['%ff', '%fe%ff', '%80', '%bf%27', '%e3%81', '%f0%9f%8d', '%ed%a0%80', '%ed%bf%bf', '%ed%a0%bd%ed%b8%80', '%f5%80%80%80', '%f4%90%80%80', '\xff', '\xe3\x81', '%a4%a2', '%8e%b1'], 'no UTF-8'),
    ...raws(['%ef%bf%be', '%ef%bf%bf', '%ef%b7%90', '%f0%9f%bf%be', '%f4%8f%bf%bf'], 'no character'),
];

export const twice = raws(['%2500', '%252e%252e%252f', '%25%30%30', '%253cscript%253e', '%25%32%37', '%2527', '%255c', '%25c0%25af', '%252500'], 'escaped twice');

export const unicode = [
    ...raws(['%ef%bb%bf', '%e2%80%8b', '%e2%80%ae', '%e2%81%a6', '%e2%80%a8', '%e2%80%a9', '%ef%bf%bc', '%ef%bf%bd', '%f3%a0%80%81', '%cc%80'], 'format'),
    ...many(['🍣'.repeat(100), '👨‍👩‍👧‍👦'.repeat(14), 'ﷺ'.repeat(64), 'ﷺ'.repeat(100), '㌖'.repeat(100), 'ΐ'.repeat(100), 'İ'.repeat(100), 'ﬃ'.repeat(100), 'ẞ'.repeat(64), '𝅘𝅥𝅲'.repeat(30),
        `a${'\u0300'.repeat(99)}`, 'が'.normalize('NFD').repeat(50), '¨'.repeat(100), '½'.repeat(100), '\u{2f800}'.repeat(100), '\u{10fffd}', 'ﾊﾟ'.repeat(50), '％００', '＜script＞', '＇ ＯＲ １＝１', '／．．／', '\u0344'.repeat(100)], 'unicode'),
];

export const long = many(['a'.repeat(33), 'a'.repeat(65), 'a'.repeat(81), 'a'.repeat(101), 'a'.repeat(1000), 'a'.repeat(1001), 'a'.repeat(1024), 'a'.repeat(1025), 'あ'.repeat(340), '9'.repeat(400), ' '.repeat(500), '%'.repeat(99), '_'.repeat(99), '\\'.repeat(99), '.'.repeat(80), '-'.repeat(80)], 'long');

export const numbers = many(['', ' ', '-1', '0', '00', '01', '+1', ' 1', '1 ', '1.5', '1e9', '0x10', '1,000', 'NaN', 'Infinity', '-0', '１', '٣', '1\u00a0', '2147483647', '2147483648', '4294967295', '4294967296', '9223372036854775807',
    '9223372036854775808', '18446744073709551615', '18446744073709551616', '9'.repeat(40), '1;2', '1 2', '1\n2', '1\t', '999999999', '1000000000', '1000000001'], 'number');

export const dates = many(['2026-02-30', '2026-00-00', '0000-00-00', '9999-12-31', '10000-01-01', '2026-13-01', '2026/11/25', '2026-1-1', '26-01-01', '2026-11-25T00:00', '2026-11-25 23:59:60', '-1-01-01', '2026-02-29', '1900-01-01', '2026-W10', '２０２６-11-25', '2026-99', '000000', '202613'], 'date');

export const statements = many(["'", '"', '\\', "\\'", "''", "' OR '1'='1", '1 OR 1=1', "') OR ('1'='1", "' OR 1=1-- -", "' OR 1=1#", "' AND SLEEP(9)-- -", '1 AND SLEEP(9)', "'||(1/0)||'", "';WAITFOR DELAY '0:0:9'--", '1 ORDER BY 99', '1/**/OR/**/1',
    '/*!50000 1*/', "admin'--", "x' AND 1=CONVERT(int,@@x)-- ", 'CHAR(0x27)', '%', '_', '%%', '\\%', '%_%', "[']", '["a"]', '{"$gt":""}', '{"$ne":null}', '"]\',(0x27', '`', '@@x', "1' PROCEDURE ANALYSE(9)-- ", 'plan`, (1)', 'serial.1', 'AF0000000021.1', 'x.1.1', '.1', '1.', "'.1", 'a.9223372036854775807', 'z'.repeat(60) + '.1'], 'statement');

export const markup = many([`<${mark}>`, `"><${mark}>`, `'><${mark}>`, `</title><${mark}>`, `</textarea><${mark}>`, `</script><${mark} src=x>`, `" on${mark}="1`, `' on${mark}='1`, `" autofocus onfocus="${mark}`, `\` on${mark}=1`, `<script>${mark}()</script>`,
    `<img src=x onerror=${mark}()>`, `<svg/onload=${mark}()>`, `javascript:${mark}()`, `JaVaScRiPt:${mark}()`, `data:text/html,<${mark}>`, `<!--<${mark}>-->`, `--><${mark}>`, `]]><${mark}>`, `<![CDATA[<${mark}>]]>`, `&lt;${mark}&gt;`, `&#60;${mark}&#62;`, '&', '&amp;', '&#0;', '&#x1;', '&unknown;', `<!DOCTYPE a [<!ENTITY b "${mark}">]>`,
    `<?xml version="1.0"?><${mark}/>`, `<?xml-stylesheet href="${mark}"?>`, `<xsl:value-of select="${mark}"/>`, `{{${mark}}}`, "']|//*|['", "concat('a', document('/'))", `<a href="//${mark}.example">`, `\u2028<${mark}>`, `＜${mark}＞`, `<base href=//${mark}>`, '<', '>', '</', '<a', `<${mark}`], 'markup');

export const commands = many(['=1+1', "=cmd|' /C calc'!A0", '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1', '=HYPERLINK("https://a.example";"a")', '%n%s%x%n', '%1$n', '%999999s', '${7*7}', '#{7*7}', '<%=7%>', '$(id)', '`id`', ';id', '|id', '&& id', '|| id', '$IFS', '-oQ/x', '--help', '*)(uid=*', '!!', '~', '*', '?', '{a,b}', '<!--#exec cmd="id"-->', '<?php ?>',
    'true', 'false', 'null', 'undefined', '__proto__', 'constructor', 'toString', 'NULL', 'None', '[]', '{}', '[1]', 'a;id@x', '"a b"@x', 'a@b@c', 'a@x\r\nBcc: b@x', '"<a@x>'], 'command');

export const ways = [
    ...many(['../../../../etc/passwd', '..\\..\\..\\windows\\win.ini', '/etc/passwd', '....//....//etc/passwd', 'file:///etc/passwd', '/dev/stdin', 'C:\\boot.ini', '\\\\evil.example\\a', 'php://filter/x', '.htaccess', 'con', '/./././', '..;/'], 'way'),
    ...many(['//evil.example', '///evil.example', '/\\evil.example', '\\/evil.example', '\\\\evil.example', 'https://evil.example/', 'https:evil.example', '/\t/evil.example', '\t//evil.example', ' //evil.example', '/%09/evil.example', '/%5cevil.example', '/%2f/evil.example', '/.//evil.example', '/..//evil.example', '//evil%E3%80%82example', '/sims//evil', '@evil.example', 'https://localhost@evil.example/', 'https://localhost.evil.example/', '/@evil.example', '/sims?x=//evil.example', '/logout', '/login', '/login?next=/login', '/sims#<a>', '/sims\u3002', '/ｓｉｍｓ', '/sims%0d%0aX', '/sims.csv', '/static/', '/healthz', '/' + 'a'.repeat(998), '/' + 'a'.repeat(999)], 'elsewhere'),
    ...raws([`%0d%0a${mark}:%201`, `%0a${mark}:%201`, `%0d${mark}:%201`, `/%0d%0a${mark}:%201`, `/sims%0d%0aSet-Cookie:%20${mark}=1`, `/sims%0aLocation:%20//evil.example`, `%e5%98%8a%e5%98%8d${mark}:%201`, `%c4%8d%c4%8a${mark}:%201`, `/%e5%98%8a${mark}`, `%0d%0a%0d%0a<${mark}>`, `/%E2%80%A8${mark}`, `/%c2%85${mark}`], 'line end'),
];

export const all = [['nothing', ''], ...broken, ...twice, ...unicode, ...long, ...numbers, ...dates, ...statements, ...markup, ...commands, ...ways];
// One of each kind and every fifth, for places that many cases reach already.
export const some = all.filter(([name], index) => / 1$/.test(name) || index % 5 === 0);
// For fields that take a number.
export const figures = [...numbers, ...dates, ...some.filter(([name]) => !/^(?:number|date) /.test(name))];

// One of each kind, for every field: what breaks most where it breaks something. \xff and what is no UTF-8 unescaped once
// spoilt the access log.
export const sample = ['nothing', 'escape 10', 'control 2', 'control 6', 'overlong 2', 'no UTF-8 12', 'no character 2', 'escaped twice 6', 'format 3', 'unicode 3', 'long 6', 'number 27', 'date 1', 'statement 1', 'markup 2', 'markup 7', 'command 2', 'way 1', 'elsewhere 1', 'line end 1'];
const sampled = all.filter(([name]) => sample.includes(name));
const with_ = list => [...list, ...sampled.filter(([name]) => !list.some(([one]) => one === name))];
// All that a field is given: a choice is one of few words, and a password costs a hash each time.
export const given = field => (field.isExact || field.kind === 'choice' ? with_(some) : field.kind === 'number' ? with_(figures) : all);
