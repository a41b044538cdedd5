import { fold, rowOf } from '../index.js';
import { play } from '../testing/play.js';
import {
  conclusionDelivered,
  conclusionIssued,
  fieldWorkRuns,
  refusalOf,
  reportConcluded,
  unitOwesReport,
} from '../testing/stages.js';

const paper = (document: string, sent = document, received = sent) => ({ dates: { document, sent, received } });
const submit = { type: 'submitStep' as const, step: 'self-report' };

describe('dates of an act', () => {
  it('of the unit itself are the day the server took it, whatever it says', () => {
    const p = unitOwesReport();
    expect(refusalOf(p.try('2023-08-16', 'unit-head', submit, paper('2023-08-14')))).toBe('DATE_NOT_YOURS');
    p.do('2023-08-16', 'unit-head', submit);
    expect(p.of('stepSubmitted')[0]!.dates).toEqual({
      document: '2023-08-16',
      sent: '2023-08-16',
      received: '2023-08-16',
    });
  });

  it('cannot be smuggled in by the date of the paper', () => {
    const p = unitOwesReport();
    p.do('2023-08-16', 'unit-head', submit, { paper: { kind: 'BC', date: '2023-08-01' } });
    expect(p.of('stepSubmitted')[0]!.dates.document).toBe('2023-08-16');
  });

  it('of a paper are entered by the office that keeps the register: real days, in order, never ahead', () => {
    const p = unitOwesReport();
    const tryDates = (dates: object) => refusalOf(p.try('2023-08-16', 'document-office', submit, { dates }));
    expect(tryDates({ document: '2023-02-30', sent: '2023-08-14' })).toBe('DATE_INVALID');
    expect(tryDates({ document: '2023-08-14', sent: '2023-08-17' })).toBe('DATE_IN_FUTURE');
    expect(tryDates({ document: '2023-08-15', sent: '2023-08-14' })).toBe('DATE_ORDER');
    expect(tryDates({ document: '2023-08-15' })).toBe('DATE_MISSING');
    expect(p.of('stepSubmitted')).toEqual([]);
    p.do('2023-08-16', 'document-office', submit, paper('2023-08-14', '2023-08-14', '2023-08-15'));
    expect(p.due('field-work')).toBe('2023-09-28');
  });

  it('tell the unit in time before a meeting, unless it is opened by letter', () => {
    const p = play();
    p.do('2023-07-17', 'team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
    const held = (outcome: string, sent: string) =>
      p.try(
        '2023-07-25',
        'document-office',
        { type: 'completeStep', step: 'kick-off', outcome },
        { dates: { document: '2023-07-25', sent, received: '2023-07-25' } },
      );
    expect(held('held', '2023-07-19')).toMatchObject({ refusal: { code: 'NOTICE_TOO_SHORT', params: { days: 5 } } });
    expect(held('by-letter', '2023-07-24')).toHaveProperty('events');
  });
});

describe('a paper entered late', () => {
  it('judges the unit by its day of sending, and takes back every notice that should not have gone out', () => {
    const p = unitOwesReport();
    p.until(p.at('2023-08-21'));
    const before = p.view;
    p.do('2023-08-21', 'document-office', submit, paper('2023-08-14', '2023-08-15', '2023-08-17'));
    expect(p.view.steps.find(({ key }) => key === 'self-report')?.lateness).toBeNull();
    const unfounded = p.of('rungUnfounded');
    expect(unfounded.map(({ data }) => [data.id, data.why])).toEqual([
      ['EU+1', 'entered-late'],
      ['EU+3', 'entered-late'],
    ]);
    expect(unfounded[1]!.data.to).toEqual(p.of('rungDue').find(({ data }) => data.id === 'EU+3')!.data.to);
    // The reminders before the day were right when they were sent.
    expect(unfounded.some(({ data }) => data.id.startsWith('Rs'))).toBe(false);
    expect(rowOf(fold(p.events.slice(0, before.seq))).seq).toBe(before.seq);
    expect(before.steps.find(({ key }) => key === 'self-report')?.lateness).toMatchObject({ kind: 'late', days: 4 });
  });

  it('re-arms what counts from it, and what was planned meanwhile goes to the unit first', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'team-head', { type: 'completeStep', step: 'self-report', outcome: 'accepted' });
    expect(p.due('field-work')).toBe('2023-09-28');
  });

  it('of a step done long ago leaves moments before the case was entered unsent', () => {
    const p = play('2023-09-01');
    p.until(p.at('2023-12-01'));
    expect(p.of('rungDue').filter(({ data }) => data.step === 'outline-prepared')).toEqual([]);
    expect(p.view.steps.find(({ key }) => key === 'outline-prepared')?.lateness).toMatchObject({ kind: 'past-mark' });
  });

  it('in a campaign of the past sends nothing at all', () => {
    const p = play('2026-01-05', { historical: true, planDates: { 'self-report': { on: '2023-08-15', kind: 'by' } } });
    p.do(
      '2026-01-05',
      'document-office',
      { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' },
      paper('2023-07-17'),
    );
    p.until(p.at('2026-06-01'));
    expect(p.row.nextMoment).toBeNull();
    expect(p.of('rungDue')).toEqual([]);
    expect(p.of('overdueBegan')).toEqual([]);
  });
});

describe('a correction', () => {
  const correct = (entry: number, change: object) => ({ type: 'correctEntry' as const, entry, reason: 'r', ...change });
  const second = { second: 'another', secondCapacity: 'chief-of-office' };

  it('needs a second person and an entry that stands', () => {
    const p = fieldWorkRuns();
    const entry = p.of('stepSubmitted')[0]!.seq;
    const change = { replace: paper('2023-08-15', '2023-08-15', '2023-08-16') };
    expect(refusalOf(p.try('2023-08-17', 'document-office', correct(entry, change)))).toBe('SECOND_PERSON_MISSING');
    expect(
      refusalOf(p.try('2023-08-17', 'document-office', correct(entry, change), { second: 'p-document-office' })),
    ).toBe('SECOND_PERSON_MISSING');
    expect(
      refusalOf(
        p.try('2023-08-17', 'document-office', correct(entry, change), { ...second, secondCapacity: 'unit-head' }),
      ),
    ).toBe('SECOND_PERSON_MISSING');
    expect(refusalOf(p.try('2023-08-17', 'document-office', correct(999, change), second))).toBe('ENTRY_UNKNOWN');
    const derived = p.of('dueSet')[0]!.seq;
    expect(refusalOf(p.try('2023-08-17', 'document-office', correct(derived, change), second))).toBe('ENTRY_DERIVED');
    expect(refusalOf(p.try('2023-08-17', 'document-office', correct(entry, {}), second))).toBe('ENTRY_NOT_CORRECTABLE');
    expect(
      refusalOf(p.try('2023-08-17', 'document-office', correct(entry, { replace: { outcome: 'no' } }), second)),
    ).toBe('OUTCOME_UNKNOWN');
  });

  it('moves what rests on it and keeps both entries readable; it can itself be corrected, once', () => {
    const p = fieldWorkRuns();
    const entry = p.of('stepSubmitted')[0]!.seq;
    p.do(
      '2023-08-21',
      'document-office',
      correct(entry, { replace: paper('2023-08-15', '2023-08-15', '2023-08-18') }),
      second,
    );
    expect(p.due('field-work')).toBe('2023-10-03');
    expect(p.events.find(({ seq }) => seq === entry)?.dates.received).toBe('2023-08-15');
    expect(refusalOf(p.try('2023-08-22', 'document-office', correct(entry, { void: true }), second))).toBe(
      'ENTRY_ALREADY_CORRECTED',
    );
    const correction = p.of('entryCorrected')[0]!.seq;
    p.do(
      '2023-08-22',
      'document-office',
      correct(correction, { replace: paper('2023-08-15', '2023-08-15', '2023-08-16') }),
      second,
    );
    expect(p.due('field-work')).toBe('2023-09-29');
    expect(p.state.dues['field-work']?.cause).toBe('correction');
  });

  it('is entered by one account where the signed paper of a second stands behind it, and then it is said', () => {
    const p = fieldWorkRuns();
    const entry = p.of('stepSubmitted')[0]!.seq;
    const change = correct(entry, { replace: paper('2023-08-15', '2023-08-15', '2023-08-18') });
    const unsigned = { paper: { kind: 'CV', number: '9-CV/TU' } };
    expect(refusalOf(p.try('2023-08-21', 'document-office', change, unsigned))).toBe('SECOND_PERSON_MISSING');
    const isOneHand = () => p.view.steps.find(({ key }) => key === 'self-report')?.sameHand;
    expect(isOneHand()).toBe(false);
    p.do('2023-08-21', 'document-office', change, { paper: { ...unsigned.paper, signedAs: 'T/L' } });
    expect(isOneHand()).toBe(true);
    expect(p.due('field-work')).toBe('2023-10-03');
  });

  it('that voids an entry gives the step back to its debtor, unless something later rests on it', () => {
    const p = fieldWorkRuns();
    const entry = p.of('stepSubmitted')[0]!.seq;
    p.do('2023-08-16', 'document-office', correct(entry, { void: true }), second);
    expect(p.view.steps.find(({ key }) => key === 'self-report')).toMatchObject({ status: 'open', turn: 'unit' });
    const q = conclusionIssued();
    const first = q.of('stepCompleted').find(({ data }) => data.step === 'kick-off')!.seq;
    expect(refusalOf(q.try('2023-09-25', 'document-office', correct(first, { void: true }), second))).toBe(
      'CORRECTION_BREAKS_LATER',
    );
  });

  it('takes back the notices that the wrong entry caused', () => {
    const p = unitOwesReport();
    p.do('2023-08-17', 'document-office', submit, paper('2023-08-17'));
    const entry = p.of('stepSubmitted')[0]!.seq;
    p.do(
      '2023-08-18',
      'document-office',
      correct(entry, { replace: paper('2023-08-15', '2023-08-15', '2023-08-17') }),
      second,
    );
    expect(p.of('rungUnfounded').map(({ data }) => [data.id, data.why])).toEqual([['EU+1', 'corrected']]);
    expect(p.view.steps.find(({ key }) => key === 'self-report')?.lateness).toBeNull();
  });
});

describe('a conclusion that went to the wrong body', () => {
  it('starts no clock: returned at once, the right receipt alone counts', () => {
    const p = conclusionIssued();
    p.do('2023-09-26', 'document-office', {
      type: 'returnStep',
      step: 'conclusion-delivered',
      outcome: 'wrong-recipient',
    });
    expect(p.due('remediation-plan')).toBeUndefined();
    expect(p.due('conclusion-delivered')).toBe('2023-10-03');
    p.do('2023-09-27', 'standing-signer', { type: 'answerWrongRecipient', answer: 'corrected' });
    p.do(
      '2023-10-02',
      'document-office',
      { type: 'completeStep', step: 'conclusion-delivered', outcome: 'delivered' },
      paper('2023-09-29', '2023-09-29', '2023-10-02'),
    );
    expect(p.due('remediation-plan')).toBe('2023-11-01');
  });

  it('found out later is recalled: what was sent to the wrong body is unfounded', () => {
    const p = conclusionDelivered();
    p.until(p.at('2023-11-06'));
    const told = p
      .of('rungDue')
      .filter(({ data }) => data.step === 'remediation-plan')
      .map(({ data }) => data.id);
    expect(told).toEqual(['Rl-10', 'Rl-5', 'Rl-2', 'EU+1', 'EU+3']);
    const entry = p.of('stepCompleted').findLast(({ data }) => data.step === 'conclusion-delivered')!.seq;
    expect(refusalOf(p.try('2023-11-06', 'standing-signer', { type: 'recallDelivery', entry: 2, reason: 'r' }))).toBe(
      'NOTHING_TO_RECALL',
    );
    p.do('2023-11-06', 'standing-signer', { type: 'recallDelivery', entry, reason: 'r' });
    expect(
      p
        .of('rungUnfounded')
        .filter(({ data }) => data.step === 'remediation-plan')
        .map(({ data }) => [data.id, data.why]),
    ).toEqual(told.map((id) => [id, 'recalled']));
    expect(p.view.steps.find(({ key }) => key === 'remediation-plan')?.status).toBe('waiting');
  });

  it('without proof of delivery has no anchor and no date', () => {
    const p = conclusionIssued();
    const dates = { document: '2023-09-25', sent: '2023-09-25' };
    p.do(
      '2023-09-26',
      'document-office',
      { type: 'completeStep', step: 'conclusion-delivered', outcome: 'delivered' },
      { dates },
    );
    p.until(p.at('2024-09-01'));
    expect(p.view.steps.find(({ key }) => key === 'remediation-plan')).toMatchObject({
      status: 'open',
      lateness: null,
      deadline: { due: null, reason: 'no-anchor' },
    });
    expect(p.of('rungDue').filter(({ data }) => data.step === 'remediation-plan')).toEqual([]);
  });

  it('is not issued while what does not fit in it is unanswered; a past one is recorded as it is', () => {
    const issue = { type: 'completeStep' as const, step: 'conclusion-issued', outcome: 'issued' };
    const p = reportConcluded();
    p.do('2023-09-21', 'document-office', {
      type: 'recordPaper',
      about: 'conclusion-issued',
      blocks: ['RECIPIENT_UNIT_MISMATCH'],
    });
    const entry = p.of('paperRecorded')[0]!.seq;
    expect(p.try('2023-09-22', 'standing-signer', issue)).toMatchObject({
      refusal: { code: 'NOTICE_UNANSWERED', params: { entry } },
    });
    expect(
      refusalOf(p.try('2023-09-22', 'standing-signer', { type: 'answerWrongRecipient', answer: 'copy', entry: 1 })),
    ).toBe('NOTHING_TO_ANSWER');
    p.do('2023-09-22', 'standing-signer', { type: 'answerWrongRecipient', answer: 'corrected', entry });
    expect(refusalOf(p.try('2023-09-22', 'standing-signer', issue))).toBe('NOTICE_UNANSWERED');
    p.do('2023-09-22', 'document-office', { type: 'recordPaper', about: 'conclusion-issued' });
    p.do('2023-09-22', 'standing-signer', issue);
    const q = reportConcluded();
    q.do('2023-09-21', 'document-office', {
      type: 'recordPaper',
      about: 'conclusion-issued',
      blocks: ['PLAN_MISMATCH'],
    });
    q.do('2023-09-22', 'standing-signer', {
      type: 'answerWrongRecipient',
      answer: 'already-issued',
      entry: q.of('paperRecorded')[0]!.seq,
    });
    q.do('2023-09-22', 'standing-signer', issue);
  });
});
