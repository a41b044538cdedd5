import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { testEnv } from '../../../../test/support/index.js';
import { createWorld, type World } from '../../../../test/support/world.js';
import { createProvince, PASSWORD } from '../../testing/province.js';
import { type RunningApi, startApi } from '../../testing/start.js';

const UI = 'http://127.0.0.1:8080';
const ELSEWHERE = 'http://127.0.0.1:8081';
const PLANTED = 'Z9-planted';

interface Payload {
  metadata: Record<string, string>;
  data: string;
}

describe('what Temporal stores, opened for an administrator', () => {
  let world: World;
  let api: RunningApi;
  let sealed: Payload;
  const workflowId = `case/${randomUUID()}`;

  beforeAll(async () => {
    world = await createWorld({ bundle: false, change: { GIAMSAT_CODEC_ORIGIN: UI } });
    await createProvince(world.owner, 1);
    api = await startApi(world);
    await world.client.workflow.start('case', { workflowId, taskQueue: 'nobody', args: [{ number: PLANTED }] });
    sealed = await show([]);
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });

  /** What Temporal's own command line shows of the input. */
  async function show(more: string[]): Promise<Payload> {
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = world.environment;
    const where = ['--address', address!, '--namespace', namespace!, '--output', 'json'];
    const line = ['workflow', 'show', '--workflow-id', workflowId, ...where, ...more];
    const { stdout } = await promisify(execFile)(testEnv().temporalBinary, line);
    const { events } = JSON.parse(stdout) as {
      events: { workflowExecutionStartedEventAttributes: { input: { payloads: [Payload] } } }[];
    };
    return events[0]!.workflowExecutionStartedEventAttributes.input.payloads[0];
  }
  const text = ({ data }: Payload) => Buffer.from(data, 'base64').toString();

  it('is shown by Temporal’s command line with the token of one who keeps the accounts, and to nobody else', async () => {
    const through = async (login: string) => [
      '--codec-endpoint',
      `${api.url}/api/codec`,
      '--codec-auth',
      `Bearer ${await api.tokenOf(login)}`,
    ];
    expect(text(sealed)).not.toContain(PLANTED);
    expect(text(await show(await through('admin')))).toContain(PLANTED);
    await expect(show(await through('coordinator'))).rejects.toThrow();
  });

  describe('asked for by a page', () => {
    const ask = (path: string, origin: string, more: RequestInit = {}) =>
      fetch(api.url + path, {
        method: 'POST',
        ...more,
        headers: { origin, 'content-type': 'application/json', 'x-namespace': 'default', ...more.headers },
      });
    const decode = (origin: string, headers = {}) =>
      ask('/api/codec/decode', origin, { headers, body: JSON.stringify({ payloads: [sealed] }) });
    const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');
    const cookieOf = async (login: string): Promise<string> => {
      const body = JSON.stringify({ login, password: PASSWORD, as: 'browser' });
      const signedIn = await ask('/api/session', api.url, { body });
      return signedIn.headers.get('set-cookie')!.split(';')[0]!;
    };
    const preflight = (path: string, origin: string) =>
      ask(path, origin, {
        method: 'OPTIONS',
        headers: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-namespace',
        },
      });

    it('opens for the administrator’s cookie to the configured origin', async () => {
      const before = await preflight('/api/codec/decode', UI);
      expect([before.status, allowed(before), before.headers.get('access-control-allow-credentials')]).toEqual([
        204,
        UI,
        'true',
      ]);
      expect(before.headers.get('access-control-allow-headers')).toBe('content-type,x-namespace');
      const opened = await decode(UI, { cookie: await cookieOf('admin') });
      expect([opened.status, allowed(opened)]).toEqual([200, UI]);
      expect(text(((await opened.json()) as { payloads: [Payload] }).payloads[0])).toContain(PLANTED);
      const others = await decode(UI, { cookie: await cookieOf('coordinator') });
      expect([others.status, (await decode(UI)).status]).toEqual([404, 401]);
    });

    it('stays shut to any other origin, and any other door to that one', async () => {
      const cookie = await cookieOf('admin');
      expect(allowed(await preflight('/api/codec/decode', ELSEWHERE))).toBeNull();
      expect(allowed(await preflight('/api/session', UI))).toBeNull();
      const foreign = await decode(ELSEWHERE, { cookie });
      expect([foreign.status, allowed(foreign)]).toEqual([403, null]);
      const other = await ask('/api/session', UI, { method: 'DELETE', headers: { cookie } });
      expect([other.status, allowed(other)]).toEqual([403, null]);
    });

    it('stays shut to every origin where none is configured', async () => {
      const { GIAMSAT_CODEC_ORIGIN: _, ...environment } = world.environment;
      const plain = await startApi({ ...world, environment });
      try {
        const [cookie, there] = [await cookieOf('admin'), plain.url + '/api/codec/decode'];
        const answer = await fetch(there, { method: 'POST', headers: { cookie, origin: UI } });
        expect([answer.status, allowed(answer)]).toEqual([403, null]);
        const before = await fetch(there, {
          method: 'OPTIONS',
          headers: { origin: UI, 'access-control-request-method': 'POST' },
        });
        expect(allowed(before)).toBeNull();
      } finally {
        await plain.close();
      }
    });
  });
});
