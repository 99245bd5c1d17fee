// judge.mjs: whether an answer given under a fault is an honest one. A page is right or a 503; a write is done wholly or
// not at all, and the answer says which, or that it is not known.
import { ok, is } from '../../http/lib/tap.mjs';
import { words } from '../../http/lib/html.mjs';

// What differs between two answers to the same question.
export const plain = answer => answer.text.replace(/(name="csrf" value=")[^"]*/g, '$1').replace(/[0-9a-f]{32}/g, '').replace(/\d\d:\d\d(:\d\d)?/g, '');

// An answer that breaks off is told by its error.
export const ask = async once => { try { return await once.send(); } catch (error) { return { status: 0, text: error.message, headers: {} }; } };

// 'good', 'busy' (nothing was saved), 'uncertain', or what else it is.
export function kindOf(answer) {
    if ([200, 201, 303].includes(answer.status))
        return 'good';
    if (answer.status === 0)
        return 'broken';
    if (answer.status === 503 && answer.json)
        return answer.json.type.replace('urn:simportal:problem:', '');
    const said = words(answer.text);
    if (answer.status === 503 && /保存されたかどうか分かりません|not known whether/.test(said))
        return 'uncertain';
    if (answer.status === 503 && (/今回の操作は保存されていません/.test(said) || answer.text.startsWith('{"status":"database away"}')))
        return 'busy';
    return `${answer.status} ${said.slice(0, 200)}`;
}

// `allowed`: what a page may be told beside the right one.
export function judgePage(answer, reference, what, allowed = ['busy']) {
    const kind = kindOf(answer);
    if (kind === 'good')
        return is(plain(answer) === plain(reference), true, `${what}: the page as it should be`);
    return ok(allowed.includes(kind), `${what}: ${kind}`);
}

export async function judgeWrite(answer, once, what) {
    const kind = kindOf(answer);
    const rows = await once.facts();
    const done = rows.every(fact => fact === 1);
    if (!done && !rows.every(fact => fact === 0))
        return is(rows, 'all 0 or all 1', `${what}: half done, told as ${kind}`);
    if (kind === 'good' || kind === 'busy')
        return is(done, kind === 'good', `${what}: told as ${kind}; is it done?`);
    return ok(kind === 'uncertain', `${what}: ${kind}`);
}
