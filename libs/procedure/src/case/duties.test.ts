import type { CommandBody, Envelope } from '../index.js';
import { allowed, redact } from '../index.js';
import type { Play } from '../testing/play.js';
import { conclusionDelivered, fieldWorkRuns, refusalOf, reportConcluded, unitOwesReport } from '../testing/stages.js';

type Transfer = Extract<CommandBody, { type: 'transferUnit' }>;
const pass = (to: string[], duties: Record<string, string[]> = {}, extra: Partial<Transfer> = {}): Transfer => ({
  type: 'transferUnit',
  to,
  duties: Object.entries(duties).map(([duty, units]) => ({ duty, units, ...(units.length > 1 && { jointly: true }) })),
  instrument: { kind: 'QĐ', number: '15-QĐ/TU' },
  ...extra,
});
const accept = (unit: string) => ({ type: 'acceptTransfer' as const, unit });
const of = (unit: string): Partial<Envelope> => ({ unit, actor: `p-${unit}` });
const reads = (p: Play, ...units: string[]) =>
  redact(p.state, p.events, { person: 'x', offices: ['unit-head'], units }, p.now);
const keys = (p: Play, ...units: string[]) => reads(p, ...units).steps.map(({ key }) => key);
const owes = (p: Play) =>
  Object.fromEntries(Object.entries(p.row.duties).map(([key, { owes: units }]) => [key, units]));
/** Two more measures beside m1; everything is still before the unit has planned anything. */
function threeMeasures(): Play {
  const p = conclusionDelivered();
  for (const measure of ['m2', 'm3'])
    p.do('2023-09-27', 'team-head', { type: 'recordMeasure', measure, findings: ['f1'], nature: 'duty' });
  return p;
}
const [PLAN, M1, M2, M3] = ['remediation-plan', ...['m1', 'm2', 'm3'].map((m) => `remediation-progress/${m}`)] as [
  string,
  string,
  string,
  string,
];
const split = (extra: Partial<Transfer> = {}) =>
  pass(['u2', 'u3'], { [PLAN]: ['u2'], [M1]: ['u2'], [M2]: ['u3'], [M3]: ['u3'] }, extra);

/** The plan has been accepted after the split: each successor reports on its own measures. */
function splitAndPlanned(): Play {
  const p = threeMeasures();
  p.do('2023-10-02', 'standing-signer', split());
  p.do('2023-10-03', 'unit-head', accept('u2'), of('u2'));
  p.do('2023-10-03', 'unit-head', accept('u3'), of('u3'));
  p.do('2023-10-10', 'unit-head', { type: 'submitStep', step: PLAN }, of('u2'));
  p.do('2023-10-12', 'standing-signer', { type: 'completeStep', step: PLAN, outcome: 'accepted' });
  return p;
}

describe('duties of a unit that ends', () => {
  it('stay where they are until each receiver has accepted its own', () => {
    const p = threeMeasures();
    const before = Object.keys(p.row.duties);
    expect(owes(p)).toEqual({ [PLAN]: ['u1'], [M1]: ['u1'], [M2]: ['u1'], [M3]: ['u1'], '*': ['u1'] });
    p.do('2023-10-02', 'standing-signer', split());
    expect(p.row.duties[M2]).toEqual({ owes: ['u1'], offered: ['u3'] });
    expect([p.row.units, p.row.offered]).toEqual([['u1'], ['u2', 'u3']]);
    p.do('2023-10-03', 'unit-head', accept('u2'), of('u2'));
    // What u3 has not accepted is the old unit's, though everything else has gone.
    expect(owes(p)).toEqual({ [PLAN]: ['u2'], [M1]: ['u2'], [M2]: ['u1'], [M3]: ['u1'], '*': ['u2'] });
    expect([p.row.units, p.row.offered]).toEqual([['u2', 'u1'], ['u3']]);
    expect(keys(p, 'u1')).toContain(M2);
    p.do('2023-10-04', 'unit-head', accept('u3'), of('u3'));
    expect(owes(p)).toEqual({ [PLAN]: ['u2'], [M1]: ['u2'], [M2]: ['u3'], [M3]: ['u3'], '*': ['u2'] });
    expect(p.row.units).toEqual(['u2', 'u3']);
    expect(p.row).not.toHaveProperty('offered');
    expect(Object.keys(p.row.duties)).toEqual(before);
  });

  it('are not those of a unit that one measure was laid on, which keeps it and answers for nothing else', () => {
    const p = conclusionDelivered();
    const m2 = { measure: 'm2', findings: ['f1'], nature: 'duty' as const, owes: 'u9' };
    p.do('2023-09-27', 'team-head', { type: 'recordMeasure', ...m2 });
    p.do('2023-10-02', 'unit-head', { type: 'submitStep', step: PLAN });
    p.do('2023-10-04', 'standing-signer', { type: 'completeStep', step: PLAN, outcome: 'accepted' });
    expect(owes(p)).toEqual({ [M1]: ['u1'], [M2]: ['u9'], '*': ['u1'] });
    const mayReport = (unit: string) =>
      allowed(redact(p.state, p.events, { person: 'x', offices: ['unit-head'], units: [unit] }, p.now), {
        person: 'x',
        offices: ['unit-head'],
        units: [unit],
      }).flatMap(({ type, step }) => (type === 'submitStep' ? [step] : []));
    expect([mayReport('u1'), mayReport('u9')]).toEqual([[M1], [M2]]);
    const report = { type: 'submitStep' as const, step: M2 };
    expect(refusalOf(p.try('2023-10-05', 'unit-head', report, of('u1')))).toBe('NOT_ALLOWED');
    // The subject passes on what is its own, and need not name what is not.
    p.do('2023-10-06', 'standing-signer', pass(['u2', 'u3'], { [M1]: ['u2'], '*': ['u3'] }));
    for (const unit of ['u2', 'u3']) p.do('2023-10-07', 'unit-head', accept(unit), of(unit));
    expect([owes(p), p.row.units]).toEqual([{ [M1]: ['u2'], [M2]: ['u9'], '*': ['u3'] }, ['u3', 'u2']]);
    p.do('2023-10-09', 'unit-head', report, of('u9'));
    expect(p.row.open.find(({ key }) => key === M2)).toMatchObject({ status: 'submitted' });
  });

  it('are named once each, for units that take them over, and nobody takes what is not his', () => {
    const p = threeMeasures();
    const no = (body: CommandBody, extra: Partial<Envelope> = {}, office = 'standing-signer') => {
      const decision = p.try('2023-10-02', office, body, extra);
      return 'refusal' in decision ? [decision.refusal.code, ...Object.values(decision.refusal.params)] : null;
    };
    const named = split().duties!;
    const duties = (...more: { duty: string; units: string[] }[]) => split({ duties: [...named, ...more] });
    expect(no(split({ duties: named.slice(1) }))).toEqual(['DUTY_NOT_NAMED', PLAN]);
    expect(no(split({ duties: [] }))).toEqual(['DUTY_NOT_NAMED', PLAN]);
    expect(no(duties({ duty: M2, units: ['u2'] }))).toEqual(['DUTY_TWICE', M2]);
    expect(no(split({ closes: [M2], reason: 'r' }))).toEqual(['DUTY_TWICE', M2]);
    expect(no(duties({ duty: 'follow-up-check', units: ['u2'] }))).toEqual(['DUTY_UNKNOWN', 'follow-up-check']);
    expect(no(duties({ duty: 'self-report', units: ['u2'] }))).toEqual(['DUTY_UNKNOWN', 'self-report']);
    expect(no(split({ closes: ['*'], reason: 'r' }))).toEqual(['DUTY_UNKNOWN', '*']);
    expect(no(duties({ duty: '*', units: ['u9'] }))).toEqual(['NOT_A_SUCCESSOR', 'u9']);
    expect(no(split({ to: ['u2', 'u3', 'u1'] }))).toEqual(['NOT_A_SUCCESSOR', 'u1']);
    expect(no(split({ to: ['u2', 'u3', 'u4'] }))).toEqual(['NOTHING_TO_TAKE_OVER', 'u4']);
    expect(no(duties({ duty: '*', units: ['u2', 'u3'] }))).toEqual(['DUTY_SHARED', '*']);
    expect(no(split({ from: 'u8' }))).toEqual(['UNIT_NOT_STANDING', 'u8']);
    expect(no(split({ duties: named.slice(1), closes: [PLAN] }))).toEqual(['REASON_MISSING']);
    p.do('2023-10-02', 'standing-signer', split());
    expect(no(accept('u3'), of('u2'), 'unit-head')).toEqual(['NOT_ALLOWED', 'unit-head', 'acceptTransfer']);
    expect(no(accept('u7'), of('u7'), 'unit-head')).toEqual(['TRANSFER_UNKNOWN', 'u7']);
    p.do('2023-10-03', 'unit-head', accept('u2'), of('u2'));
    expect(no(accept('u2'), of('u2'), 'unit-head')).toEqual(['TRANSFER_UNKNOWN', 'u2']);
    // Several stand in the case by now: whose duties pass has to be said.
    expect(no(pass(['u5']))).toEqual(['UNIT_NOT_STANDING', null]);
  });

  it('bind each successor by its own only: what it may do, what it reads, and whom a reminder names', () => {
    const p = splitAndPlanned();
    const steps = (unit: string) =>
      allowed(p.view, { person: 'x', offices: ['unit-head'], units: [unit] }).flatMap(({ type, step }) =>
        type === 'submitStep' ? [step] : [],
      );
    expect([steps('u2'), steps('u3')]).toEqual([[M1], [M2, M3]]);
    const submit = (step: string, unit: string) =>
      refusalOf(p.try('2023-11-01', 'unit-head', { type: 'submitStep', step }, of(unit)));
    expect([submit(M1, 'u3'), submit(M2, 'u2')]).toEqual(['NOT_ALLOWED', 'NOT_ALLOWED']);
    p.do('2023-11-02', 'unit-head', { type: 'submitStep', step: M1 }, of('u2'));
    const entry = p.of('stepSubmitted').at(-1)!;
    expect(entry.by).toMatchObject({ unit: 'u2' });
    const contest = { type: 'contest' as const, entry: entry.seq, text: 't' };
    expect(refusalOf(p.try('2023-11-03', 'unit-head', contest, of('u3')))).toBe('ENTRY_UNKNOWN');

    // What its own follows from is in its clock, what another owes is not there at all.
    expect(keys(p, 'u3')).toEqual(expect.arrayContaining(['self-report', PLAN, M2, M3]));
    expect(keys(p, 'u3')).not.toContain(M1);
    expect(reads(p, 'u3').measures.map(({ measure }) => measure)).toEqual(['m2', 'm3']);
    expect(JSON.stringify(reads(p, 'u3'))).not.toMatch(/"m1"|progress\/m1/);
    expect(keys(p, 'u2')).toContain(M1);
    expect(JSON.stringify(reads(p, 'u2'))).not.toMatch(/"m[23]"|progress\/m[23]/);
    const clock = (unit: string) =>
      reads(p, unit).steps.find(({ key }) => key === (unit === 'u2' ? M1 : M2))!.deadline!.due;
    expect([clock('u2'), clock('u3')]).toEqual([p.due(M1), p.due(M2)]);
    // Those inside read everything, and so does whoever is in both.
    const inside = { person: 'x', offices: ['unit-head', 'team-head'], units: ['u3'] };
    expect(redact(p.state, p.events, inside, p.now).steps.map(({ key }) => key)).toContain(M1);
  });

  it('are told to each successor as far as they are its own: not what another took, nor whether it has, nor who it is', () => {
    const p = threeMeasures();
    p.do('2023-10-02', 'standing-signer', split());
    p.do('2023-10-03', 'unit-head', accept('u2'), of('u2'));
    const passing = (unit: string) =>
      reads(p, unit).events.filter(({ type }) => type === 'unitTransferred' || type === 'transferAccepted');
    const asTold = () => ['u1', 'u2', 'u3'].map((unit) => passing(unit).map(({ data }) => data));
    const [whole, taken] = p.events.filter(({ type }) => type === 'unitTransferred' || type === 'transferAccepted');
    const instrument = { kind: 'QĐ', number: '15-QĐ/TU' };
    const ofU2 = { to: ['u2'], instrument, duties: [PLAN, M1, '*'].map((duty) => ({ duty, units: ['u2'] })) };
    const toU3 = [M2, M3, '*'].map((duty) => ({ duty, units: duty === M2 || duty === M3 ? ['u3'] : [] }));
    expect(asTold()).toEqual([
      [whole!.data, taken!.data],
      [ofU2, { unit: 'u2' }],
      [{ to: ['u3'], instrument, duties: toU3 }],
    ]);
    const before = JSON.stringify(passing('u2'));
    p.do('2023-10-04', 'unit-head', accept('u3'), of('u3'));
    expect(JSON.stringify(passing('u2'))).toBe(before);
    // What its own waits for is there, and is not said to be anybody's.
    const duties = [{ duty: PLAN, units: [] }, ...toU3];
    expect(passing('u3').map(({ data }) => data)).toEqual([{ to: ['u3'], instrument, duties }, { unit: 'u3' }]);
    expect([p.view.units, reads(p, 'u2').units, reads(p, 'u3').units]).toEqual([['u2', 'u3'], ['u2'], ['u3']]);
    expect(reads(p, 'u3').transfers).toEqual([
      { from: 'u1', shares: { [M2]: ['u3'], [M3]: ['u3'] }, accepted: ['u3'] },
    ]);
    // What the others then do and say on what both follow from: that it was done, not by whom, and not what was said.
    p.do('2023-12-10', 'unit-head', { type: 'submitStep', step: PLAN }, of('u2'));
    const entry = p.of('stepCompleted').findLast(({ data }) => data.step === 'conclusion-delivered')!.seq;
    p.do('2023-12-10', 'unit-head', { type: 'contest', entry, text: 'said by u2' }, of('u2'));
    p.do('2023-12-11', 'team-head', { type: 'answerContest', entry, upheld: true, text: 'said to u2' });
    p.do('2023-12-11', 'unit-head', { type: 'contest', entry, text: 'said by u3' }, of('u3'));
    p.do('2023-12-12', 'team-head', { type: 'answerContest', entry, upheld: false, text: 'said to u3' });
    p.do('2023-12-12', 'standing-signer', { type: 'completeStep', step: PLAN, outcome: 'accepted' });
    p.until(p.at('2024-03-31'));
    expect(p.of('rungDue').some(({ data }) => data.step === PLAN)).toBe(true);
    expect(reads(p, 'u3').steps.find(({ key }) => key === PLAN)).toMatchObject({ status: 'met', owes: [] });
    expect(reads(p, 'u3').rungs.filter(({ step }) => step === PLAN)).toEqual([]);
    expect(JSON.stringify(reads(p, 'u3'))).not.toMatch(/u2|m1/);
    expect(JSON.stringify(reads(p, 'u2'))).not.toMatch(/u3|m2|m3/);
    expect(JSON.stringify(reads(p, 'u3'))).toMatch(/said by u3.*said to u3/);
  });

  it('are told along their line: a successor of a successor reads how they came to it, the one beside it does not', () => {
    const p = splitAndPlanned();
    p.do('2023-11-01', 'standing-signer', pass(['u4', 'u5'], { [M2]: ['u4'], [M3]: ['u5'] }, { from: 'u3' }));
    const pending = JSON.stringify(reads(p, 'u2'));
    p.do('2023-11-02', 'unit-head', accept('u4'), of('u4'));
    expect(reads(p, 'u4').steps.find(({ key }) => key === M2)).toMatchObject({ status: 'open', owes: ['u4'] });
    expect(JSON.stringify(reads(p, 'u4').events)).not.toMatch(/u2|u5|m1|m3/);
    expect(JSON.stringify(reads(p, 'u2'))).toBe(pending);
    expect(pending).not.toMatch(/u3|u4|u5/);
    // Whoever passes its duties on reads to whom, and who has taken them over.
    const ofU3 = reads(p, 'u3').events.map(({ data }) => data);
    expect(ofU3).toContainEqual(expect.objectContaining({ from: 'u3', to: ['u4', 'u5'] }));
    expect(ofU3).toContainEqual({ unit: 'u4' });
  });

  it('may be shared where that is said, and then each of them is told and each may act', () => {
    const p = unitOwesReport();
    p.do('2023-07-26', 'standing-signer', pass(['u2', 'u3'], { 'self-report': ['u2', 'u3'] }));
    p.do('2023-07-27', 'unit-head', accept('u3'), of('u3'));
    // The part that u2 has not accepted stays with the old unit.
    expect(p.row.duties['self-report']).toEqual({ owes: ['u3', 'u1'], offered: ['u2'] });
    p.do('2023-07-27', 'unit-head', accept('u2'), of('u2'));
    expect(p.row.duties['self-report']).toEqual({ owes: ['u2', 'u3'] });
    p.until(p.at('2023-08-20'));
    const rungs = p.of('rungDue').filter(({ data }) => data.step === 'self-report');
    const own = (office: string) => p.procedure.offices[office] === 'unit';
    expect(rungs.length).toBeGreaterThan(0);
    for (const { data } of rungs)
      expect(data.each ?? {}).toEqual(Object.fromEntries(data.to.filter(own).map((office) => [office, ['u2', 'u3']])));
    p.do('2023-08-21', 'unit-head', { type: 'submitStep', step: 'self-report' }, of('u3'));
  });

  it('are closed by an act with its reason: no clock, no reminder, no lateness from then on', () => {
    const p = threeMeasures();
    const duties = split().duties!.filter(({ duty }) => duty !== M3);
    const [event] = p.do('2023-10-02', 'standing-signer', split({ duties, closes: [M3], reason: 'h' }));
    expect(event!.data).toMatchObject({ closes: [M3], reason: 'h' });
    for (const unit of ['u2', 'u3']) p.do('2023-10-03', 'unit-head', accept(unit), of(unit));
    expect(Object.keys(p.row.duties)).toEqual([PLAN, M1, M2, '*']);
    p.do('2023-10-10', 'unit-head', { type: 'submitStep', step: PLAN }, of('u2'));
    p.do('2023-10-12', 'standing-signer', { type: 'completeStep', step: PLAN, outcome: 'accepted' });
    p.until(p.at('2024-12-31'));
    expect(p.view.measures.map(({ measure, state }) => [measure, state])).toEqual([
      ['m1', 'open'],
      ['m2', 'open'],
      ['m3', 'closed'],
    ]);
    expect(p.view.steps.find(({ key }) => key === M3)).toMatchObject({ status: 'ended', turn: null, lateness: null });
    expect(p.of('rungDue').some(({ data }) => data.step === M3)).toBe(false);
    expect(p.of('rungDue').some(({ data }) => data.step === M2)).toBe(true);
    expect(refusalOf(p.try('2025-01-02', 'unit-head', { type: 'submitStep', step: M3 }, of('u3')))).toBe(
      'STEP_NOT_OPEN',
    );
  });

  it('are not all closed one by one: a case in which nothing is left is closed as a whole', () => {
    const p = unitOwesReport();
    const closing = pass(['u2'], {}, { closes: ['self-report'], reason: 'h' });
    expect(refusalOf(p.try('2023-07-26', 'standing-signer', closing))).toBe('NOTHING_LEFT');
  });

  it('pass whole to a single successor, what is asked for later included', () => {
    const p = reportConcluded();
    p.do('2023-09-21', 'standing-signer', pass(['u2']));
    expect(owes(p)).toEqual({ [M1]: ['u1'], '*': ['u1'] });
    p.do('2023-09-21', 'unit-head', accept('u2'), of('u2'));
    expect(owes(p)).toEqual({ [M1]: ['u2'], '*': ['u2'] });
    expect(p.view.units).toEqual(['u2']);
  });

  it('pass on again from a successor that ends itself, and only its own do', () => {
    const p = splitAndPlanned();
    p.do('2023-11-01', 'standing-signer', pass(['u4', 'u5'], { [M2]: ['u4'], [M3]: ['u5'] }, { from: 'u3' }));
    p.do('2023-11-02', 'unit-head', accept('u4'), of('u4'));
    expect(owes(p)).toEqual({ [M1]: ['u2'], [M2]: ['u4'], [M3]: ['u3'], '*': ['u2'] });
    // Decided anew before the other has accepted: what is still u3's, and nothing else.
    p.do('2023-11-03', 'standing-signer', pass(['u6'], {}, { from: 'u3' }));
    expect(refusalOf(p.try('2023-11-03', 'unit-head', accept('u5'), of('u5')))).toBe('TRANSFER_UNKNOWN');
    p.do('2023-11-04', 'unit-head', accept('u6'), of('u6'));
    expect(owes(p)).toEqual({ [M1]: ['u2'], [M2]: ['u4'], [M3]: ['u6'], '*': ['u2'] });
    expect(p.view.units).toEqual(['u2', 'u4', 'u6']);
    p.do('2023-11-05', 'standing-signer', pass(['u6'], {}, { from: 'u2' }));
    p.do('2023-11-06', 'unit-head', accept('u6'), of('u6'));
    expect(owes(p)).toEqual({ [M1]: ['u6'], [M2]: ['u4'], [M3]: ['u6'], '*': ['u6'] });
  });

  it('come back when the acceptance turns out to have been an error', () => {
    const p = fieldWorkRuns();
    p.do('2023-08-16', 'standing-signer', pass(['u2']));
    p.do('2023-08-17', 'unit-head', accept('u2'), of('u2'));
    const entry = p.of('transferAccepted')[0]!.seq;
    const second = { second: 'another', secondCapacity: 'chief-of-office' };
    p.do('2023-08-18', 'document-office', { type: 'correctEntry', entry, void: true, reason: 'r' }, second);
    expect([p.row.units, p.row.offered]).toEqual([['u1'], ['u2']]);
  });
});
