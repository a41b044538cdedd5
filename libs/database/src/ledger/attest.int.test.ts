import { randomBytes, randomUUID } from 'node:crypto';
import { Attester } from '@giamsat/contracts/attest';
import { engineEnvelope, momentCommandId, type CommitInput } from '@giamsat/contracts/workflow';
import type { Command, Envelope } from '@giamsat/procedure';
import type { DataSource } from 'typeorm';
import { migrate } from '../migrate.js';
import * as watch from '../repositories/watch.js';
import { commitOf } from '../testing/invent.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { commitStream } from './commit.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

describe('a commit that knows a key', () => {
  let db: TestDatabase;
  let engine: DataSource;
  let id: string;
  let other: string;
  const [old, fresh] = [key('old'), key('new')];
  const know = (attestKeys: string) => migrate({ url: db.url, attestKeys });

  beforeAll(async () => {
    db = await createTestDatabase();
    engine = await db.open('engine');
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await know(old);
    [id, other] = [randomUUID(), randomUUID()];
    for (const stream of [id, other])
      await (
        await db.open('superuser', 1)
      ).query(
        `INSERT INTO stream (kind, id, campaign_id, case_id) VALUES ('case', $1, gen_random_uuid(), $1::text::uuid)`,
        [stream],
      );
  });

  const envelope = (more: Partial<Envelope> = {}): Envelope => ({
    ...engineEnvelope(randomUUID(), '2026-01-05T01:00:00.000Z'),
    actor: 'somebody',
    ...more,
  });
  const resume = (more: Partial<Envelope> = {}): Command => ({ type: 'resume', envelope: envelope(more) });
  const input = (command: Command, mac: string | undefined, more: Partial<CommitInput> = {}): CommitInput => {
    const { commandId, actor } = command.envelope;
    return commitOf(id, 0, { commandId, actor, attested: { command, mac: mac ?? null }, ...more });
  };
  const outcome = async (given: CommitInput) => (await commitStream(engine, given)).answer;
  const forged = { outcome: 'refused', seq: 0, refusal: { code: 'NOT_ATTESTED', params: {} } };
  const mac = (command: Command, keys = old, stream = id) =>
    new Attester(keys).sign({ scope: 'case', id: stream }, command);

  it('takes what the api has attested', async () => {
    const command = resume();
    expect(await outcome(input(command, mac(command)))).toEqual({ outcome: 'accepted', seq: 1 });
  });

  it.each<[string, (command: Command) => CommitInput]>([
    ['without a mac', (command) => input(command, undefined)],
    ['with the mac of another key', (command) => input(command, mac(command, key('old')))],
    ['with the mac of a key nobody knows', (command) => input(command, mac(command, fresh))],
    ['with another body', (command) => input({ ...command, type: 'cancel', reason: 'x' } as Command, mac(command))],
    [
      'in another’s name',
      (command) => input({ ...command, envelope: { ...command.envelope, actor: 'x' } }, mac(command)),
    ],
    ['in a name the command does not give', (command) => input(command, mac(command), { actor: 'x' })],
    [
      'under grants the command does not rest on',
      (command) => input(command, mac(command), { grants: [randomUUID()] }),
    ],
    ['on another case', (command) => input(command, mac(command, old, other))],
    [
      'in the engine’s name',
      () => input({ type: 'cancel', reason: 'x', envelope: envelope({ actor: 'engine' }) }, undefined),
    ],
    [
      'as a moment that has not come',
      () => {
        const moment = '2199-01-01T00:00:00.000Z';
        const ids = { actor: 'engine', commandId: momentCommandId(`case/${id}`, moment) };
        return input({ type: 'passMoment', moment, envelope: envelope(ids) }, undefined);
      },
    ],
    [
      'as a launch that does not stand',
      () => input({ type: 'completeLaunch', wave: 1, envelope: envelope({ actor: 'engine' }) }, undefined),
    ],
  ])('turns a command away %s, raises an alarm and writes nothing', async (_, given) => {
    const { commandId, ...rest } = given(resume());
    expect(await outcome({ commandId, ...rest })).toEqual(forged);
    expect(await engine.query('SELECT FROM ledger WHERE stream_id = $1', [id])).toEqual([]);
    expect(await engine.query('SELECT FROM command WHERE command_id = $1', [commandId])).toEqual([]);
    expect((await watch.alarms(engine)).map(({ alarm, id: stream }) => [alarm, stream])).toContainEqual(['forged', id]);
  });

  it('takes a moment that has come, which the workflow passes by itself', async () => {
    const moment = '2026-01-05T01:00:00.000Z';
    const ids = { actor: 'engine', commandId: momentCommandId(`case/${id}`, moment) };
    expect(await outcome(input({ type: 'passMoment', moment, envelope: envelope(ids) }, undefined))).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('knows the old key and the new one while keys change, then the new one alone', async () => {
    const [before, after, late] = [resume(), resume(), resume()];
    const both = `${fresh},${old}`;
    await know(both);
    expect(await outcome(input(before, mac(before)))).toMatchObject({ outcome: 'accepted' });
    const { commandId, attested } = input(after, mac(after, both));
    expect(await outcome(commitOf(id, 1, { commandId, attested }))).toMatchObject({ outcome: 'accepted' });
    await know(fresh);
    expect(await outcome({ ...input(late, mac(late, old, other)), id: other })).toEqual(forged);
  });

  it('shows the key to nobody', async () => {
    for (const role of ['app', 'engine', 'auditor', 'eraser'] as const)
      await expect((await db.open(role, 1)).query('SELECT FROM attest_key')).rejects.toMatchObject({ code: '42501' });
  });
});
