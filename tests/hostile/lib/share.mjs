// share.mjs: how much is sent where. Each list of cases meets one place of each kind whole (a checker of fields, a way
// that a route is answered) and every other place in a sample, so that a new route costs little. LONG=1: all of it at
// every place. Counts what was sent, so that nothing is left out unseen.
import { test, ok, is } from '../../http/lib/tap.mjs';

export const long = Boolean(process.env.LONG);

// Routes of one kind go the same way through nginx, the pools and the router.
const traits = [route => route.method, route => route.pattern.startsWith('/api/') && 'api', route => route.isPublic && 'public', route => route.takesFiles && 'files',
    route => route.pattern.endsWith('.csv') && 'csv'];
export const kindOf = route => traits.map(trait => trait(route)).filter(Boolean).join(' ');

// A number that is the same for the same name in every run, so that samples of different places differ.
const numberOf = name => [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 9973, 7);

// So many of `cases`, at even distances.
export function spread(cases, many, name) {
    const step = Math.max(1, Math.floor(cases.length / many));
    return cases.filter((_, index) => index % step === numberOf(name) % step);
}

export class Share {
    // `places`: [{ name, kind }]; `sample`: how many cases each place gets, or the items that it gets.
    constructor(what, places, sample) {
        this.what = what;
        this.sample = sample;
        this.places = new Map(places.map(({ name, kind }) => [name, { kind, isWhole: long || places.find(one => one.kind === kind).name === name, items: new Set(), sent: new Set() }]));
    }

    isWhole(name) {
        return this.places.get(name).isWhole;
    }

    // Of all `cases` of a place those that are sent. What a case is about: its item, or else its name.
    of(name, cases) {
        const place = this.places.get(name);
        const item = one => one.item ?? one.name;
        cases.forEach(one => place.items.add(item(one)));
        const chosen = place.isWhole ? cases : Array.isArray(this.sample) ? cases.filter(one => this.sample.includes(item(one))) : spread(cases, this.sample, name);
        return chosen.map(one => ({ ...one, told: () => place.sent.add(item(one)) }));
    }

    // To be run behind the attacks; when only some of them run, it has nothing to say.
    check() {
        if (process.env.TEST || process.env.CASE !== undefined)
            return;
        test(`${this.what}: every place met the sample, one of each kind everything`, () => {
            let all = 0, sent = 0;
            const met = new Map();
            for (const [name, place] of this.places) {
                all += place.items.size;
                sent += place.sent.size;
                met.set(place.kind, Math.max(met.get(place.kind) ?? 0, place.sent.size / place.items.size));
                if (Array.isArray(this.sample))
                    is(this.sample.filter(item => !place.sent.has(item)), [], `${name}: was not sent`);
                else
                    ok(place.sent.size >= Math.min(this.sample, place.items.size) && place.sent.size > 0, `${name}: ${place.sent.size} of ${place.items.size} were sent`);
            }
            is([...met].filter(([, part]) => part !== 1).map(([kind]) => kind), [], 'kinds that nobody met whole');
            console.log(`#  ${this.what}: ${sent} of ${all} (${(100 * sent / all).toFixed(0)} %), ${met.size} kinds at ${this.places.size} places`);
        });
    }
}
