import { randomUUID } from 'node:crypto';
import type { Client, CommandInput } from '@giamsat/contracts/http';
import { ledger, offices } from '@giamsat/database';
import { addDays, weekday } from '@giamsat/procedure';
import { createWorld, eventsOf, eventually, type World } from '../../../../test/support/world.js';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../../../worker/testing/start.js';
import { launchFirstWave } from '../../../../test/support/launched.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const key = () => randomUUID();
/** A calendar that has the next eight weekdays off, which no other has. */
function calendarFile({ id = 'VN', revision = 999, weekend = '[6, 7]' }: Record<string, string | number> = {}): string {
  const free = Array.from({ length: 12 }, (_, i) => addDays(today, i + 1)).filter((date) => weekday(date) < 6);
  return `id: ${id}
revision: ${revision}
name: { vi: Lịch thử, en: Trial }
sources: { law: Văn bản thử }
zone: { transitions: [{ from: null, offsetMinutes: 420 }] }
hours: { start: '08:00', end: '17:00' }
weekend: ${weekend}
from: 2020-01-01
announcedTo: 2099-12-31
to: 2099-12-31
makeUpSaturdays: true
days:
  - { on: [${free.slice(0, 8).join(', ')}], kind: holiday, name: { vi: Nghỉ, en: Off }, status: announced, evidence: D, source: law }
`;
}
const READY: CommandInput = { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' };

describe('a case through the doors', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let campaignId: string;
  let cases: string[];
  let worker: INestApplicationContext;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 9);
    worker = await startWorker(world);
    api = await startApi(world, { answerWithinMs: 2_000 });
    campaignId = await launchFirstWave(api, documentOf(province, today));
    const { items } = await (await api.as('coordinator')).getBoard({ params: { id: campaignId } });
    cases = province.units.map((unit) => items.find((row) => row.unit.id === unit)!.caseId);
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  const give = (client: Client, id: string, body: CommandInput, withKey: string = key()) =>
    client.commandCase({ params: { id }, key: withKey, body });

  describe('a command', () => {
    it('is carried out once for its key, however often it comes, and answers the same', async () => {
      const leader = await api.as('leader');
      const same = key();
      const answers = await Promise.all(Array.from({ length: 6 }, () => give(leader, cases[0]!, READY, same)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const done = (await eventsOf(world, 'case', cases[0]!)).filter(({ type }) => type === 'stepCompleted');
      expect(done).toHaveLength(1);
      expect(done[0]).toMatchObject({ commandId: answers[0]!.commandId, by: { capacity: 'team-head' } });
      expect((await problemOf(give(leader, cases[0]!, { type: 'resume' }, same))).code).toBe('KEY_REUSED');
      expect((await problemOf(give(leader, cases[1]!, READY, same))).code).toBe('KEY_REUSED');
    });

    it('knows nothing of another person’s key', async () => {
      const [leader, signer] = [await api.as('leader'), await api.as('signer')];
      const same = key();
      await give(leader, cases[1]!, READY, same);
      const other = await give(signer, cases[1]!, { type: 'suspend', reason: 'Bão lũ' }, same);
      expect(other.outcome).toBe('accepted');
    });

    it('is asked for a key, and for one that is a UUID', async () => {
      const leader = await api.as('leader');
      expect((await problemOf(give(leader, cases[2]!, READY, ''))).code).toBe('KEY_MISSING');
      expect((await problemOf(give(leader, cases[2]!, READY, 'mine'))).code).toBe('KEY_MISSING');
    });

    it('is refused with the core’s code and parameters, which stand on record without troubling the case', async () => {
      const leader = await api.as('leader');
      const before = await eventsOf(world, 'case', cases[2]!);
      const same = key();
      const wrong: CommandInput = { type: 'completeStep', step: 'kick-off', outcome: 'held' };
      const problem = await problemOf(give(leader, cases[2]!, wrong, same));
      expect(problem).toMatchObject({ code: 'STEP_NOT_OPEN', params: { step: 'kick-off' }, seq: before.length });
      expect(await problemOf(give(leader, cases[2]!, wrong, same))).toMatchObject({ code: 'STEP_NOT_OPEN' });
      const rows: object[] = await world.owner.query(`SELECT outcome FROM command WHERE idempotency_key = $1`, [same]);
      expect(rows).toEqual([{ outcome: 'refused' }]);
      expect(await eventsOf(world, 'case', cases[2]!)).toEqual(before);
    });

    it.each([
      ['an office that is not his', { ...READY, capacity: 'standing-signer' }, 'NOT_ALLOWED'],
      ['a step that does not exist', { type: 'completeStep', step: 'no-such', outcome: 'x' }, 'STEP_UNKNOWN'],
      ['a day to come', { ...READY, paper: { kind: 'KH', date: '2099-01-01' } }, 'DATE_IN_FUTURE'],
      ['a second person of his own naming', { ...READY, second: 'chief' } as CommandInput, 'INVALID'],
      ['a case that moved on', { ...READY, expectedSeq: 1 }, 'SEQ_MOVED'],
      ['an act of other offices', { type: 'launchWave', wave: 2 }, 'NOT_ALLOWED'],
    ] as [string, CommandInput, string][])('is refused for %s', async (_, body, code) => {
      const leader = await api.as('leader');
      expect((await problemOf(give(leader, cases[2]!, body))).code).toBe(code);
    });

    it('asks which office, when several of the person’s may', async () => {
      const act = { at: new Date().toISOString(), commandId: randomUUID(), by: 'engine' as const };
      const scope = { case: cases[2]! };
      const given = { person: province.person.leader!, office: 'team-deputy', scope, from: '2020-01-01' };
      const grant = await offices.grant(world.owner, given, act);
      const leader = await api.as('leader');
      const problem = await problemOf(give(leader, cases[2]!, READY));
      expect(problem).toMatchObject({ code: 'CAPACITY_UNCLEAR', params: { offices: 'team-head, team-deputy' } });
      expect((await give(leader, cases[2]!, { ...READY, capacity: 'team-deputy' })).outcome).toBe('accepted');
      await offices.revoke(world.owner, { grant }, act);
    });

    it('that a secret paper comes with is refused at the door, and nothing of it is kept', async () => {
      const clerk = await api.as('clerk');
      const same = key();
      const marked: CommandInput = { type: 'recordPaper', paper: { kind: 'CV', number: '77-CV/TU', marking: 'mat' } };
      expect((await problemOf(give(clerk, cases[3]!, marked, same))).code).toBe('PAPER_SECRET');
      const signer = await api.as('signer');
      const stamped: CommandInput = { type: 'suspend', reason: 'TUYỆT MẬT\nNội dung' };
      expect((await problemOf(give(signer, cases[3]!, stamped))).code).toBe('PAPER_SECRET');
      expect(await world.owner.query(`SELECT FROM command WHERE idempotency_key = $1`, [same])).toEqual([]);
      expect(await world.owner.query(`SELECT FROM content WHERE body LIKE '%MẬT%'`)).toEqual([]);
    });

    it('leaves its sentences out of the record, and gives them to whoever may read it', async () => {
      const signer = await api.as('signer');
      await give(signer, cases[3]!, { type: 'suspend', reason: 'Chờ kiện toàn nhân sự' });
      expect(JSON.stringify(await eventsOf(world, 'case', cases[3]!))).not.toContain('kiện toàn');
      const { texts } = await signer.getCase({ params: { id: cases[3]! } });
      expect(Object.values(texts)).toEqual(['Chờ kiện toàn nhân sự']);
    });

    it.each(['revoked', 'ended'])('does not act when the office is %s between the page and the commit', async (how) => {
      const act = { at: new Date().toISOString(), commandId: randomUUID(), by: 'engine' as const };
      const scope = { case: cases[4]! };
      const given = { person: province.person.leader!, office: 'team-deputy', scope, from: '2020-01-01' };
      const grant = await offices.grant(world.owner, given, act);
      const leader = await api.as('leader');
      const body: CommandInput = { ...READY, capacity: 'team-deputy' };
      const same = key();
      await worker.close();
      try {
        expect((await problemOf(give(leader, cases[4]!, body, same))).code).toBe('NO_ANSWER_YET');
        await (how === 'revoked'
          ? offices.revoke(world.owner, { grant }, act)
          : offices.endOn(world.owner, { grant, to: today }, act));
      } finally {
        worker = await startWorker(world);
      }
      await eventually(async () => {
        const sql = `SELECT FROM command WHERE idempotency_key = $1 AND outcome = 'refused'`;
        return ((await world.owner.query(sql, [same])) as object[]).length > 0;
      });
      expect((await problemOf(give(leader, cases[4]!, body, same))).code).toBe('GRANT_TAKEN');
      expect((await eventsOf(world, 'case', cases[4]!)).some(({ type }) => type === 'stepCompleted')).toBe(false);
    });
  });

  it('takes in a paper that the office enters for the unit, which is told and may contest', async () => {
    const id = cases[2]!;
    await give(await api.as('leader'), id, { type: 'completeStep', step: 'kick-off', outcome: 'by-letter' });
    const clerk = await api.as('clerk');
    const paper = { kind: 'BC', number: '08-BC/ĐU', register: '112', date: today };
    const dates = { document: today, sent: today, received: today };
    await give(clerk, id, { type: 'submitStep', step: 'self-report', paper, dates, onBehalfOf: 'unit-head' });
    const head = await api.as('head-3');
    const { view, texts } = await head.getCase({ params: { id } });
    const entry = view.events.find(({ type }) => type === 'stepSubmitted')!;
    expect(entry).toMatchObject({ by: { capacity: 'document-office', onBehalfOf: 'unit-head' }, paper, dates });
    expect(texts).toEqual({});
    const early: CommandInput = { type: 'submitStep', step: 'self-report', dates: { sent: '2020-01-02' } };
    expect((await problemOf(give(head, id, early))).code).toBe('DATE_NOT_YOURS');
    await give(head, id, { type: 'contest', entry: entry.seq, text: 'Đơn vị gửi bản khác' });
    const after = await head.getCase({ params: { id } });
    expect(after.view.contests).toMatchObject([{ entry: entry.seq, answered: false }]);
    expect(Object.values(after.texts)).toEqual(['Đơn vị gửi bản khác']);
    const { items } = await (await api.as('leader')).listDuties();
    expect(items.find((duty) => duty.id === id && duty.step === 'self-report')).toMatchObject({ status: 'submitted' });
  });

  it('ends with measures that are not done when an official decides so, and says it before and after', async () => {
    const id = cases[4]!;
    const leader = await api.as('leader');
    const { created } = await give(leader, id, { type: 'recordFinding', kind: 'limitation', text: 'Còn chậm' });
    await give(leader, id, { type: 'recordMeasure', findings: [created!], nature: 'duty', text: 'Làm lại' });
    const signer = await api.as('signer');
    const body: CommandInput = { type: 'closeWithoutConclusion', reason: 'Đơn vị đã giải thể' };
    const warnings = [{ code: 'MEASURES_OPEN', params: { open: 1 } }];
    const look = { params: { id }, body };
    expect(await signer.previewCase(look)).toMatchObject({ warnings });
    expect((await signer.getCase({ params: { id } })).view.status).toBe('running');
    const same = key();
    const answer = await give(signer, id, body, same);
    expect(answer).toMatchObject({ outcome: 'accepted', warnings });
    expect(await give(signer, id, body, same)).toEqual(answer);
    expect((await signer.getCase({ params: { id } })).view.status).toBe('without-conclusion');
  });

  describe('without an answer', () => {
    it('says so, and the same key finds out what became of it', async () => {
      const leader = await api.as('leader');
      await worker.close();
      const same = key();
      try {
        const error = await give(leader, cases[5]!, READY, same).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ problem: { code: 'NO_ANSWER_YET', status: 503 }, retryAfter: 5 });
      } finally {
        worker = await startWorker(world);
      }
      const answer = await eventually(() => give(leader, cases[5]!, READY, same).catch(() => null));
      expect(answer.outcome).toBe('accepted');
      const done = (await eventsOf(world, 'case', cases[5]!)).filter(({ type }) => type === 'stepCompleted');
      expect(done).toHaveLength(1);
    });

    it('lets whoever is being answered finish when it is told to stop', async () => {
      const short = await startApi(world, { answerWithinMs: 1_500 });
      await worker.close();
      try {
        const leader = await short.as('leader');
        const same = key();
        const held: CommandInput = { type: 'completeStep', step: 'kick-off', outcome: 'held' };
        const waiting = problemOf(give(leader, cases[5]!, held, same));
        await eventually(async () => {
          const sql = 'SELECT FROM command WHERE idempotency_key = $1';
          return ((await world.owner.query(sql, [same])) as object[]).length > 0;
        });
        await short.close();
        expect((await waiting).code).toBe('NO_ANSWER_YET');
      } finally {
        worker = await startWorker(world);
      }
    });

    it('starts a workflow that is gone from the ledger, and carries on', async () => {
      await world.client.workflow.getHandle(`case/${cases[6]!}`).terminate('test');
      expect((await give(await api.as('leader'), cases[6]!, READY)).outcome).toBe('accepted');
      const { status } = await world.client.workflow.getHandle(`case/${cases[6]!}`).describe();
      expect(status.name).toBe('RUNNING');
    });

    it('lets a record that has ended be corrected', async () => {
      const id = cases[7]!;
      await give(await api.as('leader'), id, READY);
      const entry = (await eventsOf(world, 'case', id)).find(({ type }) => type === 'stepCompleted')!.seq;
      const { warnings } = await give(await api.as('signer'), id, { type: 'cancel', reason: 'Đã giải thể' });
      expect(warnings).toEqual([]);
      await world.client.workflow.getHandle(`case/${id}`).result();
      const paper = { kind: 'KH', number: '5-KH/ĐGS', date: today };
      const body = { type: 'correctEntry' as const, entry, replace: { paper }, reason: 'Ghi thiếu số' };
      const [clerk, chief] = [await api.as('clerk'), await api.as('chief')];
      const { id: proposal } = await clerk.proposeCaseCorrection({ params: { id }, key: key(), body });
      await chief.confirmCaseCorrection({ params: { id, proposal }, key: key(), body: {} });
      const last = (await eventsOf(world, 'case', id)).findLast(({ type }) => type === 'entryCorrected')!;
      expect(last.by).toMatchObject({ actor: province.person.clerk, second: province.person.chief });
    });
  });

  describe('reading', () => {
    it('shows a unit what is the unit’s, and what it may do', async () => {
      const head = await api.as('head-1');
      const { view, allowed, explanations, unit } = await head.getCase({ params: { id: cases[0]! } });
      expect(unit).toMatchObject({ symbol: 'XA-1', name: 'Đảng ủy xã Thử 1' });
      const steps = view.steps.map(({ step }) => step);
      expect(steps).toContain('self-report');
      expect(steps).not.toContain('draft-report');
      expect(allowed.every(({ capacities }) => capacities.every((office) => office === 'unit-head'))).toBe(true);
      expect(explanations['outline-prepared']!.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['anchor', 'due']),
      );
      const leader = await api.as('leader');
      const inside = await leader.getCase({ params: { id: cases[0]! } });
      expect(inside.view.steps.map(({ step }) => step)).toContain('draft-report');
    });

    it('answers a unit the same, to the byte, before and after what it is not to know of', async () => {
      const [head, leader, scribe] = [await api.as('head-9'), await api.as('leader'), await api.as('scribe')];
      const id = cases[8]!;
      const params = { id };
      await give(leader, id, READY);
      const step = (type: string, of: string, outcome?: string) => ({ type, step: of, ...(outcome && { outcome }) });
      const tries = [
        step('completeStep', 'outline-prepared', 'ready'),
        step('submitStep', 'draft-report'),
        step('completeStep', 'report-reviewed', 'concluded'),
        step('explainDelay', 'outline-prepared'),
        { type: 'issueInspection' },
        { type: 'recordInspection' },
        { type: 'answerContest', entry: 2, upheld: true, text: 'x' },
        { type: 'contest', entry: (await eventsOf(world, 'case', id)).length + 1, text: 'x' },
        { type: 'explainDelay', step: 'self-report', text: 'x', expectedSeq: 1 },
      ].map((body) => ({ text: 'x', ...body }) as CommandInput);
      /** But for the id of the request. */
      const refusal = async (asked: Promise<unknown>) => ({ ...(await problemOf(asked)), requestId: '' });
      const everything = async () => {
        const refusals = [];
        for (const body of tries) refusals.push(await refusal(give(head, id, body)));
        for (const body of tries) refusals.push(await refusal(head.previewCase({ params, body })));
        const shown = [
          await head.getCase({ params }),
          await head.getCaseHistory({ params }),
          await head.getCaseHistory({ params, query: { at: 1_000_000 } }),
          await head.listCaseNotices({ params }),
          await head.listCaseCorrections({ params }),
          await head.listDuties({ query: { all: 'true' } }),
          await head.listDuties({ query: { of: province.person.leader!, all: 'true' } }),
        ];
        return JSON.stringify({ refusals, shown }, null, 1);
      };
      const before = await everything();
      await give(scribe, id, { type: 'recordFinding', kind: 'limitation', text: 'Kín' });
      expect(await everything()).toBe(before);
      // And whoever may read it has seen it move.
      expect((await leader.getCase({ params })).view.seq).toBeGreaterThan((await head.getCase({ params })).view.seq);
      const now = (await head.getCase({ params })).view.seq;
      const same = { type: 'explainDelay', step: 'self-report', text: 'x', expectedSeq: now } as CommandInput;
      expect((await problemOf(give(head, id, same))).code).not.toBe('SEQ_MOVED');
      // Nor does the number of the next entry, nor what is meant by one, nor a guess at where the record stands.
      const { events } = (await head.getCase({ params })).view;
      const last = events.findLast(({ by }) => by !== 'engine')!;
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      const truth = (await leader.getCase({ params })).view.seq;
      const guess = { type: 'contest', entry: last.seq, text: 'x', expectedSeq: truth } as CommandInput;
      expect(await problemOf(give(head, id, guess))).toMatchObject({
        code: 'SEQ_MOVED',
        params: { expected: truth, actual: now },
      });
      expect(await give(head, id, { type: 'contest', entry: last.seq, text: 'x' })).toMatchObject({ seq: now + 1 });
      const contested = (await leader.getCase({ params })).view.contests.at(-1)!;
      const meant = (await eventsOf(world, 'case', id)).find(({ seq }) => seq === contested.entry)!;
      expect(meant.commandId).toBe(last.commandId);
      const { at, view } = await head.getCaseHistory({ params, query: { at: now } });
      expect([at, view.events]).toEqual([now, events]);
    });

    it('looks nothing up for whoever may not give the command', async () => {
      const head = await api.as('head-9');
      const problem = async (body: object) => ({
        ...(await problemOf(give(head, cases[8]!, body as CommandInput))),
        requestId: '',
      });
      const instrument = { kind: 'QĐ' };
      for (const [there, absent] of [
        [
          { type: 'transferUnit', to: ['XA-2'], instrument },
          { type: 'transferUnit', to: ['NOWHERE'], instrument },
        ],
        [
          { type: 'changeTeam', team: 'D1' },
          { type: 'changeTeam', team: 'nothing' },
        ],
        [
          { type: 'acceptTransfer', unit: 'XA-2' },
          { type: 'acceptTransfer', unit: 'NOWHERE' },
        ],
        [
          { type: 'recordMeasure', findings: ['f'], nature: 'duty', owes: 'XA-2' },
          { type: 'recordMeasure', findings: ['f'], nature: 'duty', owes: 'NOWHERE' },
        ],
      ]) {
        expect(await problem(absent!)).toEqual(await problem(there!));
        expect(await problem(absent!)).toMatchObject({ code: 'NOT_ALLOWED' });
      }
    });

    it('shows the case as it was known after any event, and on any day', async () => {
      const leader = await api.as('leader');
      const whole = await leader.getCaseHistory({ params: { id: cases[0]! } });
      const before = await leader.getCaseHistory({ params: { id: cases[0]! }, query: { at: 1 } });
      expect(before.view.events.map(({ seq }) => seq)).toEqual([1]);
      expect(before.view.steps.find(({ step }) => step === 'outline-prepared')?.status).toBe('open');
      expect(whole.view.steps.find(({ step }) => step === 'outline-prepared')?.status).toBe('met');
      expect(await leader.getCaseHistory({ params: { id: cases[0]! }, query: { at: today } })).toEqual(whole);
      const early = leader.getCaseHistory({ params: { id: cases[0]! }, query: { at: '2020-01-01' } });
      expect(await problemOf(early)).toMatchObject({ code: 'BEFORE_BEGINNING', params: { from: today } });
    });

    it('previews what a change moves, and changes nothing', async () => {
      const coordinator = await api.as('coordinator');
      const before = await ledger.eventsOf(world.owner, { kind: 'campaign', id: campaignId });
      const procedure = 'vn-party-supervision@2022';
      const moved = await coordinator.previewCampaign({
        params: { id: campaignId },
        body: { type: 'applyProcedure', procedure },
      });
      expect(moved.cases.length).toBeGreaterThan(4);
      const wrong = coordinator.previewCampaign({
        params: { id: campaignId },
        body: { type: 'applyProcedure', procedure: 'nothing' },
      });
      expect((await problemOf(wrong)).errors).toMatchObject([{ path: 'procedure', code: 'PROCEDURE_UNKNOWN' }]);
      expect(await ledger.eventsOf(world.owner, { kind: 'campaign', id: campaignId })).toEqual(before);
    });

    it('previews what a new calendar file moves, and applying it moves exactly that', async () => {
      const coordinator = await api.as('coordinator');
      const params = { id: campaignId };
      const change = { type: 'applyCalendar', file: calendarFile() } as const;
      const dues = async () => {
        const { items } = await coordinator.getBoard({ params });
        return new Map(
          items.map(({ caseId, dues: all }) => [caseId, new Map(all.map(({ key: of, due }) => [of, due]))]),
        );
      };
      const before = await dues();
      const { cases: moved } = await coordinator.previewCampaign({ params, body: change });
      const toldOfOne = moved.find(({ caseId }) => caseId === cases[0])!;
      expect(toldOfOne).toMatchObject({ unit: { symbol: 'XA-1' }, warnings: [] });
      expect(toldOfOne.rungs.some(({ from, to }) => from !== null && to !== null && to > from)).toBe(true);
      for (const { caseId, dues: each } of moved)
        for (const { step, from } of each) expect(before.get(caseId)?.get(step)).toBe(from);
      expect(await dues()).toEqual(before);
      await coordinator.commandCampaign({ params, key: key(), body: change });
      const wanted = new Map([...before].map(([caseId, all]) => [caseId, new Map(all)]));
      for (const { caseId, dues: each } of moved) for (const { step, to } of each) wanted.get(caseId)!.set(step, to);
      expect(wanted).not.toEqual(before);
      await eventually(async () =>
        [...(await dues())].every(([id, all]) => [...all].every(([step, due]) => wanted.get(id)?.get(step) === due)),
      );
      expect(await dues()).toEqual(wanted);
    });

    it.each([
      ['is of another calendar', calendarFile({ id: 'MARS' }), [{ path: 'file', code: 'CALENDAR_OTHER' }]],
      ['is not newer', calendarFile({ revision: 1 }), [{ path: 'file', code: 'CALENDAR_NOT_NEWER' }]],
      [
        'has mistakes',
        calendarFile({ revision: 'one', weekend: '[9]' }),
        [{ path: 'file:2:11 revision' }, { path: 'file:7:11 weekend.0' }],
      ],
    ])('refuses a calendar file that %s, and says where', async (_, file, errors) => {
      const coordinator = await api.as('coordinator');
      const wrong = coordinator.previewCampaign({ params: { id: campaignId }, body: { type: 'applyCalendar', file } });
      expect(await problemOf(wrong)).toMatchObject({ code: 'INVALID', errors });
    });

    it('lists what waits for a person, of others only what the reader may see as well', async () => {
      const leader = await api.as('leader');
      const mine = await leader.listDuties({ query: { limit: 2 } });
      const ofTheTeam = ['outline-prepared', 'kick-off', 'self-report', 'field-work', 'draft-report'];
      expect(mine.items.filter(({ step }) => !ofTheTeam.includes(step))).toEqual([]);
      const coordinator = await api.as('coordinator');
      const theirs = await coordinator.listDuties({ query: { of: 'leader' } });
      expect(theirs.items.length).toBeGreaterThanOrEqual(mine.items.length);
      expect(mine.items.every((duty) => duty.mine && duty.procedure === 'vn-party-supervision@2026')).toBe(true);
      const followed = (await coordinator.listDuties({ query: { all: 'true', limit: 200 } })).items;
      expect(followed.filter(({ scope }) => scope === 'case').map(({ mine: own, turn }) => [own, turn])).toContainEqual(
        [false, 'team'],
      );
      const head = await api.as('head-1');
      const seen = await head.listDuties({ query: { of: 'leader' } });
      expect(seen.items.map(({ id }) => id)).toEqual(seen.items.map(() => cases[0]!));
      expect(await head.listDuties({ query: { of: 'nobody' } })).toEqual({ items: [], next: null });
      expect((await problemOf(head.listDuties({ query: { after: '%%%' } }))).code).toBe('INVALID');
    });

    it('lists the notices of a case', async () => {
      const leader = await api.as('leader');
      expect(await leader.listCaseNotices({ params: { id: cases[0]! } })).toEqual({ items: [], next: null });
    });

    it('holds a notice against the case it is meant for, and keeps nothing of it', async () => {
      const clerk = await api.as('clerk');
      const notice = (unit: string, plan = '12-KH/TU') =>
        [
          'Số 55-TB/TU',
          'THÔNG BÁO',
          `kết luận giám sát đối với Ban Thường vụ ${unit}`,
          `Thực hiện Kế hoạch số ${plan} của Ban Thường vụ Tỉnh ủy, Đoàn giám sát đã làm việc với Ban Thường vụ ${unit}.`,
          'I. ƯU ĐIỂM',
          '1. Đã ban hành chương trình hành động.',
          'II. HẠN CHẾ, KHUYẾT ĐIỂM',
          '1. Chưa kiểm tra thường xuyên.',
          'III. PHƯƠNG HƯỚNG',
          '1. Xây dựng kế hoạch khắc phục.',
        ].join('\n');
      const check = (text: string) => clerk.checkNotice({ params: { id: cases[0]! }, body: { text } });
      const codes = async (text: string) => (await check(text)).findings.map(({ code }) => code);
      expect(await codes(notice('Đảng ủy xã Thử 1'))).not.toContain('UNIT_MISMATCH');
      expect(await codes(notice('Đảng ủy xã Thử 2'))).toContain('UNIT_MISMATCH');
      expect(await codes(notice('Đảng ủy xã Thử 1', '99-KH/TU'))).toContain('PLAN_MISMATCH');
      expect((await check(notice('Đảng ủy xã Thử 2'))).blocked).toBe(true);
      expect((await problemOf(check('TỐI MẬT\n' + notice('Đảng ủy xã Thử 1')))).code).toBe('PAPER_SECRET');
      expect((await problemOf(check('xin chào'))).code).toBe('NOTICE_UNREADABLE');
      expect(await world.owner.query(`SELECT FROM content WHERE body LIKE '%giám sát%'`)).toEqual([]);
    });

    it('writes down what an auditor reads, who does nothing else', async () => {
      const act = { at: new Date().toISOString(), commandId: randomUUID(), by: 'engine' as const };
      const scope = { campaign: campaignId };
      const mandate = { person: province.person.stranger!, office: 'auditor', scope, from: '2020-01-01' };
      await offices.grant(world.owner, mandate, act);
      const auditor = await api.as('stranger');
      await auditor.getCase({ params: { id: cases[0]! } });
      expect((await problemOf(give(auditor, cases[0]!, { type: 'resume' }))).code).not.toBe('NOT_FOUND');
      const log: object[] = await world.owner.query(
        'SELECT act, case_id, capacity, outcome FROM access_log WHERE person_id = $1 ORDER BY id',
        [province.person.stranger],
      );
      const traced = { case_id: cases[0], capacity: 'auditor' };
      expect(log).toEqual([
        { ...traced, act: 'GET /cases/:id', outcome: 'read' },
        { ...traced, act: 'POST /cases/:id/commands', outcome: 'refused' },
      ]);
    });
  });
});
