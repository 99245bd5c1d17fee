// api.mjs: a program that uses the API: its token, its requests, and what it is told.
import { address, fetch, note } from './client.mjs';
import { ctl, quote, random, sqlOne } from './env.mjs';

// A token as the operator issues one.
export function token(login, ...words) {
    const issued = JSON.parse(ctl('token', 'issue', '--login-id', login, '--json', ...words));
    note('token', issued.token);
    return { text: issued.token, prefix: issued.prefix, id: sqlOne(`SELECT id FROM account_token WHERE prefix = ${quote(issued.prefix)}`) };
}

export class Program {
    // `from`: the one address that it asks from; else each time another, so that no limit is met.
    constructor(shown, { language = 'en', from } = {}) {
        this.token = shown?.text ?? shown;
        this.language = language;
        this.from = from;
    }

    // `json`: its text and what it says, when the answer is JSON.
    async ask(method, path, { headers = {}, body } = {}) {
        const answer = await fetch({ method, path, from: this.from ?? address(), body, headers: {
            ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}), ...(this.language ? { 'Accept-Language': this.language } : {}),
            ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }), ...headers } });
        if (/json/.test(answer.headers['content-type'] ?? ''))
            answer.json = answer.text === '' ? null : JSON.parse(answer.text);
        return answer;
    }

    get(path, options) {
        return this.ask('GET', path, options);
    }

    // Make a request under a key of its own, or a given one (null: none).
    make(body, { key = random(), headers = {} } = {}) {
        return this.ask('POST', '/api/v1/requests', { headers: { ...(key === null ? {} : { 'Idempotency-Key': key }), ...headers },
            body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) });
    }
}

// What a problem document says: its status, kind and where things are wrong.
export const told = answer => [answer.status, answer.json?.type?.replace('urn:simportal:problem:', ''),
    ...(answer.json?.errors ?? []).map(error => error.pointer ?? error.parameter ?? error.header)];
