import { randomUUID } from 'node:crypto';
import type { CommitInput } from '@giamsat/contracts/workflow';
import type { CaseEvent, EventOf } from '@giamsat/procedure';
import type { DataSource } from 'typeorm';
import { commitOf, event, finding, row } from '../testing/invent.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { catchUp, commitStream } from './commit.js';
import { leafHash } from './events-as-parameters.js';

describe('commit', () => {
  let db: TestDatabase;
  let owner: DataSource;
  let engine: DataSource;
  let id: string;
  let campaign: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    owner = await db.open('superuser');
    engine = await db.open('engine', 20);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    id = randomUUID();
    campaign = randomUUID();
    await openCase(id);
  });

  const openCase = (caseId: string, wave = 1) =>
    owner.query(
      `INSERT INTO stream (kind, id, campaign_id, case_id, unit_id, wave) VALUES ('case', $1, $2, $3, $4, $5)`,
      [caseId, campaign, caseId, randomUUID(), wave],
    );
  const ledger = (): Promise<{ seq: number; command_id: string }[]> =>
    owner.query('SELECT seq, command_id, data FROM ledger WHERE stream_id = $1 ORDER BY seq', [id]);
  const commandOf = async (commandId: string) =>
    (await owner.query('SELECT * FROM command WHERE command_id = $1', [commandId]))[0];

  it('writes events, leaves, answer and board row together', async () => {
    const input = commitOf(id, 0, { row: row(1, { team: 't1', dues: [due('2026-02-09'), due('2026-01-31')] }) });
    const result = await commitStream(engine, input);
    const events = (input.decision as { events: object[] }).events;
    const answer = { outcome: 'accepted', seq: 1 };
    expect(result).toEqual({ kind: 'done', events, nextMoment: input.row.nextMoment, answer });
    expect(await owner.query('SELECT * FROM ledger WHERE stream_id = $1', [id])).toMatchObject([
      {
        seq: 1,
        type: 'findingRecorded',
        effective_on: '2026-01-05',
        data: events[0],
        campaign_id: campaign,
        case_id: id,
      },
    ]);
    expect(await owner.query('SELECT hash FROM ledger_leaf WHERE stream_id = $1', [id])).toEqual([
      { hash: leafHash(events[0]!) },
    ]);
    expect(await owner.query('SELECT * FROM case_row WHERE id = $1', [id])).toMatchObject([
      { seq: 1, team: 't1', first_due: '2026-01-31', next_moment: input.row.nextMoment, body: input.row },
    ]);
    expect(await commandOf(input.commandId)).toMatchObject({ outcome: 'accepted', answer, stream_id: id });
  });

  it('gives 16 commands at once one effect and one place each', async () => {
    const inputs = Array.from({ length: 16 }, () => commitOf(id, 0));
    const twice = [...inputs, ...inputs];
    await Promise.all(twice.map((input) => untilDecided(input)));
    const written = await ledger();
    expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    expect(new Set(written.map((entry) => entry.command_id))).toEqual(new Set(inputs.map((input) => input.commandId)));
  });

  /** As a workflow does: behind = apply what is missing and decide again. */
  async function untilDecided(input: CommitInput): Promise<void> {
    const result = await commitStream(engine, input);
    if (result.kind === 'behind')
      return untilDecided(commitOf(id, input.afterSeq + result.events.length, { commandId: input.commandId }));
    expect(result.answer?.outcome).toBe('accepted');
  }

  it('answers a repeated commit from the record and writes nothing', async () => {
    const input = commitOf(id, 0);
    const first = await commitStream(engine, input);
    expect(await commitStream(engine, input)).toEqual({ ...first, kind: 'known' });
    expect(await ledger()).toHaveLength(1);
  });

  it('hands a known command every event since, others in between included', async () => {
    const first = commitOf(id, 0);
    const other = commitOf(id, 1);
    const answers = [await commitStream(engine, first), await commitStream(engine, other)];
    const again = await commitStream(engine, first);
    expect(again.answer).toEqual(answers[0]!.answer);
    expect(again.events).toEqual(answers.flatMap((answer) => answer.events));
    expect(again.nextMoment).toBe(other.row.nextMoment);
  });

  it('sends a caller that is behind what it lacks and writes nothing', async () => {
    const ahead = commitOf(id, 0, { events: (c) => [finding(1, c), finding(2, c)] });
    const { events } = await commitStream(engine, ahead);
    const late = commitOf(id, 1);
    expect(await commitStream(engine, late)).toEqual({
      kind: 'behind',
      events: events.slice(1),
      nextMoment: ahead.row.nextMoment,
      answer: null,
    });
    expect(await ledger()).toHaveLength(2);
    expect(await commandOf(late.commandId)).toBeUndefined();
    expect(await catchUp(engine, { scope: 'case', id, afterSeq: 1 })).toEqual({
      events: events.slice(1),
      nextMoment: ahead.row.nextMoment,
    });
  });

  it('writes nothing for what was not decided, and says what the ledger holds', async () => {
    const first = commitOf(id, 0);
    const { events } = await commitStream(engine, first);
    const { row, ...asked } = commitOf(id, 0);
    expect(await commitStream(engine, { ...asked, decision: null })).toEqual({
      kind: 'behind',
      events,
      nextMoment: first.row.nextMoment,
      answer: null,
    });
    expect(await ledger()).toHaveLength(1);
    expect(row.seq).toBe(1);
  });

  it('refuses to go on from events it does not have', async () => {
    await expect(commitStream(engine, commitOf(id, 3))).rejects.toMatchObject({ code: 'GS409' });
    await expect(commitStream(engine, commitOf(randomUUID(), 0))).rejects.toMatchObject({ code: 'GS404' });
    const gap = commitOf(id, 0, { events: (c) => [finding(1, c), finding(3, c)] });
    await expect(commitStream(engine, gap)).rejects.toMatchObject({ code: 'GS422' });
    expect(await ledger()).toEqual([]);
  });

  it('stores a refusal, and settles the row that the api stored before', async () => {
    const refusal = { code: 'NOT_LATE' as const, params: { step: 'self-report' } };
    const input = commitOf(id, 0, { decision: { refusal } });
    await owner.query(
      `INSERT INTO command (command_id, type, actor, idempotency_key, body_hash, outcome)
       VALUES ($1, 'explainDelay', 'somebody', 'k1', 'h', 'unknown')`,
      [input.commandId],
    );
    const answer = { outcome: 'refused', seq: 0, refusal };
    expect(await commitStream(engine, input)).toEqual({ kind: 'done', events: [], nextMoment: null, answer });
    expect(await commandOf(input.commandId)).toMatchObject({ outcome: 'refused', answer, idempotency_key: 'k1' });
    expect(await commitStream(engine, input)).toMatchObject({ kind: 'known', answer });
  });

  describe('grants', () => {
    let grant: string;
    beforeEach(async () => {
      const [person] = await owner.query(`INSERT INTO person (display_name) VALUES ('x') RETURNING id`);
      const rows = await owner.query(
        `INSERT INTO office_holder (person_id, office, case_id, valid_from) VALUES ($1, 'team-secretary', $2, '2026-01-01') RETURNING id`,
        [person.id, id],
      );
      grant = rows[0].id;
    });
    const taken = { outcome: 'refused', seq: 0, refusal: { code: 'GRANT_TAKEN', params: {} } };

    it('acts on a right that stands', async () => {
      const result = await commitStream(engine, commitOf(id, 0, { grants: [grant, grant] }));
      expect(result.answer?.outcome).toBe('accepted');
    });

    it('refuses a right that was taken away', async () => {
      await owner.query('UPDATE office_holder SET revoked_at = now() WHERE id = $1', [grant]);
      const result = await commitStream(engine, commitOf(id, 0, { grants: [grant] }));
      expect(result).toEqual({ kind: 'done', events: [], nextMoment: null, answer: taken });
      expect(await ledger()).toEqual([]);
    });

    it.each([
      ['ended', `valid_to = '2026-01-02'`],
      ['not begun', `valid_from = '2999-01-01'`],
    ])('refuses a right whose term has %s', async (_, change) => {
      await owner.query(`UPDATE office_holder SET ${change} WHERE id = $1`, [grant]);
      expect((await commitStream(engine, commitOf(id, 0, { grants: [grant] }))).answer).toEqual(taken);
    });

    it('refuses when one of two people’s rights is gone', async () => {
      const rows: { id: string }[] = await owner.query(
        `INSERT INTO office_holder (person_id, office, case_id, valid_from, valid_to)
         SELECT person_id, 'chief-of-office', case_id, valid_from, '2026-01-02' FROM office_holder WHERE id = $1 RETURNING id`,
        [grant],
      );
      const both = { grants: [grant, rows[0]!.id] };
      expect((await commitStream(engine, commitOf(id, 0, both))).answer).toEqual(taken);
      await owner.query('UPDATE office_holder SET valid_to = NULL WHERE id = $1', [rows[0]!.id]);
      expect((await commitStream(engine, commitOf(id, 0, both))).answer?.outcome).toBe('accepted');
    });

    it('waits for a right being taken away at this moment', async () => {
      const taking = owner.createQueryRunner();
      await taking.startTransaction();
      await taking.query('UPDATE office_holder SET revoked_at = now() WHERE id = $1', [grant]);
      const result = commitStream(engine, commitOf(id, 0, { grants: [grant] }));
      await Promise.race([waits(), result]);
      await taking.commitTransaction();
      await taking.release();
      expect((await result).answer).toEqual(taken);
    });

    /** Resolves once a backend of this database waits for a lock. */
    async function waits(): Promise<void> {
      const rows = await owner.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rows.length === 0) return waits();
    }
  });

  describe('notices', () => {
    const rung = 'self-report/2026-01-31/EU+3';
    const rungDue = (seq: number, commandId: string, to = ['team-head', 'area-officer']) =>
      event(seq, commandId, 'rungDue', {
        rung,
        step: 'self-report',
        id: 'EU+3',
        due: '2026-01-31',
        to,
        planned: '2026-02-04T01:00:00.000Z',
        cause: 'planned',
        send: '2026-02-04T01:00:00.000Z',
        binding: true,
      });
    const unfounded = (seq: number, commandId: string) =>
      event(seq, commandId, 'rungUnfounded', {
        rung,
        step: 'self-report',
        id: 'EU+3',
        to: ['team-head', 'area-officer'],
        why: 'entered-late',
      });
    const outbox = (): Promise<object[]> =>
      owner.query('SELECT office, kind, state FROM outbox WHERE case_id = $1 ORDER BY kind, office', [id]);
    const own = (office: string, kind = 'notice', state = 'waiting') => ({ office, kind, state });

    it('owes one notice per rung and office, however often it is recorded', async () => {
      await commitStream(engine, commitOf(id, 0, { events: (c) => [rungDue(1, c), rungDue(2, c, ['team-head'])] }));
      expect(await outbox()).toEqual([own('area-officer'), own('team-head')]);
    });

    it('owes each of several units its own, and corrects each', async () => {
      const units = [randomUUID(), randomUUID()].sort();
      const shared = (c: string): CaseEvent => {
        const due = rungDue(1, c, ['unit-contact', 'area-officer']) as EventOf<'rungDue'>;
        return { ...due, data: { ...due.data, each: { 'unit-contact': units } } };
      };
      const owed = async (kind: string) =>
        (
          await owner.query(`SELECT office, for_unit FROM outbox WHERE case_id = $1 AND kind = $2 ORDER BY 1, 2`, [
            id,
            kind,
          ])
        ).map(Object.values);
      await commitStream(engine, commitOf(id, 0, { events: (c) => [shared(c)] }));
      const all = [['area-officer', null], ...units.map((unit) => ['unit-contact', unit])];
      expect(await owed('notice')).toEqual(all);
      await owner.query(`UPDATE outbox SET state = 'sent', ended_at = now() WHERE case_id = $1`, [id]);
      await commitStream(engine, commitOf(id, 1, { events: (c) => [unfounded(2, c)] }));
      expect(await owed('correction')).toEqual(all);
    });

    it('tells nobody any more once the case has ended', async () => {
      await commitStream(engine, commitOf(id, 0, { events: (c) => [rungDue(1, c)] }));
      await commitStream(engine, commitOf(id, 1, { row: row(2, { status: 'cancelled' }) }));
      expect(await outbox()).toEqual([
        own('area-officer', 'notice', 'unfounded'),
        own('team-head', 'notice', 'unfounded'),
      ]);
    });

    it('tells nobody of an unfounded rung who has not been told, and corrects the others', async () => {
      await commitStream(engine, commitOf(id, 0, { events: (c) => [rungDue(1, c)] }));
      await owner.query(
        `UPDATE outbox SET state = 'sent', ended_at = now() WHERE case_id = $1 AND office = 'area-officer'`,
        [id],
      );
      await commitStream(engine, commitOf(id, 1, { events: (c) => [unfounded(2, c)] }));
      expect(await outbox()).toEqual([
        own('area-officer', 'correction'),
        own('area-officer', 'notice', 'sent'),
        own('team-head', 'notice', 'unfounded'),
      ]);
    });
  });

  it('lets supervised units follow the board row, and joins one that owes a measure', async () => {
    const [from, to, related] = [randomUUID(), randomUUID(), randomUUID()];
    await owner.query(
      `INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from) VALUES ($1, $2, $3, 'subject', '2026-01-01')`,
      [id, campaign, from],
    );
    const measure = { measure: 'm1', findings: [], nature: 'duty' as const, owes: related };
    const events = (c: string) => [
      event(1, c, 'transferAccepted', { unit: to }),
      event(2, c, 'measureRecorded', measure),
    ];
    await commitStream(engine, commitOf(id, 0, { events, row: row(2, { units: [to] }) }));
    const parties = await owner.query(
      `SELECT unit_id, capacity, valid_to IS NULL AS open FROM case_party WHERE case_id = $1 ORDER BY valid_from, capacity`,
      [id],
    );
    expect(parties).toEqual([
      { unit_id: from, capacity: 'subject', open: false },
      { unit_id: to, capacity: 'subject', open: true },
      { unit_id: related, capacity: 'related', open: true },
    ]);
  });

  it('lets a unit that comes back stand again, be it at the very moment at which it came before', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const stands = async (...units: string[]) => {
      const rows: { unit: string }[] = await owner.query(
        `SELECT unit_id AS unit FROM case_party WHERE case_id = $1 AND capacity = 'subject' AND valid_to IS NULL`,
        [id],
      );
      expect(rows.map(({ unit }) => unit).sort()).toEqual(units.sort());
    };
    let seq = 0;
    const at = '2026-01-05T01:00:00.000Z';
    const take = async (unit: string, moment?: string) => {
      const events = (c: string) => [
        { ...event(seq + 1, c, 'transferAccepted', { unit }), ...(moment && { at: moment }) } as CaseEvent,
      ];
      await commitStream(engine, commitOf(id, seq, { events, row: row(seq + 1, { units: [unit] }) }));
      seq++;
      await stands(unit);
    };
    for (const unit of [one, other, one, other]) await take(unit);
    for (const unit of [one, other, one, other]) await take(unit, at);
  });

  const due = (day: string) => ({ key: `self-report/${day}`, due: day, force: 'policy' as const, provisional: false });
});
