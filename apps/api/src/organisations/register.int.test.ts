import type { Client, UnitKind } from '@giamsat/contracts/http';
import { ledger, people } from '@giamsat/database';
import { headingsOf, PERSON_COLUMNS, readSheets, UNIT_COLUMNS, writeXlsx, type Sheet } from '@giamsat/registry/sheets';
import { type World } from '../../../../test/support/world.js';
import { type Province } from '../../testing/province.js';
import { CHANGE, errorsOf, instrument, key, openRegister, type Register } from '../../../../test/support/register.js';
import { problemOf, type RunningApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const today = new Clock().today();

describe('the register through the doors', () => {
  let register: Register;
  let api: RunningApi;
  let world: World;
  let province: Province;
  let coordinator: Client;

  beforeAll(async () => {
    register = await openRegister({ runs: false });
    ({ world, api, province, coordinator } = register);
  });
  afterAll(() => register?.close());

  const addUnit = (symbol: string, parent: string, on = '2020-01-01', kind: UnitKind = 'commune') =>
    register.change({ type: 'addUnit', kind, symbol, name: `Đảng ủy ${symbol}`, parent, on, instrument });

  it('keeps the tree of every day, each change with its paper and its event', async () => {
    await addUnit('HU-A', 'TU', '2020-01-01', 'district');
    const { id: commune } = await addUnit('XA-A1', 'HU-A');
    const same = key();
    const first = await register.change(
      { type: 'renameUnit', unit: 'XA-A1', name: 'Đảng ủy phường A1', on: '2024-01-01', instrument },
      coordinator,
      same,
    );
    expect(
      await register.change(
        { type: 'renameUnit', unit: 'XA-A1', name: 'Đảng ủy phường A1', on: '2024-01-01', instrument },
        coordinator,
        same,
      ),
    ).toEqual(first);
    await register.change({ type: 'moveUnit', unit: 'XA-A1', parent: 'TU', on: CHANGE, instrument });
    await register.change({ type: 'dissolveUnit', unit: 'HU-A', on: CHANGE, instrument });
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
      await errorsOf(register.change({ type: 'moveUnit', unit: 'TU', parent: 'XA-1', on: '2026-01-01', instrument })),
    ).toEqual(['REGISTER_REFUSED', 'body.parent CYCLE']);
    expect(
      await errorsOf(
        register.change({ type: 'mergeUnits', units: ['XA-1', 'XA-9'], into: 'XA-8', on: '2026-01-01', instrument }),
      ),
    ).toEqual(['REGISTER_REFUSED', 'body.units.1 UNIT_UNKNOWN', 'body.into UNIT_UNKNOWN']);
    expect(
      await errorsOf(register.change({ type: 'renameUnit', unit: 'HU-A', name: 'x', on: '2026-01-01', instrument })),
    ).toEqual(['REGISTER_REFUSED', 'body.unit UNIT_ENDED']);
    expect(
      (await problemOf(register.change({ type: 'renameUnit', unit: 'HU-A', name: 'x', on: '2026-02-30', instrument })))
        .code,
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
    const local = await register.signedIn('local', 'CB-100');
    await register.change(
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
          register.change(
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

    const choosing = (choices: Record<string, 'skip' | 'update'>) => send({ preview: false, choices });
    expect(await errorsOf(choosing({ 'Người!A2': 'skip' }))).toEqual([
      'REGISTER_REFUSED',
      'Người!A2 NO_CONFLICT',
      'Người!A3 CONFLICT',
    ]);
    expect(await choosing({ 'Người!A3': 'skip' })).toMatchObject({ written: true });
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
});
