import type { Client } from '@giamsat/contracts/http';
import { documentOf, type Province } from '../../testing/province.js';
import { errorsOf, instrument, key, openRegister, type Register } from '../../../../test/support/register.js';
import { eventually } from '../../../../test/support/world.js';
import { problemOf, type RunningApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();

describe('the register in a campaign', () => {
  let register: Register;
  let api: RunningApi;
  let province: Province;
  let coordinator: Client;
  let local: Client;
  let campaign: string;

  beforeAll(async () => {
    register = await openRegister({ runs: true });
    ({ api, province, coordinator } = register);
    // The one clerk of a commune, with a cell below it.
    const clerk = { code: 'CB-100', name: 'Văn thư xã Một', email: 'cb100@example.vn' };
    await coordinator.addPerson({ key: key(), body: clerk });
    const office = { person: 'CB-100', office: 'coordinator', unit: 'XA-1', from: '2020-01-01' };
    await coordinator.grantOffice({ key: key(), body: office });
    const cell = { kind: 'cell' as const, symbol: 'CB-XA-1', name: 'Chi bộ Một', parent: 'XA-1', on: '2026-01-01' };
    await register.change({ type: 'addUnit', ...cell, instrument });
    local = await register.signedIn('local', 'CB-100');
  });
  afterAll(() => register?.close());

  it('keeps whoever had to step back out of plan, gate and team', async () => {
    const { id } = await coordinator.addRecusal({
      key: key(),
      body: { person: 'member', unit: 'XA-2', reason: 'kin', from: '2020-01-01' },
    });
    const clerk = await api.as('clerk');
    const document = documentOf(province, today) as Record<string, unknown>;
    const checked = await clerk.checkCampaign({ body: { document } });
    expect(checked.mistakes.map(({ path, code, params }) => [path, code, params!.reason])).toEqual([
      ['teams.0.members.0', 'MEMBER_RECUSED', 'kin'],
    ]);
    const teams = [
      { id: 'D1', head: 'leader', members: [], secretary: 'scribe' },
      { id: 'D2', head: 'leader', members: ['member'], secretary: 'scribe' },
    ];
    const officers = await register.officers();
    campaign = await register.launched({ ...document, teams }, officers);
    const refusedTeam = officers.signer.commandCampaign({
      params: { id: campaign },
      key: key(),
      body: { type: 'changeTeam', team: 'D2' },
    });
    expect(await errorsOf(refusedTeam)).toEqual(['INVALID', 'team MEMBER_RECUSED']);
    const late = coordinator.grantOffice({
      key: key(),
      body: { person: 'member', office: 'team-member', team: `${campaign}.D1`, from: today },
    });
    expect(await errorsOf(late)).toEqual(['REGISTER_REFUSED', 'body.person MEMBER_RECUSED']);

    // Recused only after the plan was issued: the gate sees it.
    const { id: second, version } = await clerk.createCampaign({
      body: { ownerUnit: 'TU', document: { ...document, teams: [{ ...teams[1], id: 'D1', members: ['adviser'] }] } },
    });
    await clerk.issuePlan({ params: { id: second }, body: { version }, key: key() });
    await coordinator.addRecusal({
      key: key(),
      body: { person: 'adviser', unit: 'XA-3', reason: 'interest', from: '2020-01-01' },
    });
    const gate = await coordinator.getGate({ params: { id: second } });
    expect(gate.missing.filter(({ code }) => code === 'MEMBER_RECUSED').map(({ params }) => params)).toEqual([
      { person: province.person.adviser, unit: province.units[2], reason: 'interest' },
    ]);
    expect(
      (await coordinator.listRecusals({ query: {} })).items.map(({ person, unit, reason }) => [
        person.name,
        unit.symbol,
        reason,
      ]),
    ).toEqual([
      ['Người member', 'XA-2', 'kin'],
      ['Người adviser', 'XA-3', 'interest'],
    ]);
    const onCase = (await coordinator.getBoard({ params: { id: campaign } })).items.find(
      ({ unit }) => unit.symbol === 'XA-2',
    )!;
    for (const scope of [{ case: onCase.caseId }, { campaign }])
      expect(
        await errorsOf(
          coordinator.grantOffice({
            key: key(),
            body: { person: 'member', office: 'team-member', ...scope, from: today } as never,
          }),
        ),
      ).toEqual(['REGISTER_REFUSED', 'body.person MEMBER_RECUSED']);
    const ending = (on: string) => coordinator.endRecusal({ key: key(), params: { id: id! }, body: { on } });
    expect(await errorsOf(ending('2020-01-01'))).toEqual(['REGISTER_REFUSED', 'body.on OFFICE_ORDER']);
    await ending(today);
    await officers.signer.commandCampaign({
      params: { id: campaign },
      key: key(),
      body: { type: 'changeTeam', team: 'D2' },
    });
  });

  it('says of whoever had to step back while he sat in a team, on how many cases and where, until that is mended', async () => {
    await eventually(async () => (await seats()).every(({ team }) => team === `${campaign}.D2`));
    expect((await seats()).flatMap(({ recused }) => recused)).toEqual([]);
    // What was on record until today is not entered again over it.
    const again = { person: 'member', reason: 'kin', from: '2020-01-01', unit: 'XA-2' } as const;
    expect(await errorsOf(coordinator.addRecusal({ key: key(), body: again }))).toEqual([
      'REGISTER_REFUSED',
      'body.from RECUSAL_TWICE',
    ]);
    const stepBack = { person: 'member', reason: 'interest', from: '2020-01-01' } as const;
    const { id, warnings } = await coordinator.addRecusal({ key: key(), body: { ...stepBack, unit: 'XA-2' } });
    expect(warnings.map(({ code, params }) => [code, params])).toEqual([['MEMBER_SEATED', { cases: 1 }]]);
    const member = { id: province.person.member, name: 'Người member' };
    const rows = await seats();
    expect(Object.fromEntries(rows.map(({ unit, recused }) => [unit.symbol, recused]))).toEqual({
      'XA-1': [],
      'XA-2': [member],
      'XA-3': [],
    });
    const params = { id: rows.find(({ unit }) => unit.symbol === 'XA-2')!.caseId };
    const recusedTo = async (login: string) => (await (await api.as(login)).getCase({ params })).recused;
    expect([await recusedTo('leader'), await recusedTo('coordinator')]).toEqual([[member], [member]]);
    expect(await recusedTo('head-2')).toEqual([]);
    // Of a unit that has no case here.
    const other = await coordinator.addRecusal({ key: key(), body: { ...stepBack, unit: 'CB-XA-1' } });
    expect(other.warnings).toEqual([]);
    for (const recusal of [id!, other.id!])
      await coordinator.endRecusal({ key: key(), params: { id: recusal }, body: { on: today } });
    expect((await seats()).flatMap(({ recused }) => recused)).toEqual([]);
  });

  const seats = async () => (await coordinator.getBoard({ params: { id: campaign } })).items;

  it('has both names on record when somebody acts for the holder of an office', async () => {
    const acting = { person: 'adviser', office: 'standing-signer', unit: 'TU', from: today };
    expect(await errorsOf(coordinator.grantOffice({ key: key(), body: { ...acting, actingFor: 'signer' } }))).toEqual([
      'REGISTER_REFUSED',
      'body.to ACTING_NEEDS_END',
    ]);
    expect(
      await errorsOf(
        coordinator.grantOffice({ key: key(), body: { ...acting, to: '2099-01-01', actingFor: 'deputy' } }),
      ),
    ).toEqual(['REGISTER_REFUSED', 'body.actingFor ACTING_FOR_NOBODY']);
    await coordinator.grantOffice({ key: key(), body: { ...acting, to: '2099-01-01', actingFor: 'signer' } });
    const adviser = await api.as('adviser');
    await adviser.commandCampaign({
      params: { id: campaign },
      key: key(),
      body: { type: 'amendPlan', planDates: {}, capacity: 'standing-signer' },
    });
    const { stream } = await coordinator.getCampaign({ params: { id: campaign } });
    const last = stream!.view.events.findLast(({ type }) => type === 'planAmended')!;
    expect(last.by).toMatchObject({
      actor: province.person.adviser,
      capacity: 'standing-signer',
      actingFor: province.person.signer,
    });
    expect([stream!.people[province.person.adviser!], stream!.people[province.person.signer!]]).toEqual([
      'Người adviser',
      'Người signer',
    ]);
  });

  it('says which office is vacant, at the gate, on the board and in the case, and is not stopped by it', async () => {
    await coordinator.revokeOffice({ key: key(), params: { id: province.grant.chief! }, body: {} });
    const gate = await coordinator.getGate({ params: { id: campaign }, query: { wave: 1 } });
    expect(gate.warnings.map(({ code, params }) => [code, params!.office])).toContainEqual([
      'OFFICE_VACANT',
      'chief-of-office',
    ]);
    expect(gate.missing.filter(({ code }) => code === 'MISSING_HOLDER')).toEqual([]);
    await coordinator.revokeOffice({ key: key(), params: { id: province.grant.commission! }, body: {} });
    const [row] = (await coordinator.getBoard({ params: { id: campaign } })).items;
    expect(row!.vacant).toEqual(['inspection-commission']);
    expect((await coordinator.getCase({ params: { id: row!.caseId } })).vacant).toEqual(['inspection-commission']);
    expect(
      (await (await api.as('head-1')).getCase({ params: { id: row!.caseId } }).catch(() => null))?.vacant ?? [],
    ).toEqual([]);
  });

  it('lets a commune run its own, which its superior sees by a right of his only', async () => {
    const { id } = await local.createCampaign({
      body: {
        ownerUnit: 'XA-1',
        document: documentOf(province, today, {
          ownerUnit: 'XA-1',
          level: 'base',
          subjects: [{ unit: 'CB-XA-1', team: 'D1' }],
        }) as never,
      },
    });
    for (const call of [
      () => coordinator.getCampaign({ params: { id } }),
      () => coordinator.getDraft({ params: { id } }),
      () =>
        coordinator.grantOffice({
          key: key(),
          body: { person: 'clerk', office: 'coordinator', campaign: id, from: today },
        }),
    ])
      expect((await problemOf(call())).code).toBe('NOT_FOUND');
    expect((await coordinator.listCampaigns({ query: { limit: 200 } })).items.map((each) => each.id)).not.toContain(id);
    await local.grantOffice({
      key: key(),
      body: { person: 'coordinator', office: 'coordinator', campaign: id, from: today },
    });
    expect((await coordinator.listCampaigns({ query: { limit: 200 } })).items.map((each) => each.id)).toContain(id);
  });

  it('works in a commune with one clerk: a signed paper that he enters stands for the second account, and it shows', async () => {
    const clerk = local;
    await coordinator.addPerson({
      key: key(),
      body: { code: 'CB-101', name: 'Bí thư xã Một', email: 'cb101@example.vn' },
    });
    const grant = (person: string, office: string, unit: string) =>
      coordinator.grantOffice({ key: key(), body: { person, office, unit, from: today } });
    for (const office of ['document-office', 'chief-of-office']) await grant('CB-100', office, 'XA-1');
    for (const office of ['standing-signer', 'standing-deputy', 'committee-secretary'])
      await grant('CB-101', office, 'XA-1');
    for (const office of ['unit-head', 'unit-contact']) await grant('contact-1', office, 'CB-XA-1');
    const document = documentOf(province, today, {
      ownerUnit: 'XA-1',
      level: 'base',
      plan: { number: '1-KH/ĐU', date: today },
      teams: [{ id: 'D1', head: 'CB-101', secretary: 'CB-100' }],
      subjects: [{ unit: 'CB-XA-1', team: 'D1' }],
    });
    const id = await register.launched(document, { clerk, signer: clerk, coordinator: clerk, owner: 'XA-1' });
    const [row] = (await clerk.getBoard({ params: { id } })).items;
    expect(row!.unit.symbol).toBe('CB-XA-1');
    const dates = { document: today, sent: today, received: today };
    const give = (body: object) =>
      clerk.commandCase({
        params: { id: row!.caseId },
        key: key(),
        body: { dates, capacity: 'document-office', ...body } as never,
      });
    const paper = { kind: 'BC', number: '3-BC/CB', date: today };
    await give({ type: 'completeStep', step: 'outline-prepared', outcome: 'ready', paper });
    await give({ type: 'completeStep', step: 'kick-off', outcome: 'held', paper });
    await give({ type: 'submitStep', step: 'self-report', onBehalfOf: 'unit-head', paper });
    const accepted = { type: 'completeStep', step: 'self-report', outcome: 'accepted' };
    expect((await problemOf(give(accepted))).code).toBe('SAME_PERSON');
    await give({ ...accepted, paper: { kind: 'TB', number: '4-TB/ĐU', date: today, signedAs: 'T/M' } });
    const { view } = await clerk.getCase({ params: { id: row!.caseId } });
    expect(view.steps.find(({ step }) => step === 'self-report')).toMatchObject({ status: 'met', sameHand: true });
  });
});
