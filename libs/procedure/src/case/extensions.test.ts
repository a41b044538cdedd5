import { play } from '../testing/play.js';
import { conclusionDelivered, fieldWorkRuns, refusalOf, unitOwesReport } from '../testing/stages.js';

const ask = (step: string, n: number, request = 'x1', unit: 'wd' | 'cd' = 'wd') => ({
  type: 'requestExtension' as const,
  step,
  request,
  span: { n, unit },
});
const decide = (granted: boolean, request = 'x1') => ({ type: 'decideExtension' as const, request, granted });

describe('an extension', () => {
  it('recounts thirty working days as forty from the receipt of the report: 28/9 becomes 12/10/2023', () => {
    const p = fieldWorkRuns();
    expect(p.due('field-work')).toBe('2023-09-28');
    p.do('2023-09-01', 'team-head', ask('field-work', 10));
    p.do('2023-09-05', 'standing-signer', decide(true));
    expect(p.due('field-work')).toBe('2023-10-12');
    // the draft follows, five working days before the end
    expect(p.due('draft-report')).toBe('2023-10-05');
  });

  it('recounts thirty calendar days as forty: 23/2 becomes 25/2/2026 for a receipt on 16/1', () => {
    const p = conclusionDelivered();
    const deliveredAgain = { document: '2026-01-16', sent: '2026-01-16', received: '2026-01-16' };
    const entry = p.of('stepCompleted').findLast(({ data }) => data.step === 'conclusion-delivered')!.seq;
    p.until(p.at('2026-01-16'));
    p.do('2026-01-16', 'chief-of-office', { type: 'recallDelivery', entry, reason: 'r' });
    p.do(
      '2026-01-16',
      'document-office',
      { type: 'completeStep', step: 'conclusion-delivered', outcome: 'delivered' },
      { dates: deliveredAgain },
    );
    expect(p.due('remediation-plan')).toBe('2026-02-23');
    // ten working days more would end on 3/3, later than any calendar day it may have
    expect(p.try('2026-02-02', 'unit-head', ask('remediation-plan', 10))).toMatchObject({
      refusal: { code: 'EXTENSION_TOO_LONG', params: { asked: 10, askedUnit: 'wd', most: 10, unit: 'cd' } },
    });
    p.do('2026-02-02', 'unit-head', ask('remediation-plan', 10, 'x1', 'cd'));
    p.do('2026-02-03', 'standing-signer', decide(true));
    expect(p.due('remediation-plan')).toBe('2026-02-25');
  });

  it('is at most a third, rounded down, and granted once', () => {
    const p = fieldWorkRuns();
    expect(p.try('2023-09-01', 'team-head', ask('field-work', 11))).toMatchObject({
      refusal: { code: 'EXTENSION_TOO_LONG', params: { asked: 11, most: 10 } },
    });
    p.do('2023-09-01', 'team-head', ask('field-work', 10));
    expect(refusalOf(p.try('2023-09-01', 'team-head', ask('field-work', 5, 'x2')))).toBe('EXTENSION_PENDING');
    p.do('2023-09-05', 'standing-signer', decide(true));
    expect(refusalOf(p.try('2023-09-06', 'team-head', ask('field-work', 5, 'x2')))).toBe('EXTENSION_USED');
    expect(refusalOf(p.try('2023-09-06', 'standing-signer', decide(true, 'x9')))).toBe('EXTENSION_UNKNOWN');
  });

  it('asked in time holds everything above the debtor until it is answered, and the decider has a due of his own', () => {
    const p = unitOwesReport();
    p.do('2023-08-14', 'unit-head', ask('self-report', 3));
    expect(p.due('extension-decision/x1')).toBe('2023-08-21');
    p.until(p.at('2023-09-15'));
    const told = p.of('rungDue').filter(({ data }) => data.step === 'self-report' && data.id.includes('+'));
    expect(told).toEqual([]);
    expect(
      p
        .of('rungDue')
        .filter(({ data }) => data.step === 'extension-decision/x1')
        .map(({ data }) => data.id),
    ).toEqual(['Rs-3', 'Rs-1', 'EO+1', 'EO+3']);
  });

  it('left waiting is charged to the decider: the days that were left when it was asked are left when it is refused', () => {
    const p = unitOwesReport();
    p.do('2023-08-14', 'unit-head', ask('self-report', 3));
    p.do('2023-09-11', 'standing-signer', decide(false));
    expect(p.due('self-report')).toBe('2023-09-12');
    expect(p.view.steps.find(({ key }) => key === 'self-report')?.extension).toEqual({
      request: 'x1',
      state: 'refused',
    });
  });

  it('asked too late holds nothing', () => {
    const p = unitOwesReport();
    p.do('2023-08-16', 'unit-head', ask('self-report', 3));
    p.until(p.at('2023-08-25'));
    expect(
      p
        .of('rungDue')
        .filter(({ data }) => data.step === 'self-report' && data.id.includes('+'))
        .map(({ data }) => data.id),
    ).toEqual(['EU+1', 'EU+3', 'EU+7']);
  });

  it('is not possible where the procedure gives none', () => {
    expect(refusalOf(play().try('2023-07-13', 'document-office', ask('outline-prepared', 1)))).toBe(
      'EXTENSION_NOT_POSSIBLE',
    );
  });
});
