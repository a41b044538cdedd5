import { FACT_OF, REFUSAL_CODES } from '@giamsat/procedure';
import { z } from 'zod';
import {
  COMMAND_SCHEMAS,
  createClient,
  ENGINE_COMMANDS,
  PROBLEM_CODES,
  PROBLEM_WORDS,
  ProblemError,
  problemOf,
  problemsOf,
  ROUTES,
  say,
  statusOf,
} from './index.js';

describe('the words', () => {
  it('has a sentence in both languages for every code, and none for codes that do not exist', () => {
    expect(Object.keys(PROBLEM_WORDS).sort()).toEqual([...PROBLEM_CODES].sort());
    expect(new Set(PROBLEM_CODES).size).toBe(PROBLEM_CODES.length);
    for (const { vi, en } of Object.values(PROBLEM_WORDS)) {
      expect(vi).toMatch(/[.!]$/);
      expect(en).toMatch(/[.!]$/);
      expect(vi).not.toBe(en);
    }
  });

  it('fills in what is known and leaves the rest visible', () => {
    expect(say('CASES_OPEN', { open: 3 }).en).toBe('3 cases are still open.');
    expect(say('CASES_OPEN').en).toBe('{open} cases are still open.');
  });

  it('answers every refusal of the core with 409', () => {
    expect(REFUSAL_CODES.filter((code) => statusOf(code) !== 409)).toEqual([]);
  });
});

describe('the commands', () => {
  it('has a schema for every command a person may give, and for no other', () => {
    const ofPeople = Object.keys(FACT_OF).filter((type) => !(ENGINE_COMMANDS as readonly string[]).includes(type));
    expect(Object.keys(COMMAND_SCHEMAS).sort()).toEqual(ofPeople.sort());
  });

  it.each([
    ['an envelope of its own making', { type: 'resume', envelope: { actor: 'x' } }],
    ['a day that does not exist', { type: 'resume', dates: { document: '2023-02-29' } }],
    ['a moment without zone', { type: 'resume', dates: { document: '2023-02-28T08:00:00' } }],
    ['a sentence for a number', { type: 'resume', paper: { kind: 'QĐ', number: 'theo ý kiến của đồng chí' } }],
    ['a blank reason', { type: 'suspend', reason: '   ' }],
    ['an engine command', { type: 'passMoment', moment: '2026-01-01T00:00:00.000Z' }],
  ])('refuses %s', (_, body) => {
    expect(ROUTES.commandCase.body.safeParse(body).success).toBe(false);
  });

  it('takes papers as officials number them', () => {
    const paper = { kind: 'QĐ', number: '1247-QĐ/TU', date: '2023-07-11', signedAs: 'T/M' };
    const body = { type: 'completeStep', step: 'dossier-filed.part-1', outcome: 'filed', paper };
    expect(ROUTES.commandCase.body.parse(body)).toMatchObject(body);
  });
});

describe('the route table', () => {
  const routes = Object.entries(ROUTES);

  it('names each door once', () => {
    const doors = routes.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(doors).size).toBe(doors.length);
  });

  it.each(routes)('%s describes itself, and only with what JSON can say', (_, route) => {
    for (const part of ['params', 'query', 'body'] as const)
      if (part in route) expect(z.toJSONSchema(Reflect.get(route, part) as z.ZodType, { io: 'input' })).toBeTruthy();
    expect(z.toJSONSchema(route.response)).toHaveProperty('type', 'object');
    expect(route.path.includes(':')).toBe('params' in route);
    expect(problemsOf(route).every((code) => code in PROBLEM_WORDS)).toBe(true);
  });
});

describe('the client', () => {
  const answering = (status: number, body: unknown, headers = {}) => {
    const calls: { url: string; init: RequestInit }[] = [];
    const via = (url: unknown, init: unknown) => {
      calls.push({ url: String(url), init: init as RequestInit });
      return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
    };
    return { calls, client: createClient({ baseUrl: 'http://api', token: 't', fetch: via as typeof fetch }) };
  };

  it('puts each part where it belongs', async () => {
    const { client, calls } = answering(200, { items: [], next: null });
    await client.getBoard({ params: { id: 'a/b' }, query: { limit: 3 } });
    await client.commandCase({ params: { id: 'x' }, body: { type: 'resume' }, key: 'k' });
    expect(calls[0]!.url).toBe('http://api/api/campaigns/a%2Fb/board?limit=3');
    expect(calls[1]!.init).toMatchObject({
      method: 'POST',
      body: '{"type":"resume"}',
      headers: { authorization: 'Bearer t', 'idempotency-key': 'k', 'content-type': 'application/json' },
    });
  });

  it('gives the password again when it is asked for, and sends the act once more', async () => {
    const sent: string[] = [];
    const needed: unknown[] = [];
    const via = (url: string, { body }: RequestInit) => {
      sent.push(`${url} ${body as string}`);
      const answer = sent.length === 1 ? problemOf('PROOF_NEEDED', { params: { code: true } }) : { ok: true };
      return Promise.resolve(new Response(JSON.stringify(answer), { status: sent.length === 1 ? 403 : 200 }));
    };
    const prove = (what: object) => {
      needed.push(what);
      return Promise.resolve({ password: 'p', code: '123456' });
    };
    const client = createClient({ baseUrl: '', fetch: via as unknown as typeof fetch, prove });
    expect(await client.commandCase({ params: { id: 'x' }, body: { type: 'resume' }, key: 'k' })).toEqual({ ok: true });
    expect(needed).toEqual([{ code: true }]);
    expect(sent).toEqual([
      '/api/cases/x/commands {"type":"resume"}',
      '/api/session/confirmation {"password":"p","code":"123456"}',
      '/api/cases/x/commands {"type":"resume"}',
    ]);
  });

  it('throws the problem, with the time to wait', async () => {
    const { client } = answering(503, problemOf('NO_ANSWER_YET'), { 'retry-after': '5' });
    const error: unknown = await client.me().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ retryAfter: 5, problem: { code: 'NO_ANSWER_YET', status: 503 } });
  });
});
