// fastcgi.mjs: one FastCGI connection to a pool's socket, in pieces as slow as a test wants them.
import { connect } from 'node:net';

const record = (type, body) => Buffer.concat([Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]), body]);
const [BEGIN, PARAMS, STDIN] = [1, 4, 5];
const END = 3;
const size = n => (n < 128 ? Buffer.from([n]) : Buffer.from([n >> 24 | 128, n >> 16 & 255, n >> 8 & 255, n & 255]));
const pair = ([name, value]) => Buffer.concat([size(Buffer.byteLength(name)), size(Buffer.byteLength(value)), Buffer.from(name + value)]);

// The bytes of a request as nginx sends it: { REQUEST_METHOD: 'GET', … }, and a role that is to be answered.
export const requestBytes = params => Buffer.concat([
    record(BEGIN, Buffer.from([0, 1, 1, 0, 0, 0, 0, 0])),
    record(PARAMS, Buffer.concat(Object.entries(params).map(pair))), record(PARAMS, Buffer.alloc(0)), record(STDIN, Buffer.alloc(0)),
]);

// { socket, done }: done is { text, whole } when the other side has closed; whole: it ended with the record that says so.
export function dial(path) {
    const socket = connect(path);
    const pieces = [];
    socket.on('data', piece => pieces.push(piece));
    socket.on('error', () => {});
    const done = new Promise(tell => socket.on('close', () => {
        let rest = Buffer.concat(pieces);
        const answer = { text: '', whole: false };
        while (rest.length >= 8) {
            const length = rest.readUInt16BE(4);
            answer.whole ||= rest[1] === END;
            answer.text += rest[1] === 6 ? rest.toString('utf8', 8, 8 + length) : '';
            rest = rest.subarray(8 + length + rest[6]);
        }
        tell(answer);
    }));
    return { socket, done };
}
