import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@giamsat/contracts/http';
import { accounts, hashPassword, newId, people } from '@giamsat/database';
import { freePort } from '../../apps/start/src/engines/index.js';
import { NAMESPACE } from './lab/engines.js';
import type { Rig } from './rig.js';

export interface FloodFigures {
  /** of everybody else's requests, ms */
  p95: number;
  /** answers to the flood, by status */
  answers: Record<string, number>;
}

const PASSWORD = 'bench-bench-bench';
const READS_PER_SECOND = 25;
/** Some six times what the hashing of one core gets through. */
const LOGINS_PER_SECOND = 150;

/** The api as it was built, in a process of its own, with one person who works while others sign in. */
export class Door {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async open(rig: Rig): Promise<Door> {
    const port = await freePort();
    const main = new URL('../../apps/api/dist/main.js', import.meta.url).pathname;
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL_APP: rig.engines.urls.app,
        TEMPORAL_ADDRESS: rig.engines.temporal.address,
        TEMPORAL_NAMESPACE: NAMESPACE,
        GIAMSAT_PAYLOAD_KEY: rig.keys,
        GIAMSAT_ACCOUNT_KEY: `bench:${randomBytes(32).toString('base64')}`,
        GIAMSAT_API_PORT: `${port}`,
        GIAMSAT_TRUSTED_PROXIES: 'loopback',
        GIAMSAT_LOG_LEVEL: 'error',
      },
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/healthz`).catch(() => undefined))?.ok) await pause(100);
    const act = { at: new Date().toISOString(), commandId: newId(), by: 'engine' as const };
    const personId = await people.add(rig.app, { name: 'Người làm việc' }, act);
    await accounts.setPassword(rig.app, { personId, login: 'worker', passwordHash: await hashPassword(PASSWORD) });
    const { token } = await createClient({ baseUrl: url }).login({ body: { login: 'worker', password: PASSWORD } });
    return new Door(child, url, token!);
  }

  /** Reads at an even pace for so long, beside a flood of sign-ins or in quiet. */
  async measure(seconds: number, isFlooded: boolean): Promise<FloodFigures> {
    const [reader, flooder] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    const answers: Record<string, number> = {};
    const times: number[] = [];
    const read = async (): Promise<void> => {
      const start = performance.now();
      await this.send(reader, 'GET', '/api/me', { authorization: `Bearer ${this.token}` });
      times.push(performance.now() - start);
    };
    const attempt = async (n: number): Promise<void> => {
      // From everywhere: half guess at the one account they know, half, each from an address of its own, at any.
      const login = n % 2 ? 'worker' : `guess-${n}`;
      const from = { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` };
      const status = await this.send(flooder, 'POST', '/api/session', from, { login, password: `wrong-${n}` });
      answers[status] = (answers[status] ?? 0) + 1;
    };
    await Promise.all([
      atPace(READS_PER_SECOND, seconds, read),
      ...(isFlooded ? [atPace(LOGINS_PER_SECOND, seconds, attempt)] : []),
    ]);
    reader.destroy();
    flooder.destroy();
    times.sort((a, b) => a - b);
    return { p95: times[Math.floor(times.length * 0.95)]!, answers };
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  private send(
    agent: Agent,
    method: string,
    path: string,
    more: Record<string, string>,
    body?: object,
  ): Promise<number> {
    const headers = { ...more, ...(body && { 'content-type': 'application/json' }) };
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, { agent, method, headers }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.once('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }
}

/** So many a second, whether or not the ones before have been answered; ends with the last answer. */
async function atPace(perSecond: number, seconds: number, send: (n: number) => Promise<void>): Promise<void> {
  const sent: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    const early = start + (n * 1000) / perSecond - performance.now();
    if (early > 1) await pause(early);
    sent.push(send(n));
  }
  await Promise.all(sent);
}
