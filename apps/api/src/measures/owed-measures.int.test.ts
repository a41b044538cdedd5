import { randomUUID } from 'node:crypto';
import { content } from '@giamsat/database';
import { fold, type CommandBody } from '@giamsat/procedure';
import type { INestApplicationContext } from '@nestjs/common';
import { createWorld, eventsOf, give, type World } from '../../../../test/support/world.js';
import { startWorker } from '../../../worker/testing/start.js';
import { launchFirstWave } from '../../../../test/support/launched.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const key = () => randomUUID();

/** XA-1 is supervised; a measure of its conclusion is for XA-2, which has no case of its own, and one for XA-1 itself. */
describe('a measure that another unit owes', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let id: string;
  let worker: INestApplicationContext;
  const [owed, own] = ['m-owed', 'm-own'];

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 3);
    worker = await startWorker(world);
    api = await startApi(world);
    const campaign = await launchFirstWave(
      api,
      documentOf(province, today, { subjects: [{ unit: 'XA-1', team: 'D1' }] }),
    );
    const { items } = await (await api.as('coordinator')).getBoard({ params: { id: campaign } });
    id = items[0]!.caseId;
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  const dates = { document: today, sent: today, received: today };
  async function act(capacity: string, body: CommandBody): Promise<void> {
    const answer = await give(world, 'case', id, capacity, body, capacity === 'document-office' ? { dates } : {});
    if (answer.outcome === 'refused') throw new Error(`${body.type}: ${JSON.stringify(answer.refusal)}`);
  }
  const complete = (capacity: string, step: string, outcome: string) =>
    act(capacity, { type: 'completeStep', step, outcome });

  /** All steps up to the conclusion that the unit has received, with a finding and a measure for each of the two units. */
  async function concluded(): Promise<void> {
    await complete('team-head', 'outline-prepared', 'ready');
    await complete('document-office', 'kick-off', 'by-letter');
    await act('unit-head', { type: 'submitStep', step: 'self-report' });
    await complete('team-head', 'self-report', 'accepted');
    await act('team-secretary', { type: 'submitStep', step: 'draft-report' });
    await complete('team-head', 'draft-report', 'to-conference');
    await complete('team-head', 'unit-conference', 'agreed');
    await complete('team-head', 'field-work', 'done');
    await act('team-head', { type: 'submitStep', step: 'report-submitted' });
    await complete('chief-of-office', 'report-submitted', 'submitted');
    await complete('standing-signer', 'report-reviewed', 'concluded');
    await act('team-secretary', { type: 'recordFinding', finding: 'f1', kind: 'limitation' });
    for (const [measure, unit] of [
      [owed, province.units[1]!],
      [own, province.units[0]!],
    ] as const) {
      const text = await content.put(world.owner, `Zviệc của ${measure}`, { caseId: id });
      const body = { type: 'recordMeasure', measure, findings: ['f1'], nature: 'duty', owes: unit, text } as const;
      await act('team-head', { ...body, findings: [...body.findings] });
    }
  }

  it('is told to that unit with the conclusion, is answered by it, and opens nothing else of the case', async () => {
    const [head, contact, subject, stranger] = await Promise.all(
      ['head-2', 'contact-2', 'head-1', 'head-3'].map(api.as),
    );
    await concluded();
    expect((await head!.listOwedMeasures()).items).toEqual([]);
    await complete('standing-signer', 'conclusion-issued', 'issued');
    await complete('document-office', 'conclusion-delivered', 'delivered');
    const mine = { case: id, measure: owed, unit: { id: province.units[1] }, text: `Zviệc của ${owed}`, open: false };
    expect((await head!.listOwedMeasures()).items).toMatchObject([mine]);
    await act('unit-head', { type: 'submitStep', step: 'remediation-plan' });
    await complete('standing-signer', 'remediation-plan', 'accepted');
    // Counted from what it is given of the case, the day is that of the whole.
    const { dues } = fold(await eventsOf(world, 'case', id));
    const due = dues[`remediation-progress/${owed}`]!.due;
    expect(due).not.toBeNull();
    expect((await head!.listOwedMeasures()).items).toMatchObject([{ ...mine, open: true, status: 'open', due }]);
    // The contact reads it, and does not sign for the unit; nobody else has such a measure.
    expect((await contact!.listOwedMeasures()).items).toMatchObject([{ ...mine, open: false }]);
    for (const other of [subject!, stranger!]) expect((await other.listOwedMeasures()).items).toEqual([]);

    // Nothing else of the case is there for it, by any door.
    const params = { id };
    const closed = [
      () => head!.getCase({ params }),
      () => head!.getCaseHistory({ params }),
      () => head!.listCaseNotices({ params }),
      () => head!.listCaseCorrections({ params }),
      () => head!.listCaseAccess({ params }),
      () =>
        head!.commandCase({ params, key: key(), body: { type: 'submitStep', step: `remediation-progress/${owed}` } }),
    ];
    for (const ask of closed) expect((await problemOf(ask())).code).toBe('NOT_FOUND');
    expect((await head!.listDuties()).items).toEqual([]);
    expect((await head!.listCampaigns()).items).toEqual([]);

    const report = (client: typeof head, measure = owed) =>
      client!.reportMeasure({ params: { id, measure }, key: key(), body: {} });
    expect((await problemOf(report(head, own))).code).toBe('NOT_FOUND');
    for (const other of [subject!, stranger!]) expect((await problemOf(report(other))).code).toBe('NOT_FOUND');
    const step = `remediation-progress/${owed}`;
    const byAnother = subject!.commandCase({ params, key: key(), body: { type: 'submitStep', step } });
    expect((await problemOf(byAnother)).code).toBe('NOT_ALLOWED');
    expect((await problemOf(report(contact))).code).toBe('NOT_ALLOWED');
    expect((await report(head)).outcome).toBe('accepted');
    const sent = (await eventsOf(world, 'case', id)).findLast(({ type }) => type === 'stepSubmitted')!;
    expect(sent).toMatchObject({ data: { step }, by: { actor: province.person['head-2'], capacity: 'unit-head' } });
    expect((await head!.listOwedMeasures()).items).toMatchObject([{ ...mine, open: false, status: 'submitted' }]);
    const trail: object[] = await world.owner.query(
      `SELECT DISTINCT act, outcome FROM access_log WHERE person_id = $1 AND case_id = $2 AND outcome = 'read'`,
      [province.person['head-2'], id],
    );
    expect(trail).toEqual([{ act: 'GET /owed-measures', outcome: 'read' }]);
    expect(
      (
        await subject!.commandCase({
          params,
          key: key(),
          body: { type: 'submitStep', step: `remediation-progress/${own}` },
        })
      ).outcome,
    ).toBe('accepted');
  });
});
