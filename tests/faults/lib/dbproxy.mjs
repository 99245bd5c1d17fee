// dbproxy.mjs: a socket between a pool and the database that counts what is asked and breaks the connection at the N-th:
// before the server hears of it, after it has answered, or in the midst of its answer; or has the server refuse it.
import { createServer, connect } from 'node:net';
import { rmSync } from 'node:fs';
import { env } from '../../http/lib/env.mjs';

// Commands that are answered; closing a statement and leaving are not.
const answered = new Set([0x03, 0x0e, 0x16, 0x17, 0x1a]);
const names = { 0x03: 'query', 0x0e: 'ping', 0x16: 'prepare', 0x17: 'execute', 0x1a: 'reset' };

export class DatabaseProxy {
    constructor(path) {
        this.path = path;
        this.pairs = new Set();
        this.disarm();
        this.server = createServer(client => this.accept(client));
    }

    start() {
        rmSync(this.path, { force: true });
        return new Promise(done => this.server.listen(this.path, done));
    }

    stop() {
        this.pairs.forEach(pair => this.cut(pair));
        return new Promise(done => this.server.close(done));
    }

    // how: 'before', 'after', 'within', or the number of an error the server answers with; `away`: nobody connects again
    // until it is disarmed.
    arm(at, how, { away = false } = {}) {
        Object.assign(this, { at, how, away, count: 0, asked: [], hit: false });
    }

    disarm() {
        this.arm(0, 'before');
    }

    accept(client) {
        if (this.away && this.hit) {
            client.destroy();
            return;
        }
        const server = connect(env.DB_SOCKET);
        const pair = { client, server, rest: Buffer.alloc(0), cutting: '' };
        this.pairs.add(pair);
        client.on('data', bytes => this.fromClient(pair, bytes));
        server.on('data', bytes => this.fromServer(pair, bytes));
        for (const side of [client, server]) {
            side.on('error', () => this.cut(pair));
            side.on('close', () => this.cut(pair));
        }
    }

    cut(pair) {
        this.pairs.delete(pair);
        pair.client.destroy();
        pair.server.destroy();
    }

    fromClient(pair, bytes) {
        pair.rest = Buffer.concat([pair.rest, bytes]);
        for (;;) {
            const length = pair.rest.length < 4 ? Infinity : pair.rest.readUIntLE(0, 3) + 4;
            if (pair.rest.length < length)
                return;
            const packet = pair.rest.subarray(0, length);
            pair.rest = pair.rest.subarray(length);
            if (!this.ask(pair, packet))
                return;
        }
    }

    // False when the connection is gone.
    ask(pair, packet) {
        const command = packet[4];
        if (packet[3] === 0 && answered.has(command)) {
            this.count++;
            this.asked.push(`${names[command]} ${command === 0x17 ? packet.readUInt32LE(5) : packet.toString('utf8', 5, 60)}`);
            if (this.count === this.at) {
                this.hit = true;
                if (this.how === 'before') {
                    this.cut(pair);
                    return false;
                }
                if (typeof this.how === 'number') {
                    pair.client.write(refusal(this.how));
                    return true;
                }
                pair.cutting = this.how;
            }
        }
        pair.server.write(packet);
        return true;
    }

    fromServer(pair, bytes) {
        if (pair.cutting === '') {
            pair.client.write(bytes);
        } else if (pair.cutting === 'after') {
            this.cut(pair);
        } else {
            pair.cutting = '';
            pair.client.end(bytes.subarray(0, Math.max(5, bytes.length >> 1)), () => this.cut(pair));
        }
    }
}

function refusal(number) {
    const text = Buffer.from('\xff\0\0#HY000refused by the test', 'latin1');
    text.writeUInt16LE(number, 1);
    return Buffer.concat([Buffer.from([text.length, 0, 0, 1]), text]);
}
