// holidays-from-npm.mjs: prints the public holidays of 2007-2050 that @holiday-jp/holiday_jp knows, a date a
// line; tests/unit/holidays.txt is what it printed. Run "npm ci" in tests/ first.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../package.json', import.meta.url));
const { holidays } = require('@holiday-jp/holiday_jp');
const dates = Object.keys(holidays).filter(date => date >= '2007' && date < '2051');

process.stdout.write(dates.sort().map(date => `${date}\n`).join(''));
