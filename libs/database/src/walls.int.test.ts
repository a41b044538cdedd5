import { randomUUID } from 'node:crypto';
import { fold, project, type CommandBody } from '@giamsat/procedure';
import type { DataSource } from 'typeorm';
import { NOBODY, ScopedDatabase, type Viewer } from './context.js';
import * as access from './repositories/access.js';
import * as board from './repositories/board.js';
import * as campaigns from './repositories/campaigns.js';
import * as content from './repositories/content.js';
import { owedEventsOf } from './repositories/ledger.js';
import * as offices from './repositories/offices.js';
import * as people from './repositories/people.js';
import { act, formedCampaign, giveTo, OPENED, type Invented } from './testing/campaign.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

/** Tables without a word or an id of any case: what ran, and how far the loops have come. */
const OPEN = ['migrations', 'watermark'];

describe('the walls', () => {
  let db: TestDatabase;
  let owner: DataSource;
  let app: ScopedDatabase;
  let engine: DataSource;
  let mine: Invented;
  let other: Invented;

  beforeAll(async () => {
    db = await createTestDatabase();
    const [superuser, plain, worker] = await Promise.all([db.open('superuser'), db.open('app', 4), db.open('engine')]);
    [owner, engine, app] = [superuser, worker, new ScopedDatabase(plain)];
    [mine, other] = [await launched(), await launched()];
    await owner.query(`UPDATE campaign_wave SET state = 'standing'`);
    for (const { campaign, subjects } of [mine, other])
      for (const { caseId } of subjects)
        await content.put(owner, `text of ${caseId}`, { campaignId: campaign, caseId });
    await owner.query(
      `INSERT INTO outbox (campaign_id, case_id, office, rung, step, kind, due, binding, due_at, next_try)
       SELECT campaign_id, case_id, 'unit-head', 'r', 's', 'notice', '2026-03-09', true, now(), now() FROM supervision_case`,
    );
  });
  afterAll(() => db.drop());

  async function launched(): Promise<Invented> {
    const invented = await formedCampaign(owner, engine, [1, 1]);
    await giveTo(engine, 'campaign', invented.campaign, { type: 'launchWave', wave: 1, cases: 2 }, 'coordinator');
    return invented;
  }

  const lists = { unitOffices: ['unit-head', 'unit-contact'], auditOffices: ['auditor'] };
  const viewer = (person: string, on = '2026-03-05'): Viewer => ({ person, on, ...lists });
  const as = <T>(person: string, work: () => Promise<T>, on?: string) => app.within(viewer(person, on), work);
  const holder = async (office: string, scope: offices.OfficeScope, to?: string): Promise<string> => {
    const person = await people.add(owner, { name: 'Nguyễn Mẫu' }, act);
    await offices.grant(owner, { person, office, scope, from: '2026-01-01', to }, act);
    return person;
  };
  const tables = async (): Promise<{ name: string; forced: boolean; granted: boolean; campaign: boolean }[]> =>
    owner.query(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
         has_table_privilege('app', c.oid, 'SELECT') AS granted,
         EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'campaign_id') AS campaign
       FROM pg_class AS c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`,
    );
  /** Campaigns of which this person sees anything in any table that carries one. */
  const seen = async (person: string, on?: string): Promise<Record<string, string[]>> => {
    const found: Record<string, string[]> = {};
    for (const { name, campaign } of await tables()) {
      if (!campaign || name === 'office_holder') continue;
      const sql = `SELECT DISTINCT coalesce(to_jsonb(t)->>'case_id', CASE WHEN to_jsonb(t)->>'scope' = 'case'
        THEN to_jsonb(t)->>'id' END, 'campaign ' || (to_jsonb(t)->>'campaign_id')) AS what FROM ${name} AS t
        WHERE campaign_id IS NOT NULL`;
      const rows = await as(person, () => app.query<{ what: string }[]>(sql), on);
      found[name] = rows.map(({ what }) => what).sort();
    }
    return found;
  };

  it('stand around every table, and bind the owner too', async () => {
    const open = (await tables()).filter(({ forced }) => !forced).map(({ name }) => name);
    expect(open).toEqual(OPEN);
  });

  it('show nothing to whoever forgot to say who looks, and no case to somebody who has not said', async () => {
    for (const { name, granted } of await tables())
      if (granted && !OPEN.includes(name)) expect([name, await app.query(`SELECT FROM ${name}`)]).toEqual([name, []]);
    expect(Object.values(await seen(NOBODY)).flat()).toEqual([]);
    expect(await as(NOBODY, () => people.list(app, { limit: 5 }))).toMatchObject({ items: [{}, {}] });
  });

  it('show a unit its own case, in every table, and nothing of the plan', async () => {
    const [own] = mine.subjects;
    const head = await holder('unit-head', { unit: own!.unit });
    const found = await seen(head);
    for (const [table, what] of Object.entries(found)) {
      const isOfPlan = ['plan_revision', 'rehearsal', 'access_log', 'command', 'correction_proposal'].includes(table);
      const expected = table === 'campaign_wave' ? [`campaign ${mine.campaign}`] : isOfPlan ? [] : [own!.caseId];
      expect([table, what]).toEqual([table, expected]);
    }
    const label = (id: string) => as(head, () => campaigns.label(app, id));
    expect([await label(mine.campaign), await label(other.campaign)]).toEqual([{ title: null, procedure: null }, null]);
    expect(await as(head, () => campaigns.find(app, mine.campaign))).toBeNull();
  });

  it('show a unit that owes one measure of another’s case no row of it, and what that measure hangs on by one door', async () => {
    const [{ caseId, unit: subject }] = other.subjects as [Invented['subjects'][number]];
    const [owes, another] = [mine.subjects[1]!.unit, mine.subjects[0]!.unit];
    const give = (body: CommandBody) => giveTo(engine, 'case', caseId, body, 'team-secretary');
    const inCase = { campaignId: other.campaign, caseId };
    const [text, foreign] = [await content.put(owner, 'own', inCase), await content.put(owner, 'foreign', inCase)];
    await give({ type: 'recordFinding', finding: 'f1', kind: 'limitation', text: foreign });
    const measure = { type: 'recordMeasure', findings: ['f1'], nature: 'duty' } as const;
    await give({ ...measure, findings: ['f1'], measure: 'm1', owes, text });
    await give({ ...measure, findings: ['f1'], measure: 'm2', owes: another, text: foreign });
    const head = await holder('unit-head', { unit: owes });
    // Of the texts its own, by its hash.
    const { content: _, ...rows } = await seen(head);
    const own = Object.values(rows).flat();
    expect(own).toContain(mine.subjects[1]!.caseId);
    for (const hidden of [caseId, `campaign ${other.campaign}`]) expect(own).not.toContain(hidden);
    expect(await as(head, () => content.texts(app, [text, foreign]))).toEqual({ [text]: 'own' });

    const owed = (person: string) => as(person, () => owedEventsOf(app, caseId));
    const told = await owed(head);
    const { measures } = project(fold(told), told, OPENED);
    expect(measures).toMatchObject([{ measure: 'm1', state: 'open' }]);
    expect(JSON.stringify(told)).not.toMatch(new RegExp(['m2', 'f1"}', foreign, subject, another].join('|')));
    expect(told.some(({ type }) => type === 'findingRecorded')).toBe(false);
    expect(await as(head, () => campaigns.label(app, other.campaign))).not.toBeNull();
    const stranger = await holder('unit-head', { unit: other.subjects[1]!.unit });
    for (const person of [stranger, NOBODY]) expect(await owed(person)).toEqual([]);
    expect(await owedEventsOf(app, caseId)).toEqual([]);
    const late = await as(head, () => owedEventsOf(app, caseId), '2025-12-31');
    expect(late).toEqual([]);
  });

  it('show the owner’s offices the campaign with all its cases, a team its cases, and both nothing of another', async () => {
    const coordinator = await holder('coordinator', { unit: mine.owner });
    const lines = await as(coordinator, () => board.list(app, { limit: 10 }));
    expect(lines.items.map(({ id }) => id).sort()).toEqual(
      [mine.campaign, ...mine.subjects.map(({ caseId }) => caseId)].sort(),
    );
    const everything = new Set(Object.values(await seen(coordinator)).flat());
    for (const { caseId } of other.subjects) expect(everything).not.toContain(caseId);
    expect(everything).not.toContain(`campaign ${other.campaign}`);
    await owner.query(`UPDATE case_row SET team = 't2' WHERE campaign_id = $1`, [other.campaign]);
    const member = await holder('team-member', { team: 't2' });
    expect((await seen(member)).ledger).toEqual(other.subjects.map(({ caseId }) => caseId).sort());
  });

  it('order a unit’s list by what it owes itself: neither the order nor a page’s key tells of the days of others', async () => {
    const [{ caseId, unit }] = mine.subjects as [Invented['subjects'][number]];
    const place = async (person: string, after?: board.BoardKey) => {
      const query = { limit: 10, reader: viewer(person), ...(after && { after }) };
      const { items } = await as(person, () => board.list(app, query));
      return items.find(({ id }) => id === caseId)?.firstDue;
    };
    const [head, coordinator] = [
      await holder('unit-head', { unit }),
      await holder('coordinator', { unit: mine.owner }),
    ];
    const due = await place(coordinator);
    expect(due).toMatch(/^20/);
    expect(await place(head)).toBeNull();
    // A key of one's own making finds out no more.
    const made = (day: string) => ({ firstDue: day, id: '00000000-0000-0000-0000-000000000000' });
    expect([await place(head, made('1999-01-01')), await place(head, made('2999-01-01'))]).toEqual([null, null]);
    expect(await place(coordinator, made('2999-01-01'))).toBeUndefined();
    await owner.query(
      `UPDATE case_row SET body = body || jsonb_build_object('duties', jsonb_build_object('own', jsonb_build_object('owes', jsonb_build_array($2::text))),
         'dues', body->'dues' || '[{"key": "own", "due": "2030-01-01"}, {"key": "hidden", "due": "2029-01-01"}]') WHERE id = $1`,
      [caseId, unit],
    );
    expect(await place(head)).toBe('2030-01-01');
  });

  it('keep the directory from whoever has not said who he is, and recusals from the units', async () => {
    const [unit] = mine.subjects.map((subject) => subject.unit);
    const person = await people.add(owner, { name: 'Nguyễn Mẫu' }, act);
    await owner.query(
      `INSERT INTO recusal (person_id, unit_id, reason, valid_from, recorded_by) VALUES ($1, $2, 'kin', '2026-01-01', $1)`,
      [person, unit],
    );
    const head = await holder('unit-head', { unit: unit! });
    const coordinator = await holder('coordinator', { unit: mine.owner });
    const directory = ['org_unit', 'org_name', 'org_parent', 'office_holder', 'recusal'];
    const found = async (who: string): Promise<string[]> => {
      const rows = await Promise.all(
        directory.map((table) => as(who, () => app.query<object[]>(`SELECT FROM ${table} LIMIT 1`))),
      );
      return directory.filter((_, i) => rows[i]!.length > 0);
    };
    expect(await found(NOBODY)).toEqual([]);
    expect(await found(head)).toEqual(directory.slice(0, -1));
    expect(await found(coordinator)).toEqual(directory);
  });

  it('open for as long as an office is held, and to an auditor for the campaigns his mandate names', async () => {
    const auditor = await holder('auditor', { campaign: mine.campaign }, '2026-04-01');
    expect((await seen(auditor)).plan_revision).toEqual([`campaign ${mine.campaign}`]);
    expect(Object.values(await seen(auditor, '2026-04-01')).flat()).toEqual([]);
    const inRegister = await holder('auditor', { unit: mine.owner });
    expect(Object.values(await seen(inRegister)).flat()).toEqual([]);
    // Years later, when the unit is gone and its offices are empty.
    await owner.query(`UPDATE office_holder SET revoked_at = now() WHERE unit_id IS NOT NULL`);
    expect((await seen(auditor)).case_row).toHaveLength(3);
  });

  it('let nobody write what is not his', async () => {
    const head = await holder('unit-head', { unit: mine.subjects[0]!.unit });
    const refused = { code: '42501' };
    const [own, foreign] = [mine.subjects[0]!, other.subjects[0]!];
    await as(head, () => content.put(app, 'own', { campaignId: mine.campaign, caseId: own.caseId }));
    const onForeign = { campaignId: other.campaign, caseId: foreign.caseId };
    await expect(as(head, () => content.put(app, 'x', onForeign))).rejects.toMatchObject(refused);
    const trace = { person: mine.person, capacity: '', act: 'x', outcome: 'read' as const };
    await expect(as(head, () => access.record(app, trace))).rejects.toMatchObject(refused);
    const draft = { ownerUnit: other.owner, draft: {}, createdBy: head };
    await expect(as(head, () => campaigns.create(app, draft))).rejects.toMatchObject(refused);
    const command = `INSERT INTO command (command_id, actor, outcome) VALUES ($1, $2, 'unknown')`;
    await expect(as(head, () => app.query(command, [randomUUID(), mine.person]))).rejects.toMatchObject(refused);
  });

  it('give the engine every case, and no text, no draft and no account', async () => {
    const { id } = await campaigns.create(owner, { ownerUnit: mine.owner, draft: {}, createdBy: mine.person });
    expect(await campaigns.find(engine, id)).toBeNull();
    expect(await campaigns.find(engine, mine.campaign)).not.toBeNull();
    for (const table of ['content', 'account', 'session', 'access_log'])
      await expect(engine.query(`SELECT FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('keep one request at one moment, in one transaction that only reads', async () => {
    const coordinator = await holder('coordinator', { campaign: mine.campaign });
    await app.within(viewer(coordinator), async (end) => {
      app.become(viewer(coordinator), { reading: true });
      const count = () => app.query<{ n: number }[]>('SELECT count(*)::integer AS n FROM content');
      const [before] = await count();
      await content.put(owner, 'meanwhile', { campaignId: mine.campaign });
      expect(await Promise.all([count(), count()])).toEqual([[before], [before]]);
      const put = () => content.put(app, 'x', { campaignId: mine.campaign });
      await app.apart(put);
      expect(await app.transaction(count)).toEqual([before]);
      await expect(put()).rejects.toMatchObject({ code: '25006' });
      await end();
      await expect(count()).rejects.toThrow('ended');
    });
  });

  it('serve many more requests than there are connections, each of which keeps to one', async () => {
    const coordinator = await holder('coordinator', { campaign: mine.campaign });
    const request = () =>
      app.within(viewer(coordinator), async (end) => {
        await app.transaction(() => board.list(app, { limit: 1 }));
        app.become(viewer(coordinator), { reading: true });
        const lines = await app.transaction(async () => (await board.list(app, { limit: 10 })).items);
        await end();
        return lines.length;
      });
    expect(await Promise.all(Array.from({ length: 40 }, request))).toEqual(Array.from({ length: 40 }, () => 3));
  });
});
