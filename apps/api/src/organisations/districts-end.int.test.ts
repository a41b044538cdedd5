import type { Client } from '@giamsat/contracts/http';
import { openDatabase, people, setViewer } from '@giamsat/database';
import { unitOffices } from '@giamsat/procedure/source';
import { headingsOf, PERSON_COLUMNS, UNIT_COLUMNS, writeXlsx, type Sheet } from '@giamsat/registry/sheets';
import { documentOf, type Province } from '../../testing/province.js';
import { CHANGE, errorsOf, instrument, key, openRegister, type Register } from '../../../../test/support/register.js';
import { Clock } from '../clock.js';
import { problemOf } from '../../testing/start.js';

const today = new Clock().today();

describe('the end of the districts', () => {
  let register: Register;
  let province: Province;
  let coordinator: Client;

  beforeAll(async () => {
    register = await openRegister({ runs: true });
    ({ province, coordinator } = register);
  });
  afterAll(() => register?.close());

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
    const officers = await register.officers();
    const document = documentOf(province, '2025-03-10', {
      year: 2025,
      historical: true,
      subjects: DISTRICTS.map((unit) => ({ unit, team: 'D1' })),
    });
    const id = await register.launched(document, officers);
    await register.change({ type: 'renameUnit', unit: 'HU-1', name: 'Thành ủy số 1', on: '2025-05-01', instrument });
    for (const [i, unit] of DISTRICTS.entries())
      await register.change(
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
    const receiver = await register.signedIn('du-1', 'P-DU-1');
    const other = await register.signedIn('du-12', 'P-DU-12');
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
        duties: [{ key: M2, owes: [{ symbol: 'HU-1' }], offered: [{ symbol: 'DU-12' }] }],
        offered: [{ symbol: 'DU-12' }],
        accepted: [],
        remains: 'accept',
        mine: [idOf['DU-12']],
      },
    ]);
    expect((await problemOf(receiver.getCase({ params: { id: caseOf['HU-1']! } }))).code).toBe('NOT_FOUND');
    // Nor has the database a row of it for the api that asks in its name, but what it is asked to owe.
    const app = await openDatabase({ url: register.world.environment.DATABASE_URL_APP!, poolSize: 1 });
    await app.transaction(async (manager) => {
      const person = (await people.resolve(register.world.owner, 'P-DU-12'))!.id;
      const viewer = { person, on: today, unitOffices: unitOffices(), auditOffices: [] };
      await setViewer(manager, viewer);
      const ofCases = ['ledger', 'stream', 'supervision_case', 'case_party', 'outbox', 'content'];
      for (const from of ['case_row', ...ofCases.map((table) => `${table} WHERE case_id IS NOT NULL`)])
        expect([from, await manager.query(`SELECT FROM ${from}`)]).toEqual([from, []]);
      const offers: unknown = await manager.query(`SELECT case_id, body FROM my_offers()`);
      expect(offers).toMatchObject([
        { case_id: caseOf['HU-1'], body: { units: [idOf['HU-1']], offered: [idOf['DU-12']] } },
      ]);
      for (const word of [M1, M3, 'remediation-plan', idOf['DU-1']!])
        expect(JSON.stringify(offers)).not.toContain(word);
    });
    await app.destroy();
    const former = await register.signedIn('hu-1', 'P-HU-1');
    const forAnother = former.commandCase({
      params: { id: caseOf['HU-1']! },
      key: key(),
      body: { type: 'acceptTransfer', unit: idOf['DU-1']! },
    });
    expect((await problemOf(forAnother)).code).toBe('NOT_ALLOWED');
    expect((await problemOf(accept(other, 'HU-1', 'DU-1'))).code).toBe('NOT_FOUND');

    // Half accepted: the other half is still the district's, which reads nothing of what has gone.
    const taking = { params: { id: caseOf['HU-1']! }, key: key(), body: { unit: 'DU-12' } };
    const taken = await other.acceptTransfer(taking);
    // The answer was lost, and it is asked again.
    expect(await other.acceptTransfer(taking)).toEqual(taken);
    expect((await problemOf(accept(other, 'HU-1', 'DU-12'))).code).toBe('NOT_FOUND');
    expect((await duties()).filter((each) => each.startsWith('HU-1 '))).toEqual(
      [`HU-1 ${M1} HU-1`, `HU-1 ${M2} DU-12`, 'HU-1 remediation-plan HU-1'].sort(),
    );
    const stepsOf = async (client: Client) =>
      (await client.getCase({ params: { id: caseOf['HU-1']! } })).view.steps.map(({ key: step }) => step);
    expect(await stepsOf(former)).not.toContain(M2);
    for (const symbol of COMMUNES.filter((each) => !['DU-11', 'DU-12'].includes(each))) {
      const client = await register.signedIn(symbol.toLowerCase(), `P-${symbol}`);
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
    const successor = (symbol: string, step: string): string => OWES[`${symbol} ${step}`] ?? symbol.replace('HU', 'DU');
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
    const du2 = await register.signedIn('du-2', 'P-DU-2');
    const du13 = await register.signedIn('du-13', 'P-DU-13');
    expect((await problemOf(submit(du2, 'HU-2', 'self-report'))).code).toBe('NOT_ALLOWED');
    const mine = async (client: Client) => (await client.listDuties()).items.map(({ key: step }) => step);
    expect([await mine(du2), await mine(du13), await mine(receiver), await mine(other)]).toEqual([
      [],
      ['self-report'],
      ['remediation-plan'],
      [],
    ]);
    await submit(du13, 'HU-2', 'self-report');
    await submit(await register.signedIn('du-14', 'P-DU-14'), 'HU-3', 'self-report');
    const seen = await other.getCase({ params: { id: caseOf['HU-1']! } });
    const steps = seen.view.steps.map(({ key: step }) => step);
    expect(steps).toEqual(expect.arrayContaining(['remediation-plan', M2]));
    expect(steps).not.toContain(M1);
    expect(seen.view.measures).toHaveLength(1);
    expect(seen.allowed.map(({ type }) => type)).not.toContain('submitStep');

    // What the other half took, that it has, and who acts for it, is nowhere in what this half is told.
    const former1 = { params: { id: caseOf['HU-1']! } };
    const told = [
      seen,
      await other.getCaseHistory({ ...former1, query: {} }),
      await other.listCaseNotices({ ...former1 }),
    ];
    expect(JSON.stringify(told)).not.toMatch(new RegExp([idOf['DU-1'], 'Đảng ủy xã mới 1"', 'P-DU-1"', M1].join('|')));
    const inWhole = JSON.stringify(await officers.clerk.getCase(former1));
    for (const word of [idOf['DU-1']!, 'Đảng ủy xã mới 1"', M1]) expect(inWhole).toContain(word);

    // Old papers keep the old name; the old unit has nothing left to see.
    expect((await receiver.getCase({ params: { id: caseOf['HU-1']! } })).unit).toMatchObject({
      name: 'Huyện ủy số 1',
      now: 'Thành ủy số 1',
      ended: CHANGE,
      takenOverBy: [{ symbol: 'DU-1' }],
    });
    expect((await officers.clerk.getCase(former1)).unit!.takenOverBy).toMatchObject([
      { symbol: 'DU-1' },
      { symbol: 'DU-12' },
    ]);
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
