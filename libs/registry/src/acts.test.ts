import fc from 'fast-check';
import { apply, check, type RegisterAct } from './acts.js';
import { endsOn, existsOn, lineOn, nameOn, parentOn, successorsOn, type Register } from './register.js';

const paper = { kind: 'QĐ', number: '1-QĐ/TU', date: '2025-06-16' };
const TODAY = '2025-06-20';
const add = (unit: string, parent: string | null, on = '2020-01-01'): RegisterAct => ({
  type: 'addUnit',
  unit,
  kind: 'commune',
  symbol: unit.toUpperCase(),
  name: `Đơn vị ${unit}`,
  parent,
  on,
  instrument: paper,
});
const act = (body: object, on = '2025-07-01') => ({ ...body, on, instrument: paper }) as RegisterAct;

/** province p; districts d and e under it; communes a and b under d; c under p from 1/7/2025 */
const BASE = [add('p', null), add('d', 'p'), add('e', 'p'), add('a', 'd'), add('b', 'd'), add('c', 'p', '2025-07-01')];
const after = (acts: RegisterAct[], register: Register = new Map()): Register =>
  acts.reduce((so, each) => {
    expect(check(so, each, TODAY)).toEqual([]);
    return apply(so, each);
  }, register);
const refusals = (register: Register, each: RegisterAct) =>
  check(register, each, TODAY).map(({ field, code }) => `${field} ${code}`);

describe('acts on the organisation', () => {
  const base = after(BASE);

  it('keeps every day as it was', () => {
    const later = after(
      [
        act({ type: 'renameUnit', unit: 'd', name: 'Thành phố d' }, '2024-01-01'),
        act({ type: 'moveUnit', unit: 'a', parent: 'c' }),
        act({ type: 'moveUnit', unit: 'b', parent: 'p' }),
        act({ type: 'splitUnit', unit: 'd', into: ['a', 'c'] }),
        act({ type: 'mergeUnits', units: ['e'], into: 'c' }),
      ],
      base,
    );
    const d = later.get('d')!;
    expect([nameOn(d, '2023-12-31'), nameOn(d, '2024-01-01'), nameOn(d, '2026-01-01')]).toEqual([
      'Đơn vị d',
      'Thành phố d',
      'Thành phố d',
    ]);
    expect([existsOn(d, '2025-06-30'), existsOn(d, '2025-07-01'), endsOn(d)]).toEqual([true, false, '2025-07-01']);
    expect([parentOn(later.get('a')!, '2025-06-30'), parentOn(later.get('a')!, '2025-07-01')]).toEqual(['d', 'c']);
    expect(lineOn(later, 'a', '2025-06-30')).toEqual(['a', 'd', 'p']);
    expect(successorsOn(later, 'd', '2025-06-30')).toEqual([]);
    expect(successorsOn(later, 'd', '2025-07-01').sort()).toEqual(['a', 'c']);
    expect(
      successorsOn(
        after(
          [act({ type: 'mergeUnits', units: ['c'], into: 'p' }, '2025-09-01')],
          after([act({ type: 'moveUnit', unit: 'a', parent: 'p' }, '2025-08-01')], later),
        ),
        'e',
        '2025-10-01',
      ),
    ).toEqual(['p']);
  });

  it.each<[string, RegisterAct, string[]]>([
    ['a code that is taken', { ...add('x', 'p'), symbol: 'D' } as RegisterAct, ['symbol SYMBOL_TAKEN']],
    ['a parent that nobody knows', add('x', 'nobody'), ['parent UNIT_UNKNOWN']],
    ['a parent that is not there yet', add('x', 'c', '2025-06-30'), ['parent UNIT_NOT_YET']],
    ['a circle', act({ type: 'moveUnit', unit: 'd', parent: 'a' }), ['parent CYCLE']],
    ['a unit under itself', act({ type: 'moveUnit', unit: 'd', parent: 'd' }), ['parent CYCLE']],
    ['a move to where it is', act({ type: 'moveUnit', unit: 'd', parent: 'p' }), ['parent SAME_PARENT']],
    ['the name it has', act({ type: 'renameUnit', unit: 'd', name: 'Đơn vị d' }), ['name SAME_NAME']],
    [
      'a change under the last one',
      act({ type: 'renameUnit', unit: 'c', name: 'x' }, '2025-06-30'),
      ['unit UNIT_NOT_YET'],
    ],
    ['a second name of one day', act({ type: 'renameUnit', unit: 'c', name: 'x' }), ['on BEFORE_LAST_ACT']],
    ['an end of what others hang under', act({ type: 'dissolveUnit', unit: 'd' }), ['unit HAS_CHILDREN']],
    ['a unit into itself', act({ type: 'mergeUnits', units: ['e', 'a'], into: 'a' }), ['into INTO_ITSELF']],
    ['one unit twice', act({ type: 'mergeUnits', units: ['e', 'e'], into: 'a' }), ['units.1 UNIT_TWICE']],
    ['a split into itself', act({ type: 'splitUnit', unit: 'e', into: ['a', 'e'] }), ['into.1 INTO_ITSELF']],
    [
      'a paper of tomorrow',
      { ...act({ type: 'dissolveUnit', unit: 'e' }), instrument: { ...paper, date: '2025-06-21' } },
      ['instrument.date INSTRUMENT_IN_FUTURE'],
    ],
  ])('refuses %s', (_, wrong, reasons) => {
    expect(refusals(base, wrong)).toEqual(reasons);
  });

  it('refuses everything about a unit that has ended, however late it is entered', () => {
    const later = after([act({ type: 'dissolveUnit', unit: 'e' })], base);
    for (const wrong of [
      act({ type: 'renameUnit', unit: 'e', name: 'x' }, '2025-01-01'),
      act({ type: 'dissolveUnit', unit: 'e' }, '2026-01-01'),
      add('x', 'e', '2024-01-01'),
    ])
      expect(refusals(later, wrong)[0]).toMatch(/UNIT_ENDED$/);
  });

  it('refuses a circle that a move already decided would close later', () => {
    const later = after(
      [act({ type: 'moveUnit', unit: 'p', parent: 'e' }, '2026-01-01')],
      after([add('p', null), add('e', null)]),
    );
    expect(check(later, act({ type: 'moveUnit', unit: 'e', parent: 'p' }), TODAY)).toMatchObject([
      { code: 'CYCLE', params: { from: '2026-01-01' } },
    ]);
  });

  it('never lets periods overlap, circles arise, or a unit outlive what it hangs under, whatever is tried', () => {
    const ids = ['p', 'd', 'e', 'a', 'b', 'c'];
    const id = fc.constantFrom(...ids);
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2025-08-${String(n).padStart(2, '0')}`);
    const any = fc.oneof(
      fc.record({ type: fc.constant('renameUnit'), unit: id, name: fc.constantFrom('x', 'y'), on: day }),
      fc.record({ type: fc.constant('moveUnit'), unit: id, parent: id, on: day }),
      fc.record({
        type: fc.constant('mergeUnits'),
        units: fc.array(id, { minLength: 1, maxLength: 3 }),
        into: id,
        on: day,
      }),
      fc.record({
        type: fc.constant('splitUnit'),
        unit: id,
        into: fc.array(id, { minLength: 2, maxLength: 3 }),
        on: day,
      }),
      fc.record({ type: fc.constant('dissolveUnit'), unit: id, on: day }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (tried) => {
        let register = base;
        for (const each of tried) {
          const wanted = { ...each, instrument: paper } as RegisterAct;
          if (check(register, wanted, TODAY).length === 0) register = apply(register, wanted);
        }
        for (const unit of register.values()) {
          for (const periods of [unit.names, unit.parents])
            periods.forEach(({ from, to }, i) => {
              if (to !== null && to <= from) throw new Error('empty period');
              if (i > 0 && (periods[i - 1]!.to === null || periods[i - 1]!.to! > from)) throw new Error('overlap');
            });
          for (const { parent, from, to } of unit.parents) {
            const end = endsOn(register.get(parent)!);
            if (end !== null && (to === null || to > end)) throw new Error('outlives its parent');
            const line = lineOn(register, unit.id, from);
            if (line.slice(1).some((above) => lineOn(register, above, from).includes(unit.id)))
              throw new Error('circle');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
