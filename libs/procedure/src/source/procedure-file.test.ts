import { type FileProblem, FileProblems } from './yaml-file.js';
import { findShipped } from './library.js';
import { parseEntry, parseRule, parseSpan } from './phrases.js';
import { readProcedure } from './procedure-file.js';

/** The problems of a text, each with the line it stands on. */
function problemsOf(text: string): (FileProblem & { at: string })[] {
  try {
    readProcedure(text, 'mine.yaml', findShipped);
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    const lines = text.split('\n');
    return error.problems.map((problem) => ({ ...problem, at: lines[problem.line - 1]?.trim() ?? '' }));
  }
  return [];
}

const brief = (text: string): string[] =>
  problemsOf(text).map(({ at, field, message }) => `${at} » ${field} » ${message.en}`);

/** A right file in a few lines, with the given fields laid over the shipped procedure. */
const over = (fields: string): string => `like: vn-party-supervision@2022
id: mine
version: "1"
${fields}`;

const FAULTY = `like: common
id: Faulty
version: "1"
vi: Quy trình lỗi
effectiveFrom: 2026-01-01
calendar: VN
areaOffice: nobody
paperEntry: [clerk]
colour: red
levels:
  base: { vi: Cấp cơ sở, en: Base }
bases:
  own: { vi: Tự đặt, en: Own, source: tệp này, evidence: X }
parties:
  unit: { vi: Đơn vị, en: Unit }
  team: { vi: Đoàn, en: Team, contact: head }
offices:
  clerk: { vi: Văn thư, en: Clerk, party: team }
  head: { vi: Trưởng đoàn, en: Head, party: teams }
stages:
  one: { vi: Một, en: One }
ladders:
  E: { vi: Đôn đốc, en: Chase, rungs: [{ after: 3 wd, to: [boss] }, { after: 1 wd, to: [head] }] }
steps:
  report:
    vi: Báo cáo
    en: Report
    stage: two
    actor: unit
    entry: [review met as closed, nowhere met]
    due:
      - { rule: 10 days after review, authority: { force: policy, basis: own, evidence: X } }
      - { rule: 10 wd after review met (sent), authority: { force: binding, basis: law, evidence: D } }
    ladder: E
    outcomes:
      returned: { vi: Trả lại, en: Returned, effect: returns }
    perform: [head]
    documents: []
    readers: ["*"]
  review:
    vi: Xem xét
    en: Review
    stage: one
    actor: team
    entry: [report submitted]
    due: [{ rule: date in plan, authority: { force: binding, basis: own, evidence: X } }]
    cap: longest
    outcomes:
      closed: { vi: Xong, en: Done, effect: meets, due: 5 wd }
    perform: [head]
    documents: [BC]
    readers: [units]
acts:
  suspend: [head]
`;

describe('a faulty procedure file', () => {
  const problems = problemsOf(FAULTY);
  const on = (line: string): string[] =>
    problems.filter(({ at }) => at.includes(line)).map(({ field, message }) => `${field}: ${message.en}`);

  it('answers with every mistake at once', () => {
    expect(problems.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        'id',
        'en',
        'areaOffice',
        'colour',
        'offices.head.party',
        'ladders.E.rungs.0.to.0',
        'ladders.E.rungs.1',
        'steps.report.due.0.rule',
        'steps.review.cap',
        'steps.review.outcomes.closed.due',
        'steps.review.outcomes.closed',
        'steps.review.documents.0',
        'steps.review.readers.0',
        'steps.review.due',
        'steps',
        'acts',
      ]),
    );
  });

  it('says on which line each stands', () => {
    expect(on('id: Faulty')).toEqual([expect.stringMatching(/^id: Invalid string/)]);
    expect(on('areaOffice: nobody')).toEqual(['areaOffice: no office "nobody"; one of: clerk, head']);
    expect(on('colour: red')).toEqual(['colour: there is no such field']);
    expect(on('party: teams')).toEqual(['offices.head.party: no party "teams"; one of: unit, team']);
    expect(on('cap: longest')).toEqual(['steps.review.cap: no cap "longest"; one of: –']);
    expect(on('readers: [units]')).toEqual(['steps.review.readers.0: no party "units"; one of: unit, team']);
    expect(on('- { rule: 10 days')[0]).toMatch(
      /"10 days after review" is not understood; write it like: 10 wd after kick-off met/,
    );
  });

  it('names file, line, column, field, and says it in Vietnamese too', () => {
    const { file, line, column, message } = problems.find(({ field }) => field === 'areaOffice')!;
    expect({ file, line, column }).toEqual({ file: 'mine.yaml', line: 7, column: 13 });
    expect(message.vi).toBe('không có chức trách "nobody"; chọn một trong: clerk, head');
  });

  it('lists the acts nobody was named for', () => {
    expect(
      problems.some(({ field, message }) => field === 'acts' && message.en.startsWith('"resume" is missing')),
    ).toBe(true);
  });
});

describe('what a procedure may not say', () => {
  it('nothing wrong with a small change of a shipped one', () => {
    expect(brief(over('steps: { outline-prepared: { ladder: EO } }'))).toEqual([]);
  });

  it.each([
    [
      'binding on a derived figure',
      'steps: { outline-prepared: { due: [{ rule: 5 wd after team-formed met (document), authority: { force: binding, basis: own-figure, evidence: D } }] } }',
      /evidence D cannot be "binding"/,
    ],
    [
      'a figure without a basis in the file',
      'steps: { outline-prepared: { due: [{ rule: 5 wd after team-formed met (document), authority: { force: policy, basis: law, evidence: D } }] } }',
      /no basis "law"/,
    ],
    ['no deadline and no reason', 'steps: { outline-prepared: { due: [] } }', /may have no deadline/],
    [
      'a date of a paper only',
      'steps: { outline-prepared: { due: [{ rule: date in plan, authority: { force: binding, basis: plan-paper, evidence: V } }] } }',
      /may have no deadline/,
    ],
    [
      'a level left out',
      'steps: { outline-prepared: { due: [{ rule: "by level after team-formed met (document): base 3 wd", authority: { force: policy, basis: own-figure, evidence: D } }] } }',
      /may have no deadline/,
    ],
    [
      'a reason beside a deadline',
      'steps: { outline-prepared: { noDue: { vi: không, en: none } } }',
      /always has a deadline/,
    ],
    [
      'a circle',
      'steps: { outline-prepared: { entry: [kick-off met] } }',
      /wait for each other: outline-prepared → kick-off → outline-prepared/,
    ],
    [
      'a step behind a circle',
      'steps: { outline-prepared: { entry: [kick-off met] } }',
      /waits for a step that never opens/,
    ],
    [
      'an entry by an outcome that does not meet',
      'steps: { conclusion-delivered: { entry: [conclusion-issued met as returned-format] } }',
      /"conclusion-issued" is not met by "returned-format"; one of: issued/,
    ],
    [
      'a submission nobody makes',
      'steps: { self-report: { entry: [kick-off submitted] } }',
      /"kick-off" has no review/,
    ],
    [
      'an anchor nobody makes',
      'steps: { outline-prepared: { due: [{ rule: 5 wd after team-formed submitted (document), authority: { force: policy, basis: own-figure, evidence: D } }] } }',
      /"team-formed" has no review/,
    ],
    [
      'a campaign that waits for one case',
      'steps: { team-formed: { entry: [kick-off met] } }',
      /a campaign step cannot wait/,
    ],
    [
      'a return without a step',
      'steps: { self-report: { outcomes: { returned-incomplete: { step: ~ } } } }',
      /say which step is given back/,
    ],
    [
      'a return without a due',
      'steps: { self-report: { outcomes: { returned-incomplete: { due: ~ } } } }',
      /say when it is due again/,
    ],
    [
      'a round without a due',
      'steps: { remediation-progress: { outcomes: { partly: { due: ~ } } } }',
      /say when the next round is due/,
    ],
    [
      'a due of an outcome without authority',
      'steps: { self-report: { outcomes: { returned-incomplete: { authority: ~ } } } }',
      /every figure needs authority/,
    ],
    [
      'a step that is never met',
      'steps: { outline-prepared: { outcomes: { ready: { effect: notes } } } }',
      /can never be met/,
    ],
    [
      'an extension without a refusal',
      'steps: { extension-decision: { outcomes: { refused: ~ } } }',
      /outcome "refused" is missing/,
    ],
    ['a case without an end', 'steps: { dossier-filed.part-2: { final: ~ } }', /no step ends the case/],
    ['a waiver of no notice', 'steps: { kick-off: { notice: ~ } }', /asks for no notice/],
    [
      'a deadline of itself',
      'steps: { unit-conference: { due: [{ rule: within unit-conference, authority: { force: policy, basis: own-figure, evidence: D } }] } }',
      /counted from its own step/,
    ],
    [
      'a day that does not exist',
      'steps: { programme-approved: { due: [{ rule: 31/4 every year, authority: { force: policy, basis: own-figure, evidence: M } }] } }',
      /no such day of the year/,
    ],
    [
      'the date of a measure elsewhere',
      'steps: { outline-prepared: { due: [{ rule: date in measure, authority: { force: binding, basis: plan-paper, evidence: V } }] } }',
      /only a step with per: measure/,
    ],
    [
      'an unknown level',
      'caps: { supervision-time: { rule: "by level after self-report submitted (received): village 5 wd" } }',
      /no level "village"/,
    ],
    [
      'a cap without a level',
      'caps: { supervision-time: { rule: "by level after self-report submitted (received): base 20 wd" } }',
      /levels are missing: central, province, district/,
    ],
    [
      'a cap not by level',
      'caps: { supervision-time: { rule: 30 wd after self-report submitted (received) } }',
      /a cap goes by level/,
    ],
    ['rungs out of order', 'reminders: { Rs: { before: [1 wd, 3 wd] } }', /in the order of time/],
    ['an unknown act', 'acts: { fly: [coordinator] }', /there is no "fly"/],
    ['an event nobody knows', 'readers: { somethingHappened: [team] }', /there is no "somethingHappened"/],
    ['a reveal of what is not hidden', 'revealedBy: { suspended: kick-off }', /"suspended" is not hidden/],
    ['a reveal by nothing', 'revealedBy: { findingRecorded: some-day }', /no step "some-day"/],
    ['a party without a contact', 'parties: { team: { contact: ~ } }', /party "team" owes a step/],
    ['a nameless office', 'offices: { auditor: { en: ~ } }', /is missing/],
  ])('%s', (_what, fields, expected) => {
    expect(brief(over(fields))).toContainEqual(expect.stringMatching(expected));
  });

  it('a file that is like nothing known', () => {
    expect(brief('like: nothing-of-the-kind\nid: mine')).toContainEqual(
      expect.stringMatching(/^like: nothing-of-the-kind » like » no procedure/),
    );
  });

  it('a file that is like itself', () => {
    const find = () => ({ text: 'like: loop', file: 'loop.yaml' });
    expect(() => readProcedure('like: loop', 'loop.yaml', find)).toThrow(FileProblems);
  });

  it.each([
    ['broken syntax', 'id: [mine', /YAML syntax/],
    ['an alias of nothing', 'id: *mine', /YAML syntax/],
    ['an empty file', '', /section "steps" is missing/],
    ['a list', '- id: mine', /section "steps" is missing/],
    ['a scalar where a map belongs', 'steps: none', /must be a map/],
    ['a step that is a list', 'steps: { a: [] }', /Invalid input: expected object/],
  ])('%s', (_what, text, expected) => {
    expect(brief(text).join('\n')).toMatch(expected);
  });

  it('reports a mistake in the file it was written in', () => {
    const find = (name: string) => (name === 'base' ? { text: FAULTY, file: 'base.yaml' } : findShipped(name));
    try {
      readProcedure('like: base\nid: mine\nareaOffice: no-one', 'mine.yaml', find);
      throw new Error('accepted');
    } catch (error) {
      const problems = (error as FileProblems).problems;
      expect(problems.find(({ field }) => field === 'areaOffice')).toMatchObject({ file: 'mine.yaml', line: 3 });
      expect(problems.find(({ field }) => field === 'steps.review.cap')).toMatchObject({ file: 'base.yaml', line: 47 });
    }
  });
});

describe('phrases', () => {
  it.each([
    [
      '10 wd after kick-off met (received)',
      { kind: 'count', span: { n: 10, unit: 'wd' }, anchor: { step: 'kick-off', at: 'met', date: 'received' } },
    ],
    [
      '6 months after a.part-1 submitted (document)',
      {
        kind: 'count',
        span: { n: 6, unit: 'months' },
        anchor: { step: 'a.part-1', at: 'submitted', date: 'document' },
      },
    ],
    ['5 wd before field-work', { kind: 'count-before', span: { n: 5, unit: 'wd' }, step: 'field-work' }],
    ['within field-work', { kind: 'within', step: 'field-work' }],
    ['date in conclusion', { kind: 'paper-date', paper: 'conclusion' }],
    ['31/1 every year', { kind: 'date-of-year', month: 1, day: 31 }],
    ['end of programme quarter', { kind: 'programme-quarter' }],
    [
      'by level after a met (sent): x 3 wd, y 20 s',
      {
        kind: 'count-by-level',
        spans: { x: { n: 3, unit: 'wd' }, y: { n: 20, unit: 's' } },
        anchor: { step: 'a', at: 'met', date: 'sent' },
      },
    ],
    [
      'next session of b, at most 30 wd after a met (sent)',
      { kind: 'session', body: 'b', atMost: { n: 30, unit: 'wd' }, anchor: { step: 'a', at: 'met', date: 'sent' } },
    ],
  ])('%s', (text, rule) => {
    expect(parseRule(text)).toEqual(rule);
  });

  it.each([
    '10 wd',
    '10 days after a met (sent)',
    'by level after a met (sent): x',
    '-5 wd before a',
    '12345 wd before a',
    'within a b',
    '',
  ])('refuses "%s"', (text) => {
    expect(parseRule(text)).toBeNull();
  });

  it('reads spans and entries', () => {
    expect(parseSpan('30 cd')).toEqual({ n: 30, unit: 'cd' });
    expect(parseSpan('1.5 wd')).toBeNull();
    expect(parseEntry('a met as b, c')).toEqual({ step: 'a', at: 'met', outcomes: ['b', 'c'] });
    expect(parseEntry('a')).toBeNull();
  });
});
