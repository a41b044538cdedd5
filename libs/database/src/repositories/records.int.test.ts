import { randomUUID } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { commitStream } from '../ledger/commit.js';
import { leafHash } from '../ledger/events-as-parameters.js';
import { act, draftCampaign } from '../testing/campaign.js';
import { commitOf, event } from '../testing/invent.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import * as commands from './commands.js';
import * as content from './content.js';
import * as ledger from './ledger.js';
import * as outbox from './outbox.js';
import * as people from './people.js';
import * as watch from './watch.js';

describe('records', () => {
  let db: TestDatabase;
  let app: DataSource;
  let engine: DataSource;
  let owner: DataSource;
  let id: string;
  beforeAll(async () => {
    db = await createTestDatabase();
    app = await db.open('superuser');
    engine = await db.open('engine');
    owner = await db.open('superuser', 3);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    id = randomUUID();
    await owner.query(`INSERT INTO stream (kind, id, campaign_id, case_id) VALUES ('case', $1, $2, $3)`, [
      id,
      randomUUID(),
      id,
    ]);
  });

  describe('commands', () => {
    const command = (more: Partial<commands.NewCommand> = {}) => ({
      commandId: randomUUID(),
      type: 'suspend',
      actor: 'a',
      key: randomUUID(),
      bodyHash: 'b1',
      ...more,
    });

    it('stores a key once; the same body gets the same command, another body nothing', async () => {
      const first = command();
      const tries = await Promise.all([first, command({ key: first.key })].map((given) => commands.store(app, given)));
      expect(tries.map(({ kind }) => kind).sort()).toEqual(['again', 'new']);
      const again = await commands.store(app, command({ key: first.key }));
      expect(again).toMatchObject({ kind: 'again', outcome: 'unknown', answer: null });
      expect(await commands.store(app, command({ key: first.key, bodyHash: 'b2' }))).toEqual({ kind: 'reused' });
      expect(await commands.store(app, command({ key: first.key, actor: 'b' }))).toMatchObject({ kind: 'new' });
    });

    it('settles a command that the door refused, unless it is decided', async () => {
      const { commandId, ...rest } = command();
      await commands.store(app, { commandId, ...rest });
      const refused = { outcome: 'refused' as const, seq: 0, refusal: { code: 'NOT_ALLOWED' as const, params: {} } };
      expect(await commands.settle(app, commandId, refused)).toEqual(refused);
      expect(await commands.settle(app, commandId, { outcome: 'accepted', seq: 1 })).toEqual(refused);
      expect(await commitStream(engine, commitOf(id, 0, { commandId }))).toMatchObject({
        kind: 'known',
        answer: refused,
      });
    });
  });

  describe('ledger', () => {
    it('reads what was known at a moment as a beginning that can be folded', async () => {
      const late = (seq: number, at: string) => (c: string) => [{ ...event(seq, c, 'resumed', {}), at }];
      const ats = ['2026-01-05T01:00:00.000Z', '2026-01-05T03:00:00.000Z', '2026-01-05T02:00:00.000Z'];
      for (const [seq, at] of ats.entries())
        await commitStream(engine, commitOf(id, seq, { events: late(seq + 1, at) }));
      const known = async (asOf?: string) =>
        (await ledger.eventsOf(app, { kind: 'case', id, asOf })).map(({ seq }) => seq);
      expect(await known()).toEqual([1, 2, 3]);
      expect(await known('2026-01-05T02:30:00.000Z')).toEqual([1]);
      expect(await known('2026-01-05T03:00:00.000Z')).toEqual([1, 2, 3]);
      expect(await known('2025-01-01T00:00:00.000Z')).toEqual([]);
      const lines = await ledger.linesOf(app, { kind: 'case', id });
      expect(lines.map(({ hash }) => hash)).toEqual(lines.map((line) => leafHash(line.event).toString('hex')));
    });

    it('feeds nobody an event while a slower transaction may still write an earlier one', async () => {
      const start = (await drained(null)).cursor;
      const slow = engine.createQueryRunner();
      await slow.startTransaction();
      await slow.query(`SELECT pg_current_xact_id()`);
      await commitStream(engine, commitOf(id, 0));
      expect((await drained(start)).ids).toEqual([]);
      await slow.rollbackTransaction();
      await slow.release();
      expect((await drained(start, 1)).ids).toEqual([id]);
    });

    it('feeds in the order of transactions where their numbers gain a digit, over pages that cut one in two', async () => {
      // Such numbers lie far back: written by hand, below everything that was ever written here.
      const numbers = [9, 9, 9, 10, 11, 98, 99, 99, 100, 101];
      const stream = `early-${id}`;
      const order = numbers.map((_, i) => (i * 7) % numbers.length);
      for (const i of order)
        await owner.query(
          `INSERT INTO ledger (stream_kind, stream_id, seq, type, v, at, command_id, data, transaction)
           VALUES ('organisation', $1, $2, 'x', 1, now(), 'c', '{}', $3::text::xid8)`,
          [stream, i + 1, numbers[i]],
        );
      const read: [number, number][] = [];
      for (let cursor: ledger.FeedCursor | null = null; ;) {
        const page: ledger.FeedEntry[] = await ledger.feed(engine, { after: cursor, limit: 4 });
        read.push(...page.flatMap((entry) => (entry.id === stream ? [place(entry)] : [])));
        if (page.length === 0) break;
        cursor = page.at(-1)!.cursor;
      }
      expect(read).toEqual(order.map((i): [number, number] => [numbers[i]!, i + 1]).toSorted(([a], [b]) => a - b));
    });
    const place = ({ cursor, seq }: ledger.FeedEntry): [number, number] => [Number(cursor.transaction), seq];

    it('feeds a reader who comes back all that slower transactions wrote meanwhile, none twice', async () => {
      const start = (await drained(null)).cursor;
      const slow = await Promise.all(
        [1, 2, 3].map(async () => {
          const runner = engine.createQueryRunner();
          await runner.startTransaction();
          return runner;
        }),
      );
      const [early, late, last] = slow;
      const write = (runner: typeof early, kind: string) => appendBy(runner!, `${kind}-${id}`);
      await write(early, 'early');
      await write(late, 'late');
      await commitStream(engine, commitOf(id, 0));
      await write(last, 'last');
      await late!.commitTransaction();
      // `late` and the commit are written and readable, but `early` is older than both and may yet be.
      expect((await drained(start)).ids).toEqual([]);
      await early!.commitTransaction();
      const first = await drained(start, 3);
      expect(first.ids).toEqual([`early-${id}`, `late-${id}`, id]);
      await last!.commitTransaction();
      expect((await drained(first.cursor, 1)).ids).toEqual([`last-${id}`]);
      await Promise.all(slow.map((runner) => runner.release()));
    });

    const appendBy = (runner: QueryRunner, stream: string) =>
      runner.query(
        `INSERT INTO ledger (stream_kind, stream_id, seq, type, v, at, command_id, data)
         VALUES ('organisation', $1, 1, 'x', 1, now(), 'c', '{}')`,
        [stream],
      );

    /** At least `count`: a transaction of another database of this server holds the feed back as well. */
    async function drained(after: ledger.FeedCursor | null, count = 0) {
      const ids: string[] = [];
      for (let cursor = after; ;) {
        const entries = await ledger.feed(engine, { after: cursor, limit: 2 });
        ids.push(...entries.map((entry) => entry.id));
        const last = entries.at(-1);
        if (!last && ids.length >= count) return { ids, cursor };
        cursor = last?.cursor ?? cursor;
      }
    }

    it('appends to reference data at its end, whoever writes at the same time', async () => {
      const grant = randomUUID();
      const write = () => ledger.appendReference(app, { kind: 'grant', id: grant }, { ...act, type: 'x', data: {} });
      await Promise.all(Array.from({ length: 6 }, write));
      const events = await ledger.eventsOf(app, { kind: 'grant', id: grant });
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    });
  });

  describe('content', () => {
    it('is found by its hash until it is blanked; the hash stays', async () => {
      const [one, two] = [await content.put(app, 'lý do'), await content.put(app, 'lý do')];
      expect(one).not.toBe(two);
      const kept = await content.withSalt(app, one);
      expect(content.contentHash(kept!.salt, kept!.body)).toBe(one);
      expect(await content.erase(await db.open('eraser', 1), one)).toBe(true);
      expect(await content.texts(app, [one, two, 'none'])).toEqual({ [one]: null, [two]: 'lý do' });
    });
  });

  describe('outbox', () => {
    const now = '2026-02-04T01:00:00.000Z';
    const rungDue = (c: string) => [
      event(1, c, 'rungDue', {
        rung: `r/${id}`,
        step: 's',
        id: 'EU+1',
        due: '2026-02-03',
        to: ['unit-contact', 'team-secretary'],
        planned: '2026-02-03T17:00:00.000Z',
        cause: 'planned',
        send: now,
        binding: true,
      }),
    ];
    const claim = async (at = now) => {
      const ids = (await outbox.due(engine, { now: at })).map((notice) => notice.id);
      return outbox.claim(engine, { now: at, until: new Date(Date.parse(at) + 60_000).toISOString(), ids });
    };
    beforeEach(async () => {
      await owner.query(
        `UPDATE outbox SET state = 'failed', ended_at = now(), reported_at = now() WHERE state = 'waiting'`,
      );
      await commitStream(engine, commitOf(id, 0, { events: rungDue }));
    });

    it('hands each notice to one sender at a time, and again when its claim runs out', async () => {
      expect(await claim('2026-02-04T00:59:59.000Z')).toEqual([]);
      const claims = await Promise.all([claim(), claim(), claim()]);
      expect(
        claims
          .flat()
          .map(({ office }) => office)
          .sort(),
      ).toEqual(['team-secretary', 'unit-contact']);
      expect(await claim()).toEqual([]);
      expect(await outbox.nextTry(engine)).toBe('2026-02-04T01:01:00.000Z');
      const again = await claim('2026-02-04T01:01:00.000Z');
      expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
    });

    it('ends a notice once, with one event in its delivery stream, and brings the end to the case once', async () => {
      const [first, second] = await claim();
      const person = await people.add(app, { name: 'Vũ Mẫu' }, act);
      const sent = { id: first!.id, state: 'sent' as const, at: now, person, messageId: 'm1' };
      expect(await outbox.settle(engine, sent)).toBe(true);
      expect(await outbox.settle(engine, { ...sent, state: 'failed' })).toBe(false);
      await outbox.putOff(engine, { id: second!.id, nextTry: '2026-02-04T02:00:00.000Z', errorCode: 'SMTP' });
      const delivered = await ledger.eventsOf<{ data: object }>(engine, { kind: 'delivery', id: first!.id });
      expect(delivered).toMatchObject([{ seq: 1, type: 'noticeEnded', data: { end: 'sent', person } }]);
      const ends = await outbox.unreported(engine, 10);
      expect(ends).toEqual([
        {
          id: first!.id,
          campaignId: first!.campaignId,
          caseId: id,
          rung: first!.rung,
          office: first!.office,
          end: 'sent',
          at: now,
        },
      ]);
      await outbox.markReported(engine, [first!.id]);
      expect(await outbox.unreported(engine, 10)).toEqual([]);
      expect(await outbox.nextTry(engine)).toBe('2026-02-04T02:00:00.000Z');
      const shown = await outbox.ofCase(app, { caseId: id, limit: 1 });
      expect((await outbox.ofCase(app, { caseId: id, after: shown.next!, limit: 1 })).items).toHaveLength(1);
    });
  });

  describe('watch', () => {
    it('finds moments that did not act, and streams that do not add up', async () => {
      const { campaign } = await draftCampaign(app);
      const input = commitOf(id, 0);
      await commitStream(engine, input);
      const before = new Date(Date.parse(input.row.nextMoment!) + 1).toISOString();
      expect(await watch.missedMoments(engine, { before, limit: 50 })).toContainEqual({
        scope: 'case',
        id,
        seq: 1,
        nextMoment: input.row.nextMoment,
      });
      expect(await watch.running(engine, { limit: 1000 })).toContainEqual({ scope: 'case', id });
      expect((await watch.discrepancies(engine)).filter((fault) => fault.id === id)).toEqual([]);
      await owner.query(`UPDATE stream SET head_seq = 2 WHERE id = $1`, [id]);
      await owner.query(`INSERT INTO stream (kind, id) VALUES ('campaign', $1)`, [campaign]);
      const found = await watch.discrepancies(engine);
      expect(found).toContainEqual({ kind: 'case', id, fault: 'head' });
      expect(found).toContainEqual({ kind: 'campaign', id: campaign, fault: 'row-missing' });
    });

    it('lets one at a time be at a work, and lets the next one in afterwards', async () => {
      let inner: boolean | undefined;
      const outer = await watch.alone(engine, 'w', async () => {
        inner = await watch.alone(engine, 'w', async () => undefined);
      });
      expect([outer, inner]).toEqual([true, false]);
      await expect(watch.alone(engine, 'w', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
      expect(await watch.alone(engine, 'w', async () => undefined)).toBe(true);
    });

    it('keeps an alarm until it is cleared and a watermark that never moves back', async () => {
      const stream = { kind: 'case' as const, id };
      expect([
        await watch.raise(engine, 'workflow-missing', stream),
        await watch.raise(engine, 'workflow-missing', stream),
      ]).toEqual([true, false]);
      expect(await watch.alarms(app)).toMatchObject([{ alarm: 'workflow-missing', ...stream }]);
      await watch.clear(engine, 'workflow-missing', stream);
      expect(await watch.alarms(app)).toEqual([]);
      for (const at of ['2026-01-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z'])
        await watch.setWatermark(engine, 'm', at);
      expect(await watch.watermark(app, 'm')).toBe('2026-01-02T00:00:00.000Z');
    });
  });
});
