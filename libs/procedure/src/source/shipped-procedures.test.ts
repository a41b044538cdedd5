import type { CompiledProcedure, DueRule, Outcome, Span, Step } from '../definition/definition.js';
import { releasedProcedure } from '../released/index.js';
import { compileProcedure, hashOf } from './compile-procedure.js';
import { procedureLibrary } from './library.js';
import { words } from './words.js';

const library = procedureLibrary();
const shipped = (name: string) => library.getProcedure(name)!;
const party2022 = shipped('vn-party-supervision@2022').compiled;
const party2026 = shipped('vn-party-supervision@2026').compiled;
const drill = shipped('drill').compiled;
const fda = shipped('fda-483').compiled;

const stepOf = (procedure: CompiledProcedure, id: string): Step => procedure.steps.find((step) => step.id === id)!;

/** A rule in few letters, so that a row of the table can be compared with domain.md by eye. */
function shortly(rule: DueRule): string {
  const span = ({ n, unit }: Span): string => `${n} ${unit}`;
  const from = 'anchor' in rule ? `${rule.anchor.step}.${rule.anchor.at}.${rule.anchor.date}` : '';
  const mark = `${rule.authority.force} ${rule.authority.evidence}`;
  switch (rule.kind) {
    case 'count':
      return `${span(rule.span)} > ${from} | ${mark}`;
    case 'count-by-level':
      return `${Object.entries(rule.spans)
        .map(([level, each]) => `${level} ${span(each)}`)
        .join(' ')} > ${from} | ${mark}`;
    case 'count-before':
      return `${span(rule.span)} < ${rule.step} | ${mark}`;
    case 'within':
      return `within ${rule.step} | ${mark}`;
    case 'paper-date':
      return `${rule.paper} | ${mark}`;
    case 'date-of-year':
      return `${rule.day}/${rule.month} | ${mark}`;
    case 'programme-quarter':
      return `quarter | ${mark}`;
    case 'session':
      return `session ${rule.body} <= ${span(rule.atMost)} > ${from} | ${mark}`;
    case 'earliest':
      return `earliest(${rule.of.map(shortly).join('; ')})`;
  }
}

function outcomeShortly([id, { effect, step, due }]: [string, Outcome]): string {
  const back = step === undefined ? '' : ` ${step}`;
  return `${id}: ${effect}${back}${due ? ` ${due.span.n} ${due.span.unit}` : ''}`;
}

const LEVELS = 'central 45 wd province 30 wd district 25 wd base 20 wd > self-report.submitted.received | binding V';
const PLAN = 'plan | binding V';

interface Row {
  actor: string;
  scope?: 'campaign';
  entry: string[];
  due: string[];
  calls: string;
  papers: string;
  outcomes: string[];
}

// Written from the table of the field (domain, default procedure), row by row.
const ROWS: Record<string, Row> = {
  'programme-approved': {
    actor: 'standing-committee',
    scope: 'campaign',
    entry: [],
    due: ['31/1 | policy M'],
    calls: 'Rl EO',
    papers: 'CTr KH TB',
    outcomes: ['approved: meets', 'amended: meets', 'ordered-from-above: meets'],
  },
  'plan-issued': {
    actor: 'standing-body',
    scope: 'campaign',
    entry: ['programme-approved met'],
    due: ['quarter | binding V'],
    calls: 'Rl EO',
    papers: 'KH TTr',
    outcomes: ['issued: meets', 'returned: returns plan-issued', 'cancelled: ends'],
  },
  'team-formed': {
    actor: 'standing-body',
    scope: 'campaign',
    entry: ['plan-issued met'],
    due: ['0 wd > plan-issued.met.document | policy V'],
    calls: 'Rs EO',
    papers: 'QĐ',
    outcomes: ['issued: meets', 'member-changed: notes'],
  },
  'outline-prepared': {
    actor: 'team',
    entry: ['team-formed met'],
    due: ['5 wd > team-formed.met.document | policy D'],
    calls: 'Rs ET',
    papers: 'ĐC KH',
    outcomes: ['ready: meets'],
  },
  'kick-off': {
    actor: 'team',
    entry: ['outline-prepared met'],
    due: [PLAN, 'base 3 wd > team-formed.met.document | policy V', '10 wd > team-formed.met.document | policy D'],
    calls: 'Rs ET',
    papers: 'BB CV',
    outcomes: ['held: meets', 'held-online: meets', 'by-letter: meets', 'postponed: notes'],
  },
  'self-report': {
    actor: 'unit',
    entry: ['kick-off met'],
    due: [PLAN, '10 wd > kick-off.met.received | policy D', '10 wd > kick-off.met.document | policy D'],
    calls: 'Rs EU',
    papers: 'BC HS',
    outcomes: ['accepted: meets', 'returned-incomplete: returns self-report 5 wd'],
  },
  'field-work': {
    actor: 'team',
    entry: ['self-report submitted'],
    due: [PLAN, LEVELS],
    calls: 'Rl ET',
    papers: 'BB',
    outcomes: ['done: meets', 'scope-changed: notes', 'signs-of-violation: opens'],
  },
  'draft-report': {
    actor: 'team',
    entry: ['self-report submitted'],
    due: ['5 wd < field-work | policy D'],
    calls: 'Rs ET',
    papers: 'BC',
    outcomes: ['to-conference: meets', 'rework: returns draft-report'],
  },
  'unit-conference': {
    actor: 'team',
    entry: ['draft-report met'],
    due: ['within field-work | policy D'],
    calls: 'Rs ET',
    papers: 'BB GT',
    outcomes: ['agreed: meets', 'dissent-recorded: meets', 're-verify: returns field-work'],
  },
  'report-submitted': {
    actor: 'team',
    entry: ['unit-conference met', 'field-work met'],
    due: [PLAN, '10 wd > field-work.met.document | policy D'],
    calls: 'Rs ET',
    papers: 'BC TTr TB',
    outcomes: ['submitted: meets', 'returned: returns report-submitted 5 wd'],
  },
  'report-reviewed': {
    actor: 'standing-committee',
    entry: ['report-submitted met'],
    due: ['session standing-committee <= 30 wd > report-submitted.submitted.document | policy D'],
    calls: 'Rl EO',
    papers: 'BB',
    outcomes: ['concluded: meets', 'returned-for-revision: returns report-submitted 5 wd', 'signs-of-violation: opens'],
  },
  'conclusion-issued': {
    actor: 'standing-body',
    entry: ['report-reviewed met'],
    due: ['10 wd > report-reviewed.met.document | policy X'],
    calls: 'Rs EO',
    papers: 'TB',
    outcomes: ['issued: meets', 'returned-format: returns conclusion-issued'],
  },
  'conclusion-delivered': {
    actor: 'standing-body',
    entry: ['conclusion-issued met'],
    due: ['5 wd > conclusion-issued.met.document | policy D'],
    calls: 'Rs EO',
    papers: 'BB TB',
    outcomes: ['delivered: meets', 'wrong-recipient: returns conclusion-delivered 5 wd'],
  },
  'remediation-plan': {
    actor: 'unit',
    entry: ['conclusion-delivered met'],
    due: ['conclusion | binding V', '30 cd > conclusion-delivered.met.received | policy X'],
    calls: 'Rl EU',
    papers: 'KH BC',
    outcomes: ['accepted: meets', 'returned-for-revision: returns remediation-plan 10 wd'],
  },
  'remediation-progress': {
    actor: 'unit',
    entry: ['remediation-plan met'],
    due: ['measure | binding V', '6 months > remediation-plan.met.document | policy D'],
    calls: 'Rl EU',
    papers: 'BC MC',
    outcomes: [
      'done: meets',
      'partly: continues 12 months',
      'not-adequate: continues 12 months',
      'not-done: continues 12 months',
    ],
  },
  'follow-up-check': {
    actor: 'inspection-commission',
    entry: ['conclusion-delivered met'],
    due: ['6 months > conclusion-delivered.met.received | policy D'],
    calls: 'Rl ET',
    papers: 'KH BC TB',
    outcomes: ['closed: meets', 'reopened-items: returns remediation-progress 6 months', 'inspect: opens'],
  },
  'dossier-filed.part-1': {
    actor: 'team',
    entry: ['conclusion-delivered met'],
    due: ['30 cd > conclusion-delivered.met.received | policy D'],
    calls: 'Rs ET',
    papers: 'ML BB',
    outcomes: ['filed: meets', 'returned: returns dossier-filed.part-1 5 wd'],
  },
  'dossier-filed.part-2': {
    actor: 'team',
    entry: ['follow-up-check met'],
    due: ['30 cd > follow-up-check.met.document | policy D'],
    calls: 'Rs ET',
    papers: 'ML',
    outcomes: ['filed: meets', 'returned: returns dossier-filed.part-2 5 wd'],
  },
  'campaign-reported': {
    actor: 'office',
    scope: 'campaign',
    entry: ['team-formed met'],
    due: [PLAN],
    calls: 'Rl EO',
    papers: 'BC',
    outcomes: ['reported: meets'],
  },
  'extension-decision': {
    actor: 'standing-body',
    entry: [],
    due: ['5 wd > extension-decision.submitted.sent | policy D'],
    calls: 'Rs EO',
    papers: 'CV',
    outcomes: ['granted: meets', 'refused: meets'],
  },
};

describe('vn-party-supervision@2022', () => {
  it('has exactly the rows of the table', () => {
    expect(party2022.steps.map(({ id }) => id)).toEqual(Object.keys(ROWS));
  });

  it.each(Object.entries(ROWS))('%s stands as in the table', (id, row) => {
    const step = stepOf(party2022, id);
    expect({
      actor: step.actor,
      scope: step.scope,
      entry: step.entry.map((entry) => `${entry.step} ${entry.at}`),
      due: step.due.map(shortly),
      calls: `${step.remind} ${step.ladder}`,
      papers: step.documents.join(' '),
      outcomes: Object.entries(step.outcomes).map(outcomeShortly),
    }).toEqual({ scope: 'case', ...row });
  });

  it('lets four steps share the supervision time', () => {
    const capped = party2022.steps.filter(({ cap }) => cap === 'supervision-time').map(({ id }) => id);
    expect(capped).toEqual(['field-work', 'draft-report', 'unit-conference', 'report-submitted']);
    const { spans, anchor, authority, extension } = party2022.caps['supervision-time']!;
    expect(shortly({ kind: 'count-by-level', spans, anchor, authority })).toBe(LEVELS);
    expect(extension).toMatchObject({ share: [1, 3], times: 1 });
  });

  it('reminds and climbs as in the table', () => {
    const rungs = Object.values({ ...party2022.reminders, ...party2022.ladders }).flat();
    expect(rungs.every(({ offset }) => offset.unit === 'wd')).toBe(true);
    expect(rungs.map(({ id, to }) => `${id} ${to.join(' ')}`)).toEqual([
      'Rl-10 debtor',
      'Rl-5 debtor',
      'Rl-2 debtor',
      'Rs-3 debtor',
      'Rs-1 debtor',
      'EU+1 unit-contact team-secretary',
      'EU+3 unit-contact team-head area-officer',
      'EU+7 unit-contact inspection-commission chief-of-office',
      'EU+15 unit-contact standing-signer committee-secretary',
      'ET+1 team-head',
      'ET+3 team-head lead-adviser inspection-commission',
      'ET+7 team-head standing-signer',
      'ET+10 team-head committee-secretary',
      'EO+1 chief-of-office',
      'EO+3 chief-of-office standing-deputy',
    ]);
  });

  it('judges the papers of the unit by the day they were sent, a delivery by its receipt', () => {
    const timely = (date: string): string[] =>
      party2022.steps.filter((step) => step.timely === date).map(({ id }) => id);
    expect(timely('sent')).toEqual(['self-report', 'remediation-plan', 'remediation-progress']);
    expect(timely('received')).toEqual(['conclusion-delivered']);
  });

  it('grants the unit and the supervisor a third, once', () => {
    const extensible = party2022.steps.flatMap(({ id, extension }) =>
      extension ? [[id, extension.share, extension.times]] : [],
    );
    expect(extensible).toEqual(
      ['self-report', 'field-work', 'remediation-plan', 'remediation-progress'].map((id) => [id, [1, 3], 1]),
    );
  });

  it('asks for 5 working days of notice before the kick-off, unless it is opened by letter', () => {
    const kickOff = stepOf(party2022, 'kick-off');
    expect(kickOff.notice).toEqual({ n: 5, unit: 'wd' });
    expect(Object.keys(kickOff.outcomes).filter((id) => kickOff.outcomes[id]?.waivesNotice)).toEqual(['by-letter']);
  });

  it('has one duty per measure and one decision per request, and ends with the second part of the dossier', () => {
    const per = Object.fromEntries(party2022.steps.flatMap((step) => (step.per ? [[step.id, step.per]] : [])));
    expect(per).toEqual({ 'remediation-progress': 'measure', 'extension-decision': 'extension' });
    expect(party2022.steps.filter(({ final }) => final).map(({ id }) => id)).toEqual(['dossier-filed.part-2']);
  });

  it('keeps drafts and reviews from the unit', () => {
    const hidden = party2022.steps.filter(({ readers }) => !readers.includes('*') && !readers.includes('unit'));
    expect(hidden.map(({ id }) => id)).toEqual([
      'draft-report',
      'report-submitted',
      'report-reviewed',
      'dossier-filed.part-1',
      'dossier-filed.part-2',
      'campaign-reported',
    ]);
    expect(party2022.readers.inspectionRecorded).not.toContain('unit');
    expect(party2022.revealedBy).toEqual({
      findingRecorded: 'conclusion-delivered',
      measureRecorded: 'conclusion-delivered',
      inspectionRecorded: 'inspectionIssued',
    });
  });

  it('leaves the unit its own acts only', () => {
    const ofUnit = (offices: string[]): boolean => offices.some((office) => party2022.offices[office] === 'unit');
    expect(Object.keys(party2022.acts).filter((act) => ofUnit(party2022.acts[act]!))).toEqual([
      'requestExtension',
      'explainDelay',
      'contest',
      'acceptTransfer',
    ]);
    expect(party2022.steps.filter(({ perform }) => ofUnit(perform)).map(({ id }) => id)).toEqual([
      'self-report',
      'remediation-plan',
      'remediation-progress',
    ]);
  });
});

describe('vn-party-supervision@2026', () => {
  it('supersedes @2022', () => {
    expect(party2022.supersededBy).toBe('vn-party-supervision@2026');
    expect(party2026.supersededBy).toBeUndefined();
    expect(party2026.effectiveFrom > party2022.effectiveFrom).toBe(true);
    expect(library.getProcedure('vn-party-supervision')?.compiled).toBe(party2026);
  });

  it('differs only in what rested on the replaced text, which is policy now', () => {
    const text = JSON.stringify({ ...party2026, hash: '' });
    const carried = JSON.stringify({ force: 'policy', basis: 'base-text-replaced', evidence: 'D' });
    const before = JSON.stringify({ force: 'binding', basis: 'hd02', evidence: 'V' });
    const { steps, caps, ...rest } = JSON.parse(text.replaceAll(carried, before)) as CompiledProcedure;
    expect({ ...rest, steps, caps }).toEqual({
      ...party2022,
      hash: '',
      version: '2026',
      effectiveFrom: '2026-04-11',
      supersededBy: undefined,
    });
    expect(text.split(carried)).toHaveLength(4);
  });
});

describe('drill', () => {
  it('has the steps of the Party procedure, all in seconds, all played as binding', () => {
    expect(drill.steps.map(({ id }) => id)).toEqual(party2022.steps.map(({ id }) => id));
    const json = JSON.stringify(drill);
    expect(json).not.toMatch(/"unit":"(wd|cd|months)"/);
    expect(json).not.toContain('"force":"policy"');
  });

  it('takes a case on time through its whole cycle in about two minutes', () => {
    const secondsAt = (id: string): number => {
      const rule = stepOf(drill, id).due.find(({ kind }) => kind !== 'paper-date');
      if (!rule) return 0;
      if (rule.kind === 'count') return secondsAt(rule.anchor.step) + rule.span.n;
      if (rule.kind === 'count-by-level') return secondsAt(rule.anchor.step) + rule.spans.province!.n;
      if (rule.kind === 'session') return secondsAt(rule.anchor.step) + rule.atMost.n;
      throw new Error(rule.kind);
    };
    const end = secondsAt('dossier-filed.part-2');
    expect(end).toBeGreaterThan(90);
    expect(end).toBeLessThanOrEqual(130);
    expect(secondsAt('remediation-plan')).toBeLessThan(secondsAt('follow-up-check'));
  });
});

describe('fda-483@2009', () => {
  it('counts 15 federal working days after the form, and again after the letter was received', () => {
    expect(fda.calendar).toBe('US-federal');
    expect(stepOf(fda, 'response').due.map(shortly)).toEqual(['15 wd > form-483-issued.met.document | binding V']);
    expect(stepOf(fda, 'wl-response').due.map(shortly)).toEqual(['15 wd > warning-letter.met.received | binding V']);
    expect(Object.entries(stepOf(fda, 'review').outcomes).map(outcomeShortly)).toEqual([
      'close: ends',
      'warning-letter: meets',
    ]);
    expect([stepOf(fda, 'response').ladder, stepOf(fda, 'wl-response').ladder]).toEqual([
      'decide-warning-letter',
      'escalate-enforcement',
    ]);
  });
});

const NAMES = library.listProcedures().map(({ compiled }) => `${compiled.id}@${compiled.version}`);

describe('every shipped procedure', () => {
  // Cases are pinned to what was released: from release 0.1.0 on a change of rules is a new version, with a file of its own.
  it.each(NAMES)('%s is frozen as released', (name) => {
    const { compiled } = shipped(name);
    expect(releasedProcedure(compiled.hash)).toEqual(compiled);
  });

  it.each(NAMES)('%s has its calendar, which travels in 8 KB', (name) => {
    const calendar = library.getCalendar(shipped(name).compiled.calendar)?.compiled;
    expect(calendar).toBeDefined();
    expect(JSON.stringify(calendar).length).toBeLessThanOrEqual(8 * 1024);
  });

  it.each(NAMES)('%s travels without names, and its hash is that of everything else in it', (name) => {
    const { source, compiled } = shipped(name);
    const { hash, ...rest } = compiled;
    expect(hashOf(rest)).toBe(hash);
    expect(compileProcedure(source)).toEqual(compiled);
    expect(JSON.stringify(compiled)).not.toMatch(/"vi":|"en":/);
  });

  it.each(NAMES)('%s has each rung once', (name) => {
    const { reminders, ladders } = shipped(name).compiled;
    const ids = Object.values({ ...reminders, ...ladders }).flatMap((rungs) => rungs.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('can be named in both languages', () => {
    const say = words(shipped('vn-party-supervision@2022').source);
    expect(say.step('kick-off')).toEqual({ vi: 'Triển khai quyết định, kế hoạch', en: 'Kick-off with the unit' });
    expect(say.outcome('self-report', 'accepted').vi).toBe('Đã tiếp nhận');
    expect(say.rung('EU+15').vi).toBe('Đơn vị quá hạn');
    expect(say.event('rungDue').en).toBe('Notice owed');
    expect(say.basis('hd02')).toMatchObject({ article: 'điểm 2.2 Điều 11', evidence: 'V' });
    expect(say.noDue('campaign-reported')?.en).toContain('no date');
    expect(say.office('nobody')).toEqual({ vi: 'nobody', en: 'nobody' });
  });
});
