// common-passwords.mjs: writes the list of common passwords that new passwords are held against:
// @zxcvbn-ts/language-common's, lower-case, unique, sorted by bytes, one a line. The path to write to is the
// argument ("-": standard output; none: fcgi/account/common_passwords.txt). Run "npm ci" in tests/ first.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../tests/package.json', import.meta.url));
const { dictionary } = require('@zxcvbn-ts/language-common');
const target = process.argv[2] ?? fileURLToPath(new URL('../../fcgi/account/common_passwords.txt', import.meta.url));

const words = new Set(dictionary['passwords-common'].map(word => word.normalize('NFKC').toLowerCase()));
for (const word of words)
    if (!word || /[\s\p{Cc}]/u.test(word))
        throw new Error(`no password for a list of lines: ${JSON.stringify(word)}`);

const lines = [...words].map(word => Buffer.from(`${word}\n`)).sort(Buffer.compare);
writeFileSync(target === '-' ? 1 : target, Buffer.concat(lines));
process.stderr.write(`${lines.length} common passwords\n`);
