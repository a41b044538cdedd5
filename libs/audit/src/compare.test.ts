import type { CaseEvent, CaseRow } from '@giamsat/procedure';
import { fold, openStream, rowOf } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { compareEvents, compareRow } from './compare.js';

const library = procedureLibrary();
const ledger: CaseEvent[] = openStream({
  opening: {
    scope: 'case',
    campaign: 'k1',
    subject: { caseId: 'c1', unit: 'u1', kind: 'body', wave: 1 },
    level: 'province',
    year: 2026,
    mandate: { 'team-formed': { outcome: 'issued', dates: { document: '2026-03-02' } } },
    planDates: {},
    sessions: {},
    historical: false,
  },
  procedure: library.getProcedure('vn-party-supervision@2022')!.compiled,
  calendar: library.getCalendar('VN')!.compiled,
  envelope: {
    commandId: 'c',
    actor: 'a',
    capacity: 'engine',
    grants: [],
    enteredAt: '2026-03-02T02:00:00.000Z',
    dates: {},
  },
});
const history = (events: CaseEvent[]): Map<number, CaseEvent> => new Map(events.map((event) => [event.seq, event]));
const row = JSON.parse(JSON.stringify(rowOf(fold(ledger)))) as CaseRow;

describe('two records of one stream', () => {
  it('agree when they say the same', () => {
    expect(compareEvents(ledger, history(ledger))).toEqual([]);
    expect(compareRow(ledger, row)).toEqual([]);
  });

  it('differ by an event changed in the ledger', () => {
    const planted = ledger.map((event) =>
      event.type === 'dueSet' ? { ...event, data: { ...event.data, due: '2030-01-01' } } : event,
    ) as CaseEvent[];
    expect(compareEvents(planted, history(ledger))).toEqual([
      { kind: 'event-differs', seq: 2, detail: 'dueSet / dueSet' },
    ]);
    expect(compareRow(planted, row)).toMatchObject([{ kind: 'row-differs' }]);
  });

  it('differ by an event that only one of them has', () => {
    const [opened] = ledger;
    expect(compareEvents([opened!], history(ledger))).toEqual([{ kind: 'only-in-history', seq: 2, detail: 'dueSet' }]);
    expect(compareEvents(ledger, history([opened!]))).toEqual([{ kind: 'only-in-ledger', seq: 2, detail: 'dueSet' }]);
  });

  it('agree on a case that has ended: how its last notices ended is written without its workflow', () => {
    const at = (seq: number, type: string) => ({ ...ledger[0]!, seq, type }) as CaseEvent;
    const [ended, notice] = [at(ledger.length + 1, 'caseEnded'), at(ledger.length + 2, 'noticeEnded')];
    expect(compareEvents([...ledger, ended, notice], history([...ledger, ended]))).toEqual([]);
    const early = [...ledger, { ...notice, seq: ended.seq }];
    expect(compareEvents(early, history(ledger))).toMatchObject([{ kind: 'only-in-ledger' }]);
  });

  it('shows a hole in the ledger and a ledger that cannot be folded', () => {
    const holed = ledger.filter(({ seq }) => seq !== 1);
    expect(compareEvents(holed, history(ledger)).map(({ kind }) => kind)).toContain('gap');
    expect(compareRow(holed, row)).toMatchObject([{ kind: 'does-not-fold' }]);
  });

  it('names the fields of a board row that was tampered with', () => {
    expect(compareRow(ledger, { ...row, status: 'closed', findings: 3 })).toEqual([
      { kind: 'row-differs', detail: 'status, findings' },
    ]);
  });
});
