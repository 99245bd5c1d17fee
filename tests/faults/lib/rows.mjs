// rows.mjs: the database, asked as often as a fault test does: one client that stays, where env.mjs starts one a question.
import { spawn } from 'node:child_process';
import { env, random } from '../../http/lib/env.mjs';

const client = spawn('mariadb', ['--no-defaults', `--socket=${env.DB_SOCKET}`, `--user=${env.DB_ADMIN_USER}`, '--batch', '--unbuffered',
    '--skip-column-names', '--skip-reconnect', '--default-character-set=utf8mb4', env.DB_NAME],
{ env: { ...process.env, MYSQL_PWD: env.DB_ADMIN_PASSWORD }, stdio: ['pipe', 'pipe', 'inherit'] });
// It keeps nobody from ending, but for who waits for an answer.
client.unref();
client.stdin.unref();
client.stdout.unref();
client.stdout.setEncoding('utf8');
process.on('exit', () => client.kill());

let said = '';
let waiting;
client.stdout.on('data', text => { said += text; waiting?.look(); });
client.on('exit', () => waiting?.fail(new Error('the database’s client has ended')));

// Rows as arrays of texts; one question at a time.
export function rows(text) {
    const end = `end-${random()}`;
    client.stdout.ref();
    return new Promise((resolve, reject) => {
        waiting = {
            fail: reject,
            look: () => {
                const at = said.indexOf(`${end}\n`);
                if (at < 0)
                    return;
                const answer = said.slice(0, at).split('\n').slice(0, -1).map(row => row.split('\t'));
                said = said.slice(at + end.length + 1);
                waiting = undefined;
                client.stdout.unref();
                resolve(answer);
            },
        };
        client.stdin.write(`${text};\nSELECT '${end}';\n`);
    });
}
export const cell = async text => (await rows(text))[0]?.[0];
