import { randomUUID } from 'node:crypto';
import { accounts, hashPassword, ledger, people } from '@giamsat/database';
import { headingsOf, PERSON_COLUMNS, readSheets, UNIT_COLUMNS, writeXlsx, type Sheet } from '@giamsat/registry/sheets';
import type { Client } from '@giamsat/contracts/http';
import { createWorld, eventually, type World } from '../../../../test/support/world.js';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../../../worker/testing/start.js';
import { createProvince, documentOf, type Province } from '../../testing/province.js';
import { PASSWORD } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();
const key = () => randomUUID();
const instrument = { kind: 'QĐ', number: '15-QĐ/TU', date: '2025-06-16' };
const CHANGE = '2025-07-01';

describe('the register through the doors', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let worker: INestApplicationContext;
  let coordinator: Client;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 3);
    worker = await startWorker(world);
    api = await startApi(world);
    coordinator = await api.as('coordinator');
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  type Change = Parameters<Client['changeOrganisation']>[0]['body'];
  const change = (body: Change, client = coordinator, with_ = key()) => client.changeOrganisation({ key: with_, body });
  const addUnit = (symbol: string, parent: string, on = '2020-01-01', kind = 'commune') =>
    change({ type: 'addUnit', kind, symbol, name: `Đảng ủy ${symbol}`, parent, on, instrument });
  const clients = new Map<string, Client>();
  /** An account for somebody of the register, once. */
  const signedIn = async (login: string, code: string): Promise<Client> => {
    const known = clients.get(login);
    if (known) return known;
    const person = await people.resolve(world.owner, code);
    await accounts.setPassword(world.owner, {
      personId: person!.id,
      login,
      passwordHash: await hashPassword(PASSWORD),
    });
    const client = await api.as(login);
    clients.set(login, client);
    return client;
  };
  const errorsOf = async (answer: Promise<unknown>) => {
    const { code, errors } = await problemOf(answer);
    return [code, ...errors.map(({ path, code: of }) => `${path} ${of}`)];
  };

  it('keeps the tree of every day, each change with its paper and its event', async () => {
    await addUnit('HU-A', 'TU', '2020-01-01', 'district');
    const { id: commune } = await addUnit('XA-A1', 'HU-A');
    const same = key();
    const first = await change(
      { type: 'renameUnit', unit: 'XA-A1', name: 'Đảng ủy phường A1', on: '2024-01-01', instrument },
      coordinator,
      same,
    );
    expect(
      await change(
        { type: 'renameUnit', unit: 'XA-A1', name: 'Đảng ủy phường A1', on: '2024-01-01', instrument },
        coordinator,
        same,
      ),
    ).toEqual(first);
    await change({ type: 'moveUnit', unit: 'XA-A1', parent: 'TU', on: CHANGE, instrument });
    await change({ type: 'dissolveUnit', unit: 'HU-A', on: CHANGE, instrument });
    const on = async (at: string) =>
      (await coordinator.getTree({ query: { at } })).units.flatMap(({ symbol, name, parent }) =>
        symbol?.endsWith('A') || symbol === 'XA-A1' ? [[symbol, name, parent === province.owner]] : [],
      );
    expect(await on('2023-12-31')).toEqual([
      ['HU-A', 'Đảng ủy HU-A', true],
      ['XA-A1', 'Đảng ủy XA-A1', false],
    ]);
    expect(await on(CHANGE)).toEqual([['XA-A1', 'Đảng ủy phường A1', true]]);
    const shown = await coordinator.getUnit({ params: { id: 'XA-A1' } });
    expect(shown).toMatchObject({
      from: '2020-01-01',
      to: null,
      names: [{ to: '2024-01-01' }, { name: 'Đảng ủy phường A1', instrument }],
      parents: [
        { unit: { symbol: 'HU-A' }, to: CHANGE },
        { unit: { symbol: 'TU' }, from: CHANGE, instrument },
      ],
    });
    const events = await ledger.eventsOf<{ type: string; paper: object; by: object }>(world.owner, {
      kind: 'organisation',
      id: commune!,
    });
    expect(events.map(({ type }) => type)).toEqual(['unitAdded', 'unitRenamed', 'unitMoved']);
    expect(events[1]).toMatchObject({
      paper: instrument,
      by: { actor: province.person.coordinator, capacity: 'coordinator' },
    });
    expect(JSON.stringify(events)).not.toContain('Đảng ủy');
  });

  it('refuses what cannot be, with place and remedy, and changes nothing', async () => {
    const before = await coordinator.getTree();
    expect(
      await errorsOf(change({ type: 'moveUnit', unit: 'TU', parent: 'XA-1', on: '2026-01-01', instrument })),
    ).toEqual(['REGISTER_REFUSED', 'body.parent CYCLE']);
    expect(
      await errorsOf(
        change({ type: 'mergeUnits', units: ['XA-1', 'XA-9'], into: 'XA-8', on: '2026-01-01', instrument }),
      ),
    ).toEqual(['REGISTER_REFUSED', 'body.units.1 UNIT_UNKNOWN', 'body.into UNIT_UNKNOWN']);
    expect(
      await errorsOf(change({ type: 'renameUnit', unit: 'HU-A', name: 'x', on: '2026-01-01', instrument })),
    ).toEqual(['REGISTER_REFUSED', 'body.unit UNIT_ENDED']);
    expect(
      (await problemOf(change({ type: 'renameUnit', unit: 'HU-A', name: 'x', on: '2026-02-30', instrument }))).code,
    ).toBe('INVALID');
    expect(await coordinator.getTree()).toEqual(before);
  });

  it('lets a body keep itself and what lies under it, and nothing else', async () => {
    await coordinator.addPerson({
      key: key(),
      body: { code: 'CB-100', name: 'Văn thư xã Một', email: 'cb100@example.vn' },
    });
    await coordinator.grantOffice({
      key: key(),
      body: { person: 'CB-100', office: 'coordinator', unit: 'XA-1', from: '2020-01-01' },
    });
    const local = await signedIn('local', 'CB-100');
    await change(
      {
        type: 'addUnit',
        kind: 'cell',
        symbol: 'CB-XA-1',
        name: 'Chi bộ Một',
        parent: 'XA-1',
        on: '2026-01-01',
        instrument,
      },
      local,
    );
    for (const parent of ['TU', 'XA-2'])
      expect(
        await errorsOf(
          change(
            { type: 'addUnit', kind: 'cell', symbol: 'X-9', name: 'x', parent, on: '2026-01-01', instrument },
            local,
          ),
        ),
      ).toEqual(['REGISTER_REFUSED', 'body.parent UNIT_NOT_YOURS']);
    expect(
      (await local.getTree()).units
        .filter(({ mine }) => mine)
        .map(({ symbol }) => symbol)
        .sort(),
    ).toEqual(['CB-XA-1', 'XA-1']);
    expect((await local.getUnit({ params: { id: 'XA-2' } })).offices).toEqual([]);
    expect((await problemOf(local.listOffices({ query: { unit: 'XA-2' } }))).code).toBe('NOT_FOUND');
    const names = (await local.listPeople()).items.map(({ name }) => name);
    expect(names.sort()).toEqual(['Người contact-1', 'Người head-1', 'Văn thư xã Một']);
    expect(
      await errorsOf(local.changePerson({ key: key(), params: { id: 'signer' }, body: { email: 'x@example.vn' } })),
    ).toEqual(['REGISTER_REFUSED', 'params.id PERSON_NOT_YOURS']);
    for (const call of [(await api.as('head-1')).getTree(), (await api.as('stranger')).listRecusals()])
      expect((await problemOf(call)).code).toBe('NOT_FOUND');
  });

  it('grants, ends and revokes offices, never to oneself, never twice', async () => {
    const grant = (body: object) => coordinator.grantOffice({ key: key(), body: body as never });
    expect(
      await errorsOf(grant({ person: 'coordinator', office: 'standing-signer', unit: 'TU', from: today })),
    ).toEqual(['REGISTER_REFUSED', 'body.person NOT_TO_ONESELF']);
    expect(await errorsOf(grant({ person: 'CB-100', office: 'king', unit: 'TU', from: today }))).toEqual([
      'REGISTER_REFUSED',
      'body.office OFFICE_UNKNOWN',
    ]);
    expect(await errorsOf(grant({ person: 'head-1', office: 'unit-head', unit: 'XA-1', from: '2021-01-01' }))).toEqual([
      'REGISTER_REFUSED',
      'body.from OFFICE_TWICE',
    ]);
    expect((await problemOf(grant({ person: 'CB-100', office: 'auditor', from: today }))).code).toBe('INVALID');
    const { id } = await grant({ person: 'CB-100', office: 'chief-of-office', unit: 'XA-1', from: '2026-01-01' });
    await coordinator.endOffice({ key: key(), params: { id: id! }, body: { on: '2026-02-01' } });
    expect(
      await errorsOf(coordinator.endOffice({ key: key(), params: { id: id! }, body: { on: '2026-03-01' } })),
    ).toEqual(['REGISTER_REFUSED', 'body.on OFFICE_ENDED']);
    const { id: other } = await grant({
      person: 'CB-100',
      office: 'chief-of-office',
      unit: 'XA-1',
      from: '2026-02-01',
    });
    await coordinator.revokeOffice({ key: key(), params: { id: other! }, body: {} });
    const held = async (at: string) =>
      (await coordinator.listOffices({ query: { person: 'CB-100', at } })).items.map(({ office }) => office).sort();
    expect(await held('2026-01-15')).toEqual(['chief-of-office', 'coordinator']);
    expect(await held('2026-02-15')).toEqual(['coordinator']);
  });

  it('imports units, people and offices whole or not at all, and exports what it can import again', async () => {
    const sheets: Sheet[] = [
      {
        name: 'Đơn vị',
        rows: [
          headingsOf(UNIT_COLUMNS),
          ['XA-50', 'Đảng ủy xã Năm Mươi', 'commune', 'TU', '1/7/2025', 'QĐ', '5-QĐ/TU', '16/6/2025'],
          ['XA-1', 'Đảng ủy xã Thử 1', 'commune', 'TU', '2020-01-01'],
        ],
      },
      {
        name: 'Người',
        rows: [
          headingsOf(PERSON_COLUMNS),
          ['CB-50', 'Lý Thị Năm', 'nam@example.vn', 'unit-head', 'XA-50', '2025-07-01'],
          ['CB-100', 'Tên Đã Đổi', '', '', '', ''],
        ],
      },
    ];
    const send = async (
      more: Partial<Parameters<Client['importRegister']>[0]['body']>,
      of = sheets,
      client = coordinator,
    ) =>
      client.importRegister({
        key: key(),
        body: { name: 'a.xlsx', data: (await writeXlsx(of)).toString('base64'), ...more },
      });
    const before = await coordinator.exportRegister({ query: {} });
    const preview = await send({});
    expect(preview).toMatchObject({
      written: false,
      rows: 4,
      mistakes: [],
      conflicts: [{ path: 'Người!A3', code: 'CONFLICT' }],
    });
    expect(preview.acts.map(({ does, kind, subject }) => `${does} ${kind} ${subject}`)).toEqual([
      'add unit XA-50',
      'same unit XA-1',
      'add person CB-50',
      'add office CB-50 unit-head XA-50',
    ]);
    expect(await errorsOf(send({ preview: false }))).toEqual(['REGISTER_REFUSED', 'Người!A3 CONFLICT']);
    const spoilt = [
      sheets[0]!,
      { name: 'Người', rows: [...sheets[1]!.rows, ['CB-51', 'Ai Đó', '', 'unit-head', 'NOWHERE', '2025-07-01']] },
    ];
    expect(await errorsOf(send({ preview: false, onConflict: 'update' }, spoilt))).toEqual([
      'REGISTER_REFUSED',
      'Người!E4 UNIT_UNKNOWN',
    ]);
    const bytes = (answer: { data: string }) => readSheets('x', Buffer.from(answer.data, 'base64'));
    expect(await bytes(await coordinator.exportRegister({ query: {} }))).toEqual(await bytes(before));
    expect(await errorsOf(send({ preview: false }, sheets, await api.as('local')))).toContain(
      'Đơn vị!D2 UNIT_NOT_YOURS',
    );

    expect(await send({ preview: false, onConflict: 'skip' })).toMatchObject({ written: true });
    expect((await coordinator.getUnit({ params: { id: 'XA-50' } })).offices.map(({ person }) => person.name)).toEqual([
      'Lý Thị Năm',
    ]);
    expect((await people.resolve(world.owner, 'CB-100'))!.name).toBe('Văn thư xã Một');
    await send({ preview: false, onConflict: 'update' });
    expect((await people.resolve(world.owner, 'CB-100'))!.name).toBe('Tên Đã Đổi');

    const { data } = await coordinator.exportRegister({ query: { format: 'csv', sheet: 'units' } });
    const again = await coordinator.importRegister({ key: key(), body: { name: 'units.csv', data } });
    expect([again.mistakes, again.conflicts, new Set(again.acts.map(({ does }) => does))]).toEqual([
      [],
      [],
      new Set(['same']),
    ]);
  });

  describe('in a campaign', () => {
    let campaign: string;
    const launched = async (
      document: object,
      by: { clerk: Client; signer: Client; coordinator: Client; owner: string },
    ) => {
      const { id, version, mistakes } = await by.clerk.createCampaign({
        body: { ownerUnit: by.owner, document: document as never },
      });
      expect(mistakes).toEqual([]);
      await by.clerk.issuePlan({ params: { id }, body: { version }, key: key() });
      const { decision } = document as { decision: { date: string; number: string } };
      const dates = { document: decision.date, sent: decision.date, received: decision.date };
      await by.clerk.commandCampaign({
        params: { id },
        key: key(),
        body: {
          type: 'completeStep',
          step: 'team-formed',
          outcome: 'issued',
          dates,
          paper: { kind: 'QĐ', ...decision },
        },
      });
      await by.coordinator.commandCampaign({ params: { id }, key: key(), body: { type: 'launchWave', wave: 1 } });
      await eventually(
        async () => (await by.coordinator.getCampaign({ params: { id } })).waves[0]?.state === 'standing',
      );
      return id;
    };
    const ofProvince = async () => ({
      clerk: await api.as('clerk'),
      signer: await api.as('signer'),
      coordinator,
      owner: 'TU',
    });

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
      const officers = await ofProvince();
      campaign = await launched({ ...document, teams }, officers);
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
      await coordinator.endRecusal({ key: key(), params: { id: id! }, body: { on: today } });
      await officers.signer.commandCampaign({
        params: { id: campaign },
        key: key(),
        body: { type: 'changeTeam', team: 'D2' },
      });
    });

    it('has both names on record when somebody acts for the holder of an office', async () => {
      const acting = { person: 'adviser', office: 'standing-signer', unit: 'TU', from: today };
      expect(await errorsOf(coordinator.grantOffice({ key: key(), body: { ...acting, actingFor: 'signer' } }))).toEqual(
        ['REGISTER_REFUSED', 'body.to ACTING_NEEDS_END'],
      );
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
      const local = await api.as('local');
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
      expect((await coordinator.listCampaigns({ query: { limit: 200 } })).items.map((each) => each.id)).not.toContain(
        id,
      );
      await local.grantOffice({
        key: key(),
        body: { person: 'coordinator', office: 'coordinator', campaign: id, from: today },
      });
      expect((await coordinator.listCampaigns({ query: { limit: 200 } })).items.map((each) => each.id)).toContain(id);
    });

    it('works in a commune with one clerk: a signed paper that he enters stands for the second account, and it shows', async () => {
      const clerk = await api.as('local');
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
      const id = await launched(document, { clerk, signer: clerk, coordinator: clerk, owner: 'XA-1' });
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

    it('passes every open duty on when the districts end on 1/7/2025, by acts alone, and none of them twice', async () => {
      const DISTRICTS = Array.from({ length: 11 }, (_, i) => `HU-${i + 1}`);
      const COMMUNES = Array.from({ length: 14 }, (_, i) => `DU-${i + 1}`);
      const sheets: Sheet[] = [
        {
          name: 'Đơn vị',
          rows: [
            headingsOf(UNIT_COLUMNS),
            ...DISTRICTS.map((symbol, i) => [symbol, `Huyện ủy số ${i + 1}`, 'district', 'TU', '2020-01-01']),
            ...COMMUNES.map((symbol, i) => [symbol, `Đảng ủy xã mới ${i + 1}`, 'commune', 'TU', CHANGE]),
          ],
        },
        {
          name: 'Người',
          rows: [
            headingsOf(PERSON_COLUMNS),
            ...[...DISTRICTS, ...COMMUNES].map((symbol) => [
              `P-${symbol}`,
              `Đứng đầu ${symbol}`,
              `${symbol.toLowerCase()}@example.vn`,
              'unit-head',
              symbol,
              symbol.startsWith('H') ? '2020-01-01' : CHANGE,
            ]),
          ],
        },
      ];
      await coordinator.importRegister({
        key: key(),
        body: { name: 'a.xlsx', data: (await writeXlsx(sheets)).toString('base64'), preview: false },
      });
      const officers = await ofProvince();
      const document = documentOf(province, '2025-03-10', {
        year: 2025,
        historical: true,
        subjects: DISTRICTS.map((unit) => ({ unit, team: 'D1' })),
      });
      const id = await launched(document, officers);
      await change({ type: 'renameUnit', unit: 'HU-1', name: 'Thành ủy số 1', on: '2025-05-01', instrument });
      for (const [i, unit] of DISTRICTS.entries())
        await change(
          i === 10
            ? { type: 'dissolveUnit', unit, on: CHANGE, instrument }
            : i < 3
              ? { type: 'splitUnit', unit, into: [`DU-${i + 1}`, `DU-${i + 12}`], on: CHANGE, instrument }
              : { type: 'mergeUnits', units: [unit], into: `DU-${i + 1}`, on: CHANGE, instrument },
        );

      // HU-1 has planned nothing yet of three measures; all others owe their first report.
      const rows = async () => (await coordinator.getBoard({ params: { id }, query: { limit: 100 } })).items;
      const caseOf = Object.fromEntries((await rows()).map(({ unit, caseId }) => [unit.symbol!, caseId]));
      const day = '2025-05-20';
      const paper = { kind: 'VB', number: '9-VB/TU', date: day };
      const enter = (symbol: string, body: object) =>
        officers.clerk.commandCase({
          params: { id: caseOf[symbol]! },
          key: key(),
          body: { dates: { document: day, sent: day, received: day }, paper, ...body } as never,
        });
      const done = (step: string, outcome: string) => ({ type: 'completeStep', step, outcome });
      const submitted = (step: string, outcome: string) => [{ type: 'submitStep', step }, done(step, outcome)];
      for (const symbol of DISTRICTS) {
        await enter(symbol, done('outline-prepared', 'ready'));
        await enter(symbol, done('kick-off', 'held'));
      }
      for (const body of [
        ...submitted('self-report', 'accepted'),
        ...submitted('draft-report', 'to-conference'),
        done('unit-conference', 'agreed'),
        done('field-work', 'done'),
        ...submitted('report-submitted', 'submitted'),
        done('report-reviewed', 'concluded'),
      ])
        await enter('HU-1', body);
      const { created: finding } = await enter('HU-1', { type: 'recordFinding', kind: 'limitation' });
      const measures: string[] = [];
      for (let i = 0; i < 3; i++) {
        const body = { type: 'recordMeasure', findings: [finding], nature: 'duty' };
        measures.push(`remediation-progress/${(await enter('HU-1', body)).created!}`);
      }
      await enter('HU-1', done('conclusion-issued', 'issued'));
      await enter('HU-1', done('conclusion-delivered', 'delivered'));
      const [M1, M2, M3] = measures as [string, string, string];

      const idOf: Record<string, string> = {};
      for (const symbol of [...DISTRICTS, ...COMMUNES])
        idOf[symbol] = (await coordinator.getUnit({ params: { id: symbol } })).unit.id;
      const codeOf = Object.fromEntries(Object.entries(idOf).map(([symbol, unit]) => [unit, symbol]));
      /** Every open duty with whoever owes it; and every open step of anybody. */
      const duties = async () =>
        (await rows())
          .flatMap(({ unit, duties: each }) =>
            Object.entries(each).flatMap(([step, { owes }]) =>
              step === '*' ? [] : `${unit.symbol} ${step} ${owes.map((of) => codeOf[of]).join('+')}`,
            ),
          )
          .sort();
      const openSteps = async () =>
        (await rows()).flatMap(({ unit, open }) => open.map((each) => `${unit.symbol} ${each.key}`)).sort();
      const owned = (owner: (symbol: string, step: string) => string | null) =>
        [
          ...DISTRICTS.slice(1).map((symbol) => [symbol, 'self-report'] as const),
          ...['remediation-plan', M1, M2, M3].map((step) => ['HU-1', step] as const),
        ]
          .flatMap(([symbol, step]) => {
            const by = owner(symbol, step);
            return by === null ? [] : `${symbol} ${step} ${by}`;
          })
          .sort();
      const before = await duties();
      const openBefore = await openSteps();
      expect(before).toEqual(owned((symbol) => symbol));
      expect(before).toHaveLength(14);

      const signer = officers.signer;
      const waiting = async (client: Client) => (await client.listTransfers({ query: { limit: 100 } })).items;
      const ending = await waiting(signer);
      expect(ending.map(({ unit, ended, remains }) => [unit.symbol, ended, remains]).sort()).toEqual(
        DISTRICTS.map((symbol) => [symbol, CHANGE, 'decide']).sort(),
      );
      const codes = (units: { symbol: string | null }[]) => units.map(({ symbol }) => symbol).sort();
      const first = ending.find(({ unit }) => unit.symbol === 'HU-1')!;
      expect([codes(first.from), codes(first.successors)]).toEqual([['HU-1'], ['DU-1', 'DU-12']]);
      // Nothing has passed by itself, and the receiver knows of nothing yet.
      expect(await duties()).toEqual(before);
      const receiver = await signedIn('du-1', 'P-DU-1');
      const other = await signedIn('du-12', 'P-DU-12');
      const accept = (client: Client, symbol: string, unit: string) =>
        client.acceptTransfer({ params: { id: caseOf[symbol]! }, key: key(), body: { unit } });
      expect(await waiting(receiver)).toEqual([]);
      expect((await problemOf(accept(receiver, 'HU-1', 'DU-1'))).code).toBe('NOT_FOUND');

      const transfer = (from: string, to: string[], more: object = {}) =>
        signer.commandCase({
          params: { id: caseOf[from]! },
          key: key(),
          body: { type: 'transferUnit', to, instrument, ...more } as never,
        });
      const share = (duty: string, ...units: string[]) => ({ duty, units, ...(units.length > 1 && { jointly: true }) });
      expect(await errorsOf(transfer('HU-1', ['HU-2']))).toEqual(['INVALID', 'to.0 UNIT_ENDED']);
      expect(await errorsOf(transfer('HU-1', ['DU-2']))).toEqual(['INVALID', 'to.0 UNIT_NOT_SUCCESSOR']);
      const halves = [share('remediation-plan', 'DU-1'), share(M1, 'DU-1'), share(M2, 'DU-12')];
      for (const [given, code] of [
        [halves, 'DUTY_NOT_NAMED'],
        [[...halves, share(M3, 'DU-12'), share(M1, 'DU-12')], 'DUTY_TWICE'],
        [[...halves, share(M3, 'DU-2')], 'NOT_A_SUCCESSOR'],
        [[...halves, { duty: M3, units: ['DU-1', 'DU-12'] }], 'DUTY_SHARED'],
      ] as const)
        expect((await problemOf(transfer('HU-1', ['DU-1', 'DU-12'], { duties: given }))).code).toBe(code);
      expect(await duties()).toEqual(before);

      const reason = 'Việc này gắn với địa bàn không còn thuộc tỉnh.';
      await transfer('HU-1', ['DU-1', 'DU-12'], { duties: halves, closes: [M3], reason });
      // Nobody of the team gets a unit to supervise that he has to keep away from.
      const { id: kin } = await coordinator.addRecusal({
        key: key(),
        body: { person: 'member', unit: 'DU-14', reason: 'kin', from: CHANGE },
      });
      expect(await errorsOf(transfer('HU-3', ['DU-3', 'DU-14'], { duties: [] }))).toEqual([
        'INVALID',
        'to.1 MEMBER_RECUSED',
      ]);
      await coordinator.endRecusal({ key: key(), params: { id: kin! }, body: { on: today } });
      await transfer('HU-2', ['DU-2', 'DU-13'], { duties: [share('self-report', 'DU-13'), share('*', 'DU-2')] });
      await transfer('HU-3', ['DU-3', 'DU-14'], { duties: [share('self-report', 'DU-3', 'DU-14')] });
      for (let i = 4; i <= 10; i++) await transfer(`HU-${i}`, [`DU-${i}`]);
      await signer.commandCase({
        params: { id: caseOf['HU-11']! },
        key: key(),
        body: { type: 'closeWithoutConclusion', reason: 'Đơn vị đã giải thể, không còn đối tượng giám sát.' },
      });
      const isLeft = (symbol: string, step: string): boolean => symbol !== 'HU-11' && step !== M3;
      expect(await duties()).toEqual(owned((symbol, step) => (isLeft(symbol, step) ? symbol : null)));

      // Offered is not accepted: the receiver sees what it is asked to owe, the case is seen by whoever stands in it.
      expect(await waiting(other)).toMatchObject([
        {
          unit: { name: 'Huyện ủy số 1' },
          from: [],
          duties: [{ key: M2, offered: [{ symbol: 'DU-12' }] }],
          remains: 'accept',
          mine: [idOf['DU-12']],
        },
      ]);
      expect((await problemOf(receiver.getCase({ params: { id: caseOf['HU-1']! } }))).code).toBe('NOT_FOUND');
      const former = await signedIn('hu-1', 'P-HU-1');
      const forAnother = former.commandCase({
        params: { id: caseOf['HU-1']! },
        key: key(),
        body: { type: 'acceptTransfer', unit: idOf['DU-1']! },
      });
      expect((await problemOf(forAnother)).code).toBe('NOT_ALLOWED');
      expect((await problemOf(accept(other, 'HU-1', 'DU-1'))).code).toBe('NOT_FOUND');

      // Half accepted: the other half is still the district's, which reads nothing of what has gone.
      await accept(other, 'HU-1', 'DU-12');
      expect((await duties()).filter((each) => each.startsWith('HU-1 '))).toEqual(
        [`HU-1 ${M1} HU-1`, `HU-1 ${M2} DU-12`, 'HU-1 remediation-plan HU-1'].sort(),
      );
      const stepsOf = async (client: Client) =>
        (await client.getCase({ params: { id: caseOf['HU-1']! } })).view.steps.map(({ key: step }) => step);
      expect(await stepsOf(former)).not.toContain(M2);
      for (const symbol of COMMUNES.filter((each) => !['DU-11', 'DU-12'].includes(each))) {
        const client = await signedIn(symbol.toLowerCase(), `P-${symbol}`);
        for (const { case: taken } of await waiting(client))
          await client.acceptTransfer({ params: { id: taken }, key: key(), body: { unit: symbol } });
        expect(await waiting(client)).toEqual([]);
      }
      expect(await waiting(signer)).toEqual([]);

      const after = await duties();
      const OWES: Record<string, string> = {
        [`HU-1 ${M2}`]: 'DU-12',
        'HU-2 self-report': 'DU-13',
        'HU-3 self-report': 'DU-3+DU-14',
      };
      const successor = (symbol: string, step: string): string =>
        OWES[`${symbol} ${step}`] ?? symbol.replace('HU', 'DU');
      expect(after).toEqual(owned((symbol, step) => (isLeft(symbol, step) ? successor(symbol, step) : null)));
      const bare = (list: string[]) => list.map((each) => each.split(' ').slice(0, 2).join(' '));
      const closed = ['HU-11 self-report', `HU-1 ${M3}`];
      expect([...bare(after), ...closed].sort()).toEqual(bare(before).sort());
      expect(new Set(bare(after)).size).toBe(after.length);
      expect(await openSteps()).toEqual(openBefore.filter((each) => !each.startsWith('HU-11 ')));

      // Each successor does and reads its own, and what that follows from.
      const submit = (client: Client, symbol: string, step: string) =>
        client.commandCase({ params: { id: caseOf[symbol]! }, key: key(), body: { type: 'submitStep', step } });
      expect((await problemOf(submit(other, 'HU-1', 'remediation-plan'))).code).toBe('NOT_ALLOWED');
      const du2 = await signedIn('du-2', 'P-DU-2');
      const du13 = await signedIn('du-13', 'P-DU-13');
      expect((await problemOf(submit(du2, 'HU-2', 'self-report'))).code).toBe('NOT_ALLOWED');
      const mine = async (client: Client) => (await client.listDuties()).items.map(({ key: step }) => step);
      expect([await mine(du2), await mine(du13), await mine(receiver), await mine(other)]).toEqual([
        [],
        ['self-report'],
        ['remediation-plan'],
        [],
      ]);
      await submit(du13, 'HU-2', 'self-report');
      await submit(await signedIn('du-14', 'P-DU-14'), 'HU-3', 'self-report');
      const seen = await other.getCase({ params: { id: caseOf['HU-1']! } });
      const steps = seen.view.steps.map(({ key: step }) => step);
      expect(steps).toEqual(expect.arrayContaining(['remediation-plan', M2]));
      expect(steps).not.toContain(M1);
      expect(seen.view.measures).toHaveLength(1);
      expect(seen.allowed.map(({ type }) => type)).not.toContain('submitStep');

      // Old papers keep the old name; the old unit has nothing left to see.
      expect((await receiver.getCase({ params: { id: caseOf['HU-1']! } })).unit).toMatchObject({
        name: 'Huyện ủy số 1',
        now: 'Thành ủy số 1',
        ended: CHANGE,
        takenOverBy: [{ symbol: 'DU-1' }, { symbol: 'DU-12' }],
      });
      expect((await problemOf(former.getCase({ params: { id: caseOf['HU-1']! } }))).code).toBe('NOT_FOUND');
      const last = await rows();
      expect(last.map(({ unit }) => unit.name).sort()).toEqual(DISTRICTS.map((_, i) => `Huyện ủy số ${i + 1}`).sort());
      expect(last.find(({ unit }) => unit.symbol === 'HU-11')).toMatchObject({
        status: 'without-conclusion',
        open: [],
        duties: {},
      });

      // Whoever had to step back from the district has to from its communes.
      await coordinator.addRecusal({
        key: key(),
        body: { person: 'member', unit: 'HU-1', reason: 'former-post', from: '2024-01-01' },
      });
      const checked = await officers.clerk.checkCampaign({
        body: {
          document: documentOf(province, today, {
            subjects: ['DU-1', 'DU-2', 'DU-12'].map((unit) => ({ unit, team: 'D1' })),
          }),
        },
      });
      expect(checked.mistakes.map(({ code, params }) => [code, params!.unit, params!.recorded])).toEqual(
        ['DU-1', 'DU-12'].map((unit) => ['MEMBER_RECUSED', idOf[unit], idOf['HU-1']]),
      );
    });
  });
});
