import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEY_HEADER, PROBLEM_TYPE, problemOf, type ProblemCode } from '@giamsat/contracts/http';
import { giamsat } from '../cli/testing.js';

const KEY = '0198c0de-0000-4000-8000-000000000001';
const WARNING = { code: 'MEASURES_OPEN', message: { vi: 'Còn việc.', en: 'Work is left.' }, params: { open: 1 } };

/** A server that gives the answers it was told, and keeps what it was asked. */
describe('an act whose answer does not come', () => {
  let server: Server;
  let keys: (string | undefined)[];
  let answers: (ProblemCode | 'accepted')[];

  beforeEach(async () => {
    keys = [];
    server = createServer((request, response) => {
      keys.push(request.headers[KEY_HEADER.toLowerCase()] as string);
      const answer = answers.shift()!;
      const accepted = { commandId: 'c', created: null, outcome: 'accepted', seq: 7, warnings: [WARNING] };
      const body = answer === 'accepted' ? accepted : problemOf(answer);
      response.writeHead('status' in body ? body.status : 200, { 'content-type': PROBLEM_TYPE });
      response.end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  const act = (...more: string[]) => {
    const { port } = server.address() as AddressInfo;
    const env = { GIAMSAT_API: `http://127.0.0.1:${port}`, GIAMSAT_TOKEN: 't' };
    return giamsat(['case', 'act', 'id', 'resume', ...more], env);
  };

  it('is sent again with the same key', async () => {
    answers = ['NO_ANSWER_YET', 'accepted'];
    expect(await act()).toMatchObject({ code: 0, out: 'Đã ghi, mục 7.\nLưu ý: Còn việc.\n' });
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
  });

  it('tells the key with which it may be sent again', async () => {
    answers = Array.from({ length: 3 }, () => 'NO_ANSWER_YET' as const);
    const { code, err } = await act('--key', KEY);
    expect(code).toBe(4);
    expect(err).toContain(`--key ${KEY}`);
    expect(keys).toEqual(Array.from({ length: 3 }, () => KEY));
  });

  it.each([
    [['--set', 'nonsense=1'], 'resume: không có trường "nonsense"'],
    [['--document', '30/02/2026'], '--document 30/02/2026: không phải ngày có thật'],
    [['--number', 'số ba', '--paper', 'BC'], '--number: phải là số, ký hiệu'],
    [['--key', 'mine'], '--key mine: phải là một UUID'],
    [['--set', 'reason=@/nowhere'], 'Không có tệp: /nowhere'],
  ])('is not sent with %j, and says what would be right', async (more, said) => {
    const { code, err } = await act(...more);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(keys).toEqual([]);
  });

  it.each([
    ['NOT_ALLOWED', 1, ''],
    ['NOT_FOUND', 3, ''],
    ['UNAUTHENTICATED', 4, 'giamsat login'],
    ['UNAVAILABLE', 4, ''],
    ['INVALID', 2, ''],
    ['CAPACITY_UNCLEAR', 2, '--as'],
  ] as const)('that is answered %s ends with %s, in one sentence', async (problem, expected, hint) => {
    answers = [problem];
    const { code, err, out } = await act();
    expect(code).toBe(expected);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(hint);
    expect(keys).toHaveLength(1);
  });
});
