import { randomUUID } from 'node:crypto';
import { type Client, type CommandInput, createClient } from '@giamsat/contracts/http';
import { offices, openDatabase, setViewer } from '@giamsat/database';
import { addDays } from '@giamsat/procedure';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { createWorld, eventsOf, type World } from '../../../../test/support/world.js';
import { startWorker } from '../../../worker/testing/start.js';
import { launchFirstWave } from '../../../../test/support/launched.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const key = () => randomUUID();

describe('a correction', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let campaignId: string;
  let cases: string[];
  let worker: INestApplicationContext;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 7);
    worker = await startWorker(world);
    api = await startApi(world);
    campaignId = await launchFirstWave(api, documentOf(province, today));
    const { items } = await (await api.as('coordinator')).getBoard({ params: { id: campaignId } });
    cases = province.units.map((unit) => items.find((row) => row.unit.id === unit)!.caseId);
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  const give = (client: Client, id: string, body: CommandInput) =>
    client.commandCase({ params: { id }, key: key(), body });
  const corrected = async (id: string) =>
    (await eventsOf(world, 'case', id)).filter(({ type }) => type === 'entryCorrected');
  /** The kick-off of a case by a letter, entered with the wrong day, and the right one: the unit owes its report earlier. */
  async function wrong(id: string) {
    const leader = await api.as('leader');
    await give(leader, id, { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
    await give(leader, id, { type: 'completeStep', step: 'kick-off', outcome: 'by-letter' });
    const entry = (await eventsOf(world, 'case', id)).findLast(({ type }) => type === 'stepCompleted')!.seq;
    const day = addDays(today, -7);
    const replace = { dates: { document: day, sent: day, received: day } };
    return { params: { id }, body: { type: 'correctEntry' as const, entry, replace, reason: 'Zghi nhầm ngày' } };
  }

  it('is proposed by one, changes nothing until another one confirms it, and bears both names', async () => {
    const id = cases[0]!;
    const [clerk, chief, coordinator, head] = await Promise.all(
      ['clerk', 'chief', 'coordinator', 'head-1'].map(api.as),
    );
    const { params, body } = await wrong(id);
    const same = key();
    const proposal = await clerk!.proposeCaseCorrection({ params, body, key: same });
    expect(proposal).toMatchObject({ entry: body.entry, void: false, mine: true, stale: false, reason: body.reason });
    expect(proposal.movement.dues.map(({ step }) => step)).toContain('self-report');
    expect(await clerk!.proposeCaseCorrection({ params, body, key: same })).toEqual(proposal);
    expect(await corrected(id)).toEqual([]);
    expect(JSON.stringify(await world.owner.query('SELECT * FROM correction_proposal'))).not.toContain('Zghi');

    // Who may correct sees it, each in his place; the unit and who may not learn nothing of it.
    expect((await chief!.listCaseCorrections({ params })).items).toMatchObject([{ id: proposal.id, mine: false }]);
    expect((await chief!.listCorrections()).items).toMatchObject([{ proposal: proposal.id, id, scope: 'case' }]);
    expect((await clerk!.listCorrections()).items).toEqual([]);
    for (const other of [coordinator!, head!]) {
      expect((await other.listCaseCorrections({ params })).items).toEqual([]);
      expect((await other.listCorrections()).items).toEqual([]);
    }
    const confirming = { params: { id, proposal: proposal.id }, body: {} };
    const codeOf = async (client: Client) =>
      (await problemOf(client.confirmCaseCorrection({ ...confirming, key: key() }))).code;
    expect(await codeOf(clerk!)).toBe('SECOND_PERSON_MISSING');
    expect(await codeOf(coordinator!)).toBe('NOT_ALLOWED');
    expect(await codeOf(head!)).toBe('NOT_FOUND');
    const elsewhere = { params: { id: cases[1]!, proposal: proposal.id }, body: {}, key: key() };
    expect((await problemOf(chief!.confirmCaseCorrection(elsewhere))).code).toBe('NOT_FOUND');
    const unproven = createClient({ baseUrl: api.url, token: await api.tokenOf('chief') });
    expect(await codeOf(unproven)).toBe('PROOF_NEEDED');
    expect(await corrected(id)).toEqual([]);

    const again = { ...confirming, key: key() };
    const answer = await chief!.confirmCaseCorrection(again);
    expect(await chief!.confirmCaseCorrection(again)).toEqual(answer);
    expect(await corrected(id)).toMatchObject([
      {
        by: {
          actor: province.person.clerk,
          capacity: 'document-office',
          second: province.person.chief,
          secondCapacity: 'chief-of-office',
        },
      },
    ]);
    const { view, texts } = await chief!.getCase({ params });
    const of = (step: string) => view.steps.find((each) => each.key === step);
    expect(of('kick-off')).toMatchObject({ metOn: body.replace.dates.sent, sameHand: false });
    expect(of('self-report')?.deadline?.due).toBe(
      proposal.movement.dues.find(({ step }) => step === 'self-report')?.to,
    );
    expect(Object.values(texts)).toContain(body.reason);
    expect((await chief!.listCaseCorrections({ params })).items).toEqual([]);
    expect(await codeOf(chief!)).toBe('PROPOSAL_STALE');
    expect((await problemOf(clerk!.declineCaseCorrection(confirming))).code).toBe('PROPOSAL_STALE');
    expect(await corrected(id)).toHaveLength(1);
  });

  it('leaves as it stands what it does not name, and takes away a date that is named as null', async () => {
    const { params, body } = await wrong(cases[6]!);
    const [clerk, chief] = await Promise.all(['clerk', 'chief'].map(api.as));
    const correct = async (entry: number, replace: object) => {
      const asked = { params, body: { ...body, entry, replace }, key: key() };
      const { id: proposal, replace: shown } = await clerk!.proposeCaseCorrection(asked);
      await chief!.confirmCaseCorrection({ params: { ...params, proposal }, body: {}, key: key() });
      const { seq, data } = (await corrected(params.id)).at(-1)! as { seq: number; data: { replace?: object } };
      // Whoever confirms it is shown all of it.
      expect(shown).toEqual(data.replace);
      return { seq, replace: data.replace };
    };
    const [day, paper] = [body.replace.dates.document, { kind: 'CV', number: '7-CV/TU' }];
    const first = await correct(body.entry, { dates: { document: day } });
    expect(first.replace).toEqual({ dates: { document: day, sent: today, received: today } });
    const second = await correct(first.seq, { paper });
    expect(second.replace).toEqual({ ...first.replace, paper });
    const third = await correct(second.seq, { dates: { received: null } });
    expect(third.replace).toEqual({ paper, dates: { document: day, sent: today } });
  });

  it('given by one account is refused, unless the signed paper of a second one comes with it', async () => {
    const { params, body } = await wrong(cases[1]!);
    const clerk = await api.as('clerk');
    expect((await problemOf(give(clerk, params.id, body))).code).toBe('SECOND_PERSON_MISSING');
    const paper = { kind: 'CV', number: '9-CV/TU', date: today, signedAs: 'T/L' as const };
    const unproven = createClient({ baseUrl: api.url, token: await api.tokenOf('clerk') });
    expect((await problemOf(give(unproven, params.id, { ...body, paper }))).code).toBe('PROOF_NEEDED');
    await give(clerk, params.id, { ...body, paper });
    expect(await corrected(params.id)).toMatchObject([{ paper: { number: '9-CV/TU', signedAs: 'T/L' } }]);
  });

  it('is proposed anew when it would move something else by now; what merely went on does not matter', async () => {
    const { params, body } = await wrong(cases[2]!);
    const [clerk, chief, leader] = await Promise.all(['clerk', 'chief', 'leader'].map(api.as));
    const proposal = await clerk!.proposeCaseCorrection({ params, body, key: key() });
    const confirming = () => ({ params: { ...params, proposal: proposal.id }, body: {}, key: key() });
    await give(await api.as('scribe'), params.id, { type: 'recordPaper', paper: { kind: 'CV', number: '3-CV/ĐGS' } });
    expect((await chief!.listCaseCorrections({ params })).items).toMatchObject([{ stale: false }]);
    await give(await api.as('signer'), params.id, { type: 'suspend', reason: 'Bão lũ' });
    expect((await chief!.listCaseCorrections({ params })).items).toMatchObject([{ stale: true }]);
    expect((await problemOf(chief!.confirmCaseCorrection(confirming()))).code).toBe('PROPOSAL_STALE');
    expect((await problemOf(leader!.declineCaseCorrection(confirming()))).code).toBe('NOT_ALLOWED');
    expect(await clerk!.declineCaseCorrection(confirming())).toEqual({ declined: true });
    expect((await problemOf(clerk!.declineCaseCorrection(confirming()))).code).toBe('PROPOSAL_STALE');
    expect(await corrected(params.id)).toEqual([]);
  });

  it('rests on the offices of both: one that is gone by then carries nothing', async () => {
    const { params, body } = await wrong(cases[3]!);
    const act = { at: new Date().toISOString(), commandId: randomUUID(), by: 'engine' as const };
    const scope = { case: params.id };
    const given = { person: province.person.clerk!, office: 'team-secretary', scope, from: '2020-01-01' };
    const grant = await offices.grant(world.owner, given, act);
    const [clerk, chief] = await Promise.all(['clerk', 'chief'].map(api.as));
    const proposed = { ...body, capacity: 'team-secretary' };
    const { id: proposal } = await clerk!.proposeCaseCorrection({ params, body: proposed, key: key() });
    await offices.revoke(world.owner, { grant }, act);
    const confirming = { params: { ...params, proposal }, body: {}, key: key() };
    expect((await problemOf(chief!.confirmCaseCorrection(confirming))).code).toBe('PROPOSAL_STALE');
    expect(await corrected(params.id)).toEqual([]);
  });

  it('of a campaign goes the same way', async () => {
    const params = { id: campaignId };
    const [clerk, chief] = await Promise.all(['clerk', 'chief'].map(api.as));
    const entry = (await eventsOf(world, 'campaign', campaignId)).findLast(({ type }) => type === 'stepCompleted')!.seq;
    const paper = { kind: 'QĐ', number: '35-QĐ/TU', date: today };
    const body = { type: 'correctEntry' as const, entry, replace: { paper }, reason: 'Sai số' };
    const { id: proposal } = await clerk!.proposeCampaignCorrection({ params, body, key: key() });
    expect((await chief!.listCampaignCorrections({ params })).items).toHaveLength(1);
    await chief!.confirmCampaignCorrection({ params: { ...params, proposal }, body: {}, key: key() });
    const last = (await eventsOf(world, 'campaign', campaignId)).findLast(({ type }) => type === 'entryCorrected');
    expect(last?.by).toMatchObject({ actor: province.person.clerk, second: province.person.chief });
  });

  it('is marked as confirmed by the commit alone, never by whoever proposed it, not even in the table', async () => {
    const { params, body } = await wrong(cases[4]!);
    const { id: proposal } = await (await api.as('clerk')).proposeCaseCorrection({ params, body, key: key() });
    const { clerk, chief } = province.person;
    const marking = (as: EntityManager, by: string | undefined) =>
      as.query(`UPDATE correction_proposal SET state = 'confirmed', settled_by = $2 WHERE id = $1`, [proposal, by]);
    await expect(marking(world.owner.manager, clerk)).rejects.toMatchObject({ code: '23514' });
    const app = await openDatabase({ url: world.environment.DATABASE_URL_APP!, poolSize: 1 });
    const asChief = app.transaction(async (manager) => {
      await setViewer(manager, { person: chief!, on: today, unitOffices: [], auditOffices: [] });
      await marking(manager, chief);
    });
    await expect(asChief).rejects.toMatchObject({ code: '42501' });
    await app.destroy();
  });

  it('is declined or confirmed, whichever came first, and each of both is told the truth', async () => {
    const { params, body } = await wrong(cases[5]!);
    const [clerk, chief] = await Promise.all(['clerk', 'chief'].map(api.as));
    const { id: proposal } = await clerk!.proposeCaseCorrection({ params, body, key: key() });
    const settling = { params: { ...params, proposal }, body: {}, key: key() };
    const { confirming } = await world.owner.transaction(async (manager) => {
      await manager.query(`SELECT FROM stream WHERE kind = 'case' AND id = $1 FOR UPDATE`, [params.id]);
      const confirming = problemOf(chief!.confirmCaseCorrection(settling));
      const waiting = `SELECT count(*)::integer AS n FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%commit_attested%'`;
      for (let n = 0; n === 0;) [{ n }] = (await world.owner.query(waiting)) as [{ n: number }];
      expect(await clerk!.declineCaseCorrection(settling)).toEqual({ declined: true });
      return { confirming };
    });
    expect((await confirming).code).toBe('PROPOSAL_STALE');
    expect(await corrected(params.id)).toEqual([]);
    expect((await chief!.listCaseCorrections({ params })).items).toEqual([]);
  });
});
