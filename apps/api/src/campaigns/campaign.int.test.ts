import { randomUUID } from 'node:crypto';
import type { CommandInput } from '@giamsat/contracts/http';
import { campaigns, offices } from '@giamsat/database';
import { createWorld, eventually, type World } from '../../../../test/support/world.js';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../../../worker/testing/start.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const key = () => randomUUID();

describe('a campaign through the doors', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 3);
    worker = await startWorker(world);
    api = await startApi(world);
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  const drafted = async (change: Parameters<typeof documentOf>[2] = {}) => {
    const clerk = await api.as('clerk');
    const document = documentOf(province, today, change) as Record<string, unknown>;
    return clerk.createCampaign({ body: { ownerUnit: 'TU', document } });
  };
  const issued = async (change: Parameters<typeof documentOf>[2] = {}) => {
    const { id, version, mistakes } = await drafted(change);
    expect(mistakes).toEqual([]);
    await (await api.as('clerk')).issuePlan({ params: { id }, body: { version }, key: key() });
    return id;
  };
  const formed = async (change: Parameters<typeof documentOf>[2] = {}) => {
    const id = await issued(change);
    const body = { type: 'completeStep', step: 'team-formed', outcome: 'issued' } as const;
    await (await api.as('signer')).commandCampaign({ params: { id }, key: key(), body });
    return id;
  };
  const launched = async (change: Parameters<typeof documentOf>[2] = {}) => {
    const id = await formed(change);
    const coordinator = await api.as('coordinator');
    await coordinator.commandCampaign({ params: { id }, key: key(), body: { type: 'launchWave', wave: 1 } });
    await eventually(async () => (await coordinator.getCampaign({ params: { id } })).waves[0]?.state === 'standing');
    return id;
  };

  describe('the draft', () => {
    it('is saved with its mistakes, all of them at once, each with its place', async () => {
      const { mistakes } = await drafted({
        procedure: 'no-such@1',
        subjects: [
          { unit: 'XA-1', team: 'D9' },
          { unit: 'nowhere', team: 'D1' },
          { unit: 'XA-1', team: 'D9', wave: 2 },
        ],
        waves: [{ wave: 1, from: today }],
        teams: [{ id: 'D1', head: 'leader', secretary: 'nobody' }],
      });
      expect(mistakes.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
        'procedure PROCEDURE_UNKNOWN',
        'subjects.0.team TEAM_UNKNOWN',
        'subjects.1.unit UNIT_UNKNOWN',
        'subjects.2 SUBJECT_TWICE',
        'subjects.2.team TEAM_UNKNOWN',
        'subjects.2.wave WAVE_UNKNOWN',
        'teams.0.secretary PERSON_UNKNOWN',
      ]);
    });

    it('says what is wrong with its shape where it is wrong', async () => {
      const clerk = await api.as('clerk');
      const document = { ...documentOf(province, today), level: 3, plan: { date: '2026-02-30' }, colour: 'red' };
      const { mistakes } = await clerk.checkCampaign({ body: { document } });
      expect(mistakes.map(({ path }) => path).sort()).toEqual(['', 'level', 'plan.date']);
      expect(mistakes.every(({ message }) => message.vi && message.en && message.vi !== message.en)).toBe(true);
    });

    it('is saved by whoever saw its last version, and by nobody after the plan was issued', async () => {
      const { id, version, document } = await drafted();
      const clerk = await api.as('clerk');
      const change = { ...document, title: 'Tên khác' };
      const saved = await clerk.saveDraft({ params: { id }, body: { version, document: change } });
      expect(saved.version).toBe(version + 1);
      const problem = await problemOf(clerk.saveDraft({ params: { id }, body: { version, document } }));
      expect(problem).toMatchObject({ code: 'VERSION_MOVED', params: { version: version + 1 } });
      await clerk.issuePlan({ params: { id }, body: { version: version + 1 }, key: key() });
      const late = clerk.saveDraft({ params: { id }, body: { version: version + 2, document } });
      expect((await problemOf(late)).code).toBe('DRAFT_NOT_EDITABLE');
    });

    it.each([
      ['in a name', { '\u0000': 1 }],
      ['in a text', { title: '\u0000' }],
      ['half of a letter', { title: '\ud91b' }],
    ])('refuses what Postgres cannot keep: %s', async (_, document) => {
      const { id, version } = await drafted();
      const clerk = await api.as('clerk');
      const saved = clerk.saveDraft({ params: { id }, body: { version, document } });
      expect((await problemOf(saved)).code).toBe('INVALID');
      const beyond = clerk.saveDraft({ params: { id }, body: { version: 2 ** 31, document: {} } });
      expect((await problemOf(beyond)).code).toBe('INVALID');
    });

    it('does not exist for whoever plans nothing in that unit', async () => {
      const { id } = await drafted();
      for (const login of ['head-1', 'stranger', 'leader']) {
        const client = await api.as(login);
        expect((await problemOf(client.getDraft({ params: { id } }))).code).toBe('NOT_FOUND');
        expect((await problemOf(client.getCampaign({ params: { id } }))).code).toBe('NOT_FOUND');
      }
    });
  });

  describe('the plan', () => {
    it('is not issued with mistakes, nor by an office that may not', async () => {
      const wrong = await drafted({ level: 'galaxy' });
      const clerk = await api.as('clerk');
      const refused = clerk.issuePlan({ params: { id: wrong.id }, body: { version: wrong.version }, key: key() });
      expect((await problemOf(refused)).errors).toMatchObject([{ path: 'level', code: 'LEVEL_UNKNOWN' }]);
      const { id, version } = await drafted();
      const coordinator = await api.as('coordinator');
      const problem = await problemOf(coordinator.issuePlan({ params: { id }, body: { version }, key: key() }));
      expect(problem.code).toBe('NOT_ALLOWED');
      expect((await clerk.getDraft({ params: { id } })).state).toBe('draft');
    });

    it('is issued once, whatever is sent again, and leaves its papers on record and its offices given', async () => {
      const { id, version } = await drafted();
      const clerk = await api.as('clerk');
      const sent = { params: { id }, body: { version }, key: key() };
      const first = await clerk.issuePlan(sent);
      expect(await clerk.issuePlan(sent)).toEqual(first);
      expect((await problemOf(clerk.issuePlan({ ...sent, body: { version: 9 } }))).code).toBe('KEY_REUSED');
      expect((await problemOf(clerk.issuePlan({ ...sent, key: key() }))).code).toBe('DRAFT_NOT_EDITABLE');
      const { stream } = await clerk.getCampaign({ params: { id } });
      expect(stream!.view.steps.filter(({ status }) => status === 'met').map(({ step }) => step)).toEqual([
        'programme-approved',
        'plan-issued',
      ]);
      const team = await offices.inCampaign(world.owner, { campaign: id, teams: [`${id}.D1`], on: today });
      expect(team.map(({ office }) => office).sort()).toEqual(['team-head', 'team-member', 'team-secretary']);
    });
  });

  describe('the launch', () => {
    it('is refused with everything that is missing, and starts nothing', async () => {
      const lacking = await createLackingProvince();
      const coordinator = await api.as('coordinator');
      const { missing, open } = await coordinator.getGate({ params: { id: lacking }, query: { wave: 1 } });
      expect(open).toBe(false);
      expect(missing.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['MISSING_MANDATE', 'MISSING_HEAD', 'MISSING_HOLDER']),
      );
      const body = { type: 'completeStep', step: 'team-formed', outcome: 'issued' } as const;
      await (await api.as('signer')).commandCampaign({ params: { id: lacking }, key: key(), body });
      const launch = coordinator.commandCampaign({
        params: { id: lacking },
        key: key(),
        body: { type: 'launchWave', wave: 1 },
      });
      const problem = await problemOf(launch);
      expect(problem.code).toBe('GATE_CLOSED');
      expect(problem.errors.map(({ code }) => code)).not.toContain('MISSING_MANDATE');
      expect(await campaigns.waves(world.owner, lacking)).toEqual([]);
    });

    /** The second commune has nobody at all. */
    const createLackingProvince = async () => {
      const gone = ['head-2', 'contact-2'].map((login) => province.grant[login]);
      await world.owner.query('UPDATE office_holder SET revoked_at = now() WHERE id = ANY ($1)', [gone]);
      return issued();
    };
    afterAll(() => world.owner.query('UPDATE office_holder SET revoked_at = NULL'));

    it('writes every case at once, shows how many stand, and then opens them to their units only', async () => {
      await world.owner.query('UPDATE office_holder SET revoked_at = NULL');
      const id = await launched();
      const coordinator = await api.as('coordinator');
      const campaign = await coordinator.getCampaign({ params: { id } });
      expect(campaign).toMatchObject({
        waves: [{ wave: 1, state: 'standing', standing: 3, total: 3 }],
        cases: { total: 3, open: 3 },
        byStatus: { running: 3 },
      });
      const first = await coordinator.getBoard({ params: { id }, query: { limit: 2 } });
      const rest = await coordinator.getBoard({ params: { id }, query: { limit: 2, after: first.next! } });
      const rows = [...first.items, ...rest.items];
      expect(new Set(rows.map(({ unit }) => unit.symbol))).toEqual(new Set(['XA-1', 'XA-2', 'XA-3']));
      expect(rest.next).toBeNull();
      const caseOf = (symbol: string) => rows.find(({ unit }) => unit.symbol === symbol)!.caseId;
      const head = await api.as('head-1');
      expect((await head.getCase({ params: { id: caseOf('XA-1') } })).offices).toEqual(['unit-head']);
      expect((await problemOf(head.getCase({ params: { id: caseOf('XA-2') } }))).code).toBe('NOT_FOUND');
      expect((await problemOf(head.getCampaign({ params: { id } }))).code).toBe('NOT_FOUND');
      const absent = await problemOf(head.getCase({ params: { id: randomUUID() } }));
      const foreign = await problemOf(head.getCase({ params: { id: caseOf('XA-2') } }));
      expect({ ...foreign, requestId: '' }).toEqual({ ...absent, requestId: '' });
    });

    it('can be withdrawn before anybody was told, and then no unit ever hears of it', async () => {
      const id = await launched();
      const coordinator = await api.as('coordinator');
      const { items } = await coordinator.getBoard({ params: { id } });
      const head = await api.as('head-1');
      const mine = items.find(({ unit }) => unit.symbol === 'XA-1')!.caseId;
      await head.getCase({ params: { id: mine } });
      const body = { type: 'withdrawWave', wave: 1, reason: 'Chưa đến lúc' } as const;
      await coordinator.commandCampaign({ params: { id }, key: key(), body });
      expect((await problemOf(head.getCase({ params: { id: mine } }))).code).toBe('NOT_FOUND');
      const { waves } = await coordinator.getCampaign({ params: { id } });
      expect(waves[0]?.state).toBe('withdrawn');
    });

    it('is not withdrawn whole once somebody has worked on a case, though nobody was told', async () => {
      const id = await launched();
      const coordinator = await api.as('coordinator');
      const { items } = await coordinator.getBoard({ params: { id } });
      const outline = { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' } as const;
      const leader = await api.as('leader');
      await leader.commandCase({ params: { id: items[0]!.caseId }, key: key(), body: outline });
      const body = { type: 'withdrawWave', wave: 1, reason: 'Chưa đến lúc' } as const;
      for (const refused of [
        coordinator.previewCampaign({ params: { id }, body }),
        coordinator.commandCampaign({ params: { id }, key: key(), body }),
      ])
        expect(await problemOf(refused)).toMatchObject({ code: 'WAVE_BEGUN', params: { wave: 1, cases: 1 } });
      expect((await coordinator.getCampaign({ params: { id } })).waves[0]?.state).toBe('standing');
      // What is left: one subject at a time.
      for (const { caseId } of items) {
        const leaving = { type: 'withdrawSubject', caseId, reason: 'Chưa đến lúc' } as const;
        await coordinator.commandCampaign({ params: { id }, key: key(), body: leaving });
      }
    });
  });

  it('withdraws no subject that it does not have', async () => {
    const id = await launched();
    const coordinator = await api.as('coordinator');
    const body = { type: 'withdrawSubject', caseId: randomUUID(), reason: 'Ngoài kế hoạch' } as const;
    const unknown = coordinator.commandCampaign({ params: { id }, key: key(), body });
    expect((await problemOf(unknown)).code).toBe('SUBJECT_UNKNOWN');
  });

  it('closes only when nothing is open and the general report has been given', async () => {
    const id = await launched();
    const coordinator = await api.as('coordinator');
    const close = () => coordinator.commandCampaign({ params: { id }, key: key(), body: { type: 'closeCampaign' } });
    expect(await problemOf(close())).toMatchObject({
      code: 'CAMPAIGN_NOT_READY',
      params: { missing: 'campaign-reported' },
    });
    const report = { type: 'completeStep', step: 'campaign-reported', outcome: 'reported' } as const;
    await coordinator.commandCampaign({ params: { id }, key: key(), body: report });
    expect(await problemOf(close())).toMatchObject({ code: 'CASES_OPEN', params: { open: 3 } });
    const signer = await api.as('signer');
    for (const { caseId } of (await coordinator.getBoard({ params: { id } })).items) {
      const body = { type: 'cancel', reason: 'Dừng cuộc giám sát thử' } as const;
      await signer.commandCase({ params: { id: caseId }, key: key(), body });
    }
    await close();
    expect(await coordinator.getCampaign({ params: { id } })).toMatchObject({
      status: 'closed',
      byStatus: { cancelled: 3 },
    });
    const summary = await coordinator.getSummary({ params: { id } });
    expect(summary).toMatchObject({ status: 'closed', cases: { cancelled: 3 } });
    expect(summary.steps.find(({ step }) => step === 'team-formed')).toMatchObject({ met: 3, late: 0 });
  });

  it('takes in one more unit in a later wave, with its team, and says who is not known', async () => {
    const id = await launched({
      waves: [
        { wave: 1, from: today },
        { wave: 2, from: today },
      ],
      subjects: [
        { unit: 'XA-1', team: 'D1' },
        { unit: 'XA-2', team: 'D1', wave: 2 },
      ],
    });
    const coordinator = await api.as('coordinator');
    const give = (body: CommandInput) => coordinator.commandCampaign({ params: { id }, key: key(), body });
    expect((await coordinator.rehearseCampaign({ params: { id }, body: {} })).cases).toBe(2);
    const added = await give({ type: 'addSubject', unit: 'XA-3', wave: 2, team: 'D1' });
    expect((await coordinator.getCampaign({ params: { id } })).rehearsal).toMatchObject({ fresh: false });
    expect((await coordinator.rehearseCampaign({ params: { id }, body: {} })).cases).toBe(3);
    expect(added.created).toBe(added.commandId);
    const wrong = await problemOf(give({ type: 'addSubject', unit: 'XA-9', wave: 2 }));
    expect(wrong.errors).toMatchObject([{ path: 'unit', code: 'UNIT_UNKNOWN' }]);
    const team = await problemOf(give({ type: 'addSubject', unit: 'XA-3', wave: 2, team: 'D9' }));
    expect(team.errors).toMatchObject([{ path: 'team', code: 'TEAM_UNKNOWN' }]);
    await give({ type: 'launchWave', wave: 2 });
    const campaign = await eventually(async () => {
      const now = await coordinator.getCampaign({ params: { id } });
      return now.waves[1]?.state === 'standing' && now;
    });
    expect(campaign.waves[1]).toMatchObject({ standing: 2, total: 2 });
    expect(await (await api.as('leader')).getCase({ params: { id: added.created! } })).toMatchObject({
      offices: ['team-head'],
      unit: { symbol: 'XA-3' },
    });
  });

  it('is still a draft to every act of a campaign, until its plan is issued', async () => {
    const { id } = await drafted();
    const coordinator = await api.as('coordinator');
    const launch = coordinator.commandCampaign({ params: { id }, key: key(), body: { type: 'launchWave', wave: 1 } });
    for (const asked of [
      launch,
      coordinator.getGate({ params: { id } }),
      coordinator.getCampaignHistory({ params: { id } }),
    ])
      expect(await problemOf(asked)).toMatchObject({ code: 'CAMPAIGN_NOT_READY', params: { missing: 'plan' } });
    expect((await coordinator.discardDraft({ params: { id } })).state).toBe('discarded');
    expect((await problemOf(coordinator.getDraft({ params: { id } }))).code).toBe('NOT_FOUND');
  });

  it('lists what a person has to do with, page by page, drafts of others not among them', async () => {
    const coordinator = await api.as('coordinator');
    const all: string[] = [];
    let after: string | undefined;
    do {
      const page = await coordinator.listCampaigns({ query: { limit: 2, after } });
      all.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(3);
    expect((await (await api.as('stranger')).listCampaigns()).items).toEqual([]);
  });
});
