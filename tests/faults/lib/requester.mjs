// requester.mjs: a person who makes requests through the pages while everything under them is killed: who is told that it is
// not known, or that nothing was saved, asks again, until a number is told. What was told when is kept.
import { until } from '../../http/lib/tap.mjs';
import { words } from '../../http/lib/html.mjs';
import { draftOf, enterDraft, numberOf, sendNumbers, submission } from '../../fixtures/walk.mjs';
import { ask, kindOf } from './judge.mjs';

const patience = 60;

export class Requester {
    constructor(browser) {
        this.browser = browser;
        this.told = {};
        this.made = [];
        this.cancelled = [];
    }

    // One question, asked again while the answer is not a good one; `good` gives what was wanted, or nothing: again.
    async asked(what, send, good, during = []) {
        return until(async () => {
            const attempt = { from: Date.now() };
            const answer = await ask({ send });
            attempt.to = Date.now();
            attempt.kind = kindOf(answer);
            during.push(attempt);
            this.told[attempt.kind] = (this.told[attempt.kind] ?? 0) + 1;
            if (attempt.kind === 'good')
                return good(answer);
            if (['busy', 'uncertain', 'broken'].includes(attempt.kind))
                return undefined;
            return good(answer) || Promise.reject(new Error(`${what}: ${attempt.kind}`));
        }, what, patience);
    }

    // fields: a function, because the day may change between two attempts.
    async request(kind, lines, fields) {
        const { browser } = this;
        const draft = await this.asked('a draft', () => browser.post('/drafts', [['kind', kind], ...lines.map(line => ['line', line])]),
            draftOf);
        return this.finish({ draft, kind, lines }, fields);
    }

    // The same by a file of numbers.
    async upload(kind, lines, phones, fields) {
        const { browser } = this;
        const draft = await this.asked('a draft', () => browser.post('/drafts', { kind }), draftOf);
        await this.asked('numbers', () => sendNumbers(browser, draft, phones.join('\r\n')),
            answer => answer.headers.location?.endsWith('said=uploaded'));
        return this.finish({ draft, kind, lines }, fields);
    }

    async finish(one, fields) {
        const { browser } = this;
        const path = `/drafts/${one.draft}`;
        await this.asked('entered', () => enterDraft(browser, one.draft, fields()), answer => answer.headers.location === `${path}/confirm`);
        one.attempts = [];
        one.number = await until(async () => {
            const page = await this.asked('confirmation', () => browser.get(`${path}/confirm`), answer => answer);
            if (page.status === 303) // an attempt that was not known has made it
                return numberOf(page);
            if (!page.text.includes('value="submit"'))
                throw new Error(`${one.kind} of ${one.lines.slice(0, 9)}: ${words(page.text).replace(/^.*入力確認/, '').slice(0, 800)}`);
            const answer = await this.asked('submitted', await submission(browser, one.draft, { page }), given => given, one.attempts);
            return numberOf(answer);
        }, `${one.kind}, draft ${one.draft}`, patience);
        this.made.push(one);
        return one.number;
    }

    async cancel(number) {
        const { browser } = this;
        const attempts = [];
        await this.asked('cancelling', () => browser.get(`/requests/${number}/cancel`), answer => answer);
        // One that was not known may have done it.
        await this.asked('cancelled', () => browser.post(`/requests/${number}/cancel`, {}),
            answer => answer.status === 303 || (answer.status === 409 && attempts.length > 1), attempts);
        this.cancelled.push(number);
    }
}
