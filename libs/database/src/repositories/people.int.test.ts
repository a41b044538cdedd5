import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { act, formedCampaign, giveTo, type Invented } from '../testing/campaign.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import * as accounts from './accounts.js';
import * as sessions from './sessions.js';
import * as board from './board.js';
import { eventsOf } from './ledger.js';
import * as offices from './offices.js';
import * as organisations from './organisations.js';
import * as people from './people.js';
import * as recusals from './recusals.js';
import * as references from './references.js';

describe('organisations and people', () => {
  let db: TestDatabase;
  let app: DataSource;
  beforeAll(async () => {
    db = await createTestDatabase();
    app = await db.open('superuser');
  });
  afterAll(() => db.drop());

  it('keeps what a unit was called and to whom it belonged on each day', async () => {
    const add = (name: string, parent?: string, from = '2020-01-01') =>
      organisations.addUnit(app, { kind: 'commune', symbol: `S-${name}`, name, from, parent }, act);
    const province = await add('Tỉnh Mẫu');
    const district = await add('Huyện Cũ', province);
    const commune = await add('Xã Một', district);
    await organisations.rename(app, { id: commune, name: 'Xã Hai', from: '2024-01-01' }, act);
    const successor = await add('Xã Ba', province, '2025-07-01');
    const ending = { id: district, kind: 'dissolve' as const, successors: [], on: '2025-07-01' };
    await organisations.end(app, ending, act);
    await organisations.end(app, { id: commune, kind: 'merge', successors: [successor], on: '2025-07-01' }, act);

    const on = async (day: string) =>
      (await organisations.list(app, { on: day, limit: 50 })).items.map(({ name }) => name).sort();
    expect(await on('2023-06-01')).toEqual(['Huyện Cũ', 'Tỉnh Mẫu', 'Xã Một']);
    expect(await on('2025-06-30')).toEqual(['Huyện Cũ', 'Tỉnh Mẫu', 'Xã Hai']);
    expect(await on('2025-07-01')).toEqual(['Tỉnh Mẫu', 'Xã Ba']);
    const calledOn = async (day: string) => (await organisations.named(app, [commune], day))[commune]?.name;
    expect(await calledOn('2019-01-01')).toBe('Xã Một');
    expect(await calledOn('2023-01-01')).toBe('Xã Một');
    expect(await calledOn('2026-01-01')).toBe('Xã Hai');
    expect((await organisations.below(app, province, '2023-01-01')).sort()).toEqual(
      [province, district, commune].sort(),
    );
    expect(await organisations.below(app, province, '2026-01-01')).toEqual([province, successor]);
    expect(await organisations.successionsOf(app, commune)).toEqual([
      { unit: commune, successor, kind: 'merge', on: '2025-07-01' },
    ]);
    expect(await organisations.resolve(app, 'S-Xã Ba')).toEqual({ id: successor });
    expect(await organisations.resolve(app, 'nothing')).toBeNull();
    expect(await references.units(app, ['S-Xã Ba', commune, 'nothing', 'S-Xã Ba'])).toEqual({
      'S-Xã Ba': { id: successor, ended: null },
      [commune]: { id: commune, ended: '2025-07-01' },
    });
    const stream = await eventsOf<{ seq: number; type: string }>(app, { kind: 'organisation', id: commune });
    expect(stream.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'unitAdded'],
      [2, 'unitRenamed'],
      [3, 'unitEnded'],
    ]);
    expect(JSON.stringify(stream)).not.toContain('Xã');
  });

  it('pages through units without losing or repeating one', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await organisations.list(app, { on: '2023-06-01', after, limit: 2 });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    const all = await organisations.list(app, { on: '2023-06-01', limit: 100 });
    expect(seen).toEqual(all.items.map(({ id }) => id));
  });

  it('signs in by login without regard to case, and forgets a session that ended', async () => {
    const person = await people.add(app, { name: 'Trần Mẫu', email: 'mau@example.org' }, act);
    await accounts.setPassword(app, { personId: person, login: 'Tran.Mau', passwordHash: 'h1' });
    expect(await accounts.find(app, 'tran.mau')).toMatchObject({ personId: person, passwordHash: 'h1' });
    expect((await people.resolve(app, 'TRAN.MAU'))?.id).toBe(person);
    expect(await references.people(app, ['tran.mau', person, 'nobody'])).toEqual({
      'tran.mau': person,
      [person]: person,
    });
    const open = (idHash: string, expiresAt: string) =>
      sessions.open(app, { idHash, personId: person, kind: 'token', expiresAt });
    const who = (idHash: string) => sessions.find(app, { idHash, idleSeconds: 3600, demo: false, perMinute: 100 });
    await open('alive', '2099-01-01T00:00:00.000Z');
    await open('dead', '2020-01-01T00:00:00.000Z');
    expect(await who('alive')).toMatchObject({
      personId: person,
      login: 'Tran.Mau',
      name: 'Trần Mẫu',
      isConfirmed: false,
      mustChange: false,
      hasFactor: false,
    });
    expect(await who('dead')).toBeNull();
    expect(await sessions.purge(app)).toBe(1);
    await accounts.disable(app, person);
    expect(await who('alive')).toBeNull();
  });

  it('keeps somebody away from a unit, and from what it passes into, from the day it does', async () => {
    const unit = () => organisations.addUnit(app, { kind: 'commune', name: 'X', from: '2020-01-01' }, act);
    const [district, merged, one, two, last] = await Promise.all([unit(), unit(), unit(), unit(), unit()]);
    await organisations.rename(app, { id: district, name: 'Y', from: '2024-06-01' }, act);
    await organisations.end(app, { id: district, kind: 'merge', successors: [merged], on: '2025-01-01' }, act);
    await organisations.end(app, { id: merged, kind: 'split', successors: [one, two], on: '2025-07-01' }, act);
    await organisations.end(app, { id: two, kind: 'merge', successors: [last], on: '2026-01-01' }, act);
    const person = await people.add(app, { name: 'Nguyễn Mẫu' }, act);
    const recusal = { id: randomUUID(), person, unit: district, reason: 'kin', from: '2024-01-01', to: '2026-06-01' };
    await recusals.add(app, { ...recusal, by: person }, act);
    const units = [district, merged, one, two, last];
    const kept = async (on: string) => {
      const found = await recusals.against(app, { on, units, people: [person] });
      expect(found.every(({ recorded, reason }) => recorded === district && reason === 'kin')).toBe(true);
      return units.map((each) => (found.some((by) => by.unit === each) ? 1 : 0)).join('');
    };
    expect(await kept('2023-12-31')).toBe('00000');
    expect(await kept('2024-07-01')).toBe('10000');
    expect(await kept('2025-01-01')).toBe('11000');
    expect(await kept('2025-06-30')).toBe('11000');
    expect(await kept('2025-07-01')).toBe('11110');
    expect(await kept('2026-01-01')).toBe('11111');
    expect(await kept('2026-06-01')).toBe('00000');
  });

  describe('offices', () => {
    const unitOffices = ['unit-head', 'unit-contact'];
    let invented: Invented;
    let caseId: string;
    let engine: DataSource;

    beforeAll(async () => {
      engine = await db.open('engine');
      invented = await formedCampaign(app, engine, [1, 1]);
      caseId = invented.subjects[0]!.caseId;
      const launch = { type: 'launchWave' as const, wave: 1, cases: 2 };
      await giveTo(engine, 'campaign', invented.campaign, launch, 'coordinator');
      await app.query(`UPDATE campaign_wave SET state = 'standing'`);
    });

    const person = () => people.add(app, { name: 'Nguyễn Mẫu' }, act);
    const grant = async (office: string, scope: offices.OfficeScope, from = '2026-01-01', to?: string) => {
      const holder = await person();
      return { holder, id: await offices.grant(app, { person: holder, office, scope, from, to }, act) };
    };
    const asked = (on = '2026-03-05') => ({ scope: 'case' as const, id: caseId, on, unitOffices });
    const holders = async (office: string, on?: string) => {
      const scoped = { scope: 'case', id: caseId } as const;
      const both = await offices.holdersOn(
        app,
        [
          { office: 'none', ...scoped },
          { office, ...scoped },
        ],
        asked(on),
      );
      expect(both[0]).toEqual([]);
      return both[1]!.map((found) => [found.person, found.reach]);
    };

    it('reach a case by the case, its team, its campaign, its unit, or the owner of the campaign', async () => {
      const head = await grant('unit-head', { unit: invented.subjects[0]!.unit });
      const team = await grant('team-head', { team: 't1' });
      const signer = await grant('standing-signer', { unit: invented.owner });
      const area = await grant('area-officer', { case: caseId });
      const all = await grant('area-officer', { campaign: invented.campaign });
      expect(await holders('unit-head')).toEqual([[head.holder, 'unit']]);
      expect(await holders('team-head')).toEqual([[team.holder, 'team']]);
      expect(await holders('standing-signer')).toEqual([[signer.holder, 'owner']]);
      expect(await holders('area-officer')).toEqual([[area.holder, 'case']]);
      expect(await offices.ofPersonOn(app, all.holder, asked())).toMatchObject([
        { office: 'area-officer', reach: 'campaign' },
      ]);
      expect(await holders('nobody')).toEqual([]);
      const onCase = await references.officesOnCases(app, { cases: [caseId], on: '2026-03-05' });
      expect(onCase.map(({ grant: id }) => id)).toEqual([area.id]);
    });

    it('of one register mean nothing in the other', async () => {
      await grant('chief-of-office', { unit: invented.subjects[0]!.unit });
      await grant('unit-contact', { unit: invented.owner });
      expect(await holders('chief-of-office')).toEqual([]);
      expect(await holders('unit-contact')).toEqual([]);
    });

    it('hold from their first day until the day they end, and not a moment after they are taken away', async () => {
      const { holder, id } = await grant('team-secretary', { case: caseId }, '2026-03-02', '2026-04-01');
      expect(await holders('team-secretary', '2026-03-01')).toEqual([]);
      expect(await holders('team-secretary', '2026-03-31')).toEqual([[holder, 'case']]);
      expect(await holders('team-secretary', '2026-04-01')).toEqual([]);
      expect(await offices.revoke(app, { grant: id }, act)).toBe(true);
      expect(await offices.revoke(app, { grant: id }, act)).toBe(false);
      expect(await holders('team-secretary')).toEqual([]);
      const told = await eventsOf<{ type: string }>(app, { kind: 'grant', id });
      expect(told.map(({ type }) => type)).toEqual(['officeGranted', 'officeRevoked']);
    });

    it('show a person the rows they reach and no others, in pages by due', async () => {
      const own = await grant('unit-head', { unit: invented.subjects[1]!.unit });
      const seer = await grant('coordinator', { campaign: invented.campaign });
      const stranger = await grant('coordinator', { campaign: randomUUID() });
      const rows = async (who: { holder: string }, after?: board.BoardKey) => {
        const reader = { person: who.holder, on: '2026-03-05', unitOffices, auditOffices: [] };
        return board.list(app, { limit: 2, after, reader });
      };
      expect((await rows(own)).items.map(({ id }) => id)).toEqual([invented.subjects[1]!.caseId]);
      expect((await rows(stranger)).items).toEqual([]);
      const first = await rows(seer);
      const second = await rows(seer, first.next!);
      const lines = [...first.items, ...second.items];
      expect(lines.map(({ id }) => id).sort()).toEqual(
        [invented.campaign, ...invented.subjects.map((subject) => subject.caseId)].sort(),
      );
      const dues = lines.map(({ firstDue }) => firstDue ?? '~');
      expect(dues).toEqual(dues.toSorted());
      expect(second.next).toBeNull();
      const reader = { person: seer.holder, on: '2026-03-05', unitOffices, auditOffices: [] };
      const mine = await board.campaigns(app, { reader, limit: 10 });
      expect(mine.items).toMatchObject([{ id: invented.campaign, cases: { total: 2, open: 2 } }]);
    });

    it('are told, of several units in one case, where the step is owed, and on the case while its own unit stands', async () => {
      const first = invented.subjects[1]!;
      const own = await grant('unit-contact', { case: first.caseId });
      const second = await organisations.addUnit(app, { kind: 'commune', name: 'X', from: '2020-01-01' }, act);
      const other = await grant('unit-contact', { unit: second });
      const told = async (step: string, unit?: string) => {
        const asking = { office: 'unit-contact', scope: 'case' as const, id: first.caseId, step, unit };
        const [found] = await offices.holdersOn(app, [asking], asked());
        return found!.map((each) => [each.person, each.forUnit]);
      };
      expect(await told('anything')).toEqual([[own.holder, first.unit]]);
      const duties = { '*': { owes: [first.unit] }, s1: { owes: [second] }, s2: { owes: [first.unit, second] } };
      await app.query(`UPDATE case_row SET body = body || $2 WHERE id = $1`, [
        first.caseId,
        JSON.stringify({ duties }),
      ]);
      await app.query(
        `INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from) VALUES ($1, $2, $3, 'subject', now())`,
        [first.caseId, invented.campaign, second],
      );
      expect(await told('s1')).toEqual([[other.holder, second]]);
      expect(await told('s2', second)).toEqual([[other.holder, second]]);
      expect(await told('s2', first.unit)).toEqual([[own.holder, first.unit]]);
      expect(await told('anything')).toEqual([[own.holder, first.unit]]);
      await app.query(`UPDATE case_party SET valid_to = now() WHERE case_id = $1 AND unit_id = $2`, [
        first.caseId,
        first.unit,
      ]);
      expect(await offices.ofPersonOn(app, own.holder, { ...asked(), id: first.caseId })).toEqual([]);
    });

    it('counts who is late as of a day, binding and policy apart', async () => {
      const at = (today: string) =>
        board.figures(app, { campaignId: invented.campaign, today, now: `${today}T00:00:00.000Z` });
      expect(await at('2026-03-03')).toEqual({
        total: 2,
        byStatus: { running: 2 },
        byStage: { 'decision-formed': 2 },
        late: 0,
        pastMark: 0,
      });
      const later = await at('2027-01-01');
      expect(later.late + later.pastMark).toBe(2);
    });
  });
});
