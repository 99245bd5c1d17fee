// 90-killed: the fault test of requests at length (issue 4, Faults): 20 people ask and 10,000 lines run while pools, workers,
// gateways and the database are killed again and again; on a stack of its own. In short it stands in the checks.
import { fileURLToPath } from 'node:url';
import { say, settings } from '../lib/tools.mjs';

const test = fileURLToPath(new URL('../../faults/run', import.meta.url));
const passed = ['PATH', 'HOME', 'BUILD', 'INST', 'CTL', 'TMPDIR', 'LANG', 'SEED'];

export default settings.smoke ? [] : [
    {
        name: 'killed', what: 'requests made and carried out while all is killed: tests that fail', unit: 'tests', wanted: { most: 0 },
        async run() {
            const env = { LONG: '1', ...Object.fromEntries(passed.filter(name => process.env[name]).map(name => [name, process.env[name]])) };
            const { out } = await say(test, ['600-requests-killed'], { env }).catch(error => ({ out: error.message }));
            const told = /# 1 files, (\d+) passed, (\d+) failed/.exec(out);
            if (!told || Number(told[1]) + Number(told[2]) < 5)
                throw new Error(out.slice(-2000));
            return { figure: Number(told[2]), note: out.split('\n').filter(line => /^not ok|^# .*(SEED|killed:|at the carrier|settled)/.test(line)).map(line => line.replace(/^# /, '')).join('; ') };
        },
    },
];
