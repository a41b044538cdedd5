import type { Anchor, Span } from '../definition/definition.js';
import type { BareRule } from './phrases.js';
import type { Checks } from './procedure-checks.js';
import type { SourceAuthority, SourceDue, SourceStep } from './procedure-schema.js';
import type { Path } from './yaml-file.js';

/** Every figure rests on something, and nothing is called binding that nobody has read. */
export function checkFigures(checks: Checks): void {
  for (const [id, step] of checks.steps) checkStep(checks, ['steps', id], step);
  const { caps, reminders, ladders } = checks.parts.sections;
  for (const [id, cap] of Object.entries(caps)) {
    const at = ['caps', id];
    checkAuthority(checks, [...at, 'authority'], cap.authority, false);
    if (cap.rule.kind !== 'count-by-level')
      checks.problem(
        [...at, 'rule'],
        'giới hạn chung phải ghi theo cấp: by level after ...: central 45 wd, ...',
        'a cap goes by level: by level after ...: central 45 wd, ...',
      );
    else if (missingLevels(checks, cap.rule.spans).length > 0)
      checks.problem(
        [...at, 'rule'],
        `thiếu cấp: ${missingLevels(checks, cap.rule.spans).join(', ')}`,
        `levels are missing: ${missingLevels(checks, cap.rule.spans).join(', ')}`,
      );
    checkRule(checks, [...at, 'rule'], cap.rule, undefined);
  }
  for (const [id, { before }] of Object.entries(reminders))
    checkOrder(
      checks,
      ['reminders', id, 'before'],
      before.map(({ n, unit }) => ({ n: -n, unit })),
    );
  for (const [id, { rungs }] of Object.entries(ladders))
    checkOrder(
      checks,
      ['ladders', id, 'rungs'],
      rungs.map(({ after }) => after),
    );
}

function checkStep(checks: Checks, at: Path, step: SourceStep): void {
  step.due.forEach((due, i) => checkDue(checks, [...at, 'due', i], due, step));
  for (const [id, { authority }] of Object.entries(step.outcomes))
    if (authority) checkAuthority(checks, [...at, 'outcomes', id, 'authority'], authority, false);
  if (step.extension) checkAuthority(checks, [...at, 'extension', 'authority'], step.extension.authority, false);
  const mayHaveNone = !step.due.some((due) => alwaysResolves(checks, due));
  if (mayHaveNone && !step.noDue)
    checks.problem(
      step.due.length > 0 ? [...at, 'due'] : at,
      'có thể không có thời hạn nào: thêm một quy tắc luôn tính được, hoặc nêu lý do ở noDue: { vi, en }',
      'may have no deadline: add a rule that always gives one, or say why not in noDue: { vi, en }',
    );
  if (!mayHaveNone && step.noDue)
    checks.problem(
      [...at, 'noDue'],
      'bước này luôn có thời hạn; bỏ noDue',
      'the step always has a deadline; take noDue out',
    );
}

const rulesOf = (due: SourceDue): BareRule[] => ('rule' in due ? [due.rule] : due.earliest.map(({ rule }) => rule));

/** A date that only a paper gives, or a figure that some level lacks, may be absent. */
function alwaysResolves(checks: Checks, due: SourceDue): boolean {
  return rulesOf(due).some((rule) => {
    if (rule.kind === 'count-by-level') return missingLevels(checks, rule.spans).length === 0;
    return !isFromPaper(rule);
  });
}

const isFromPaper = (rule: BareRule): boolean => rule.kind === 'paper-date' || rule.kind === 'programme-quarter';

const missingLevels = (checks: Checks, spans: Record<string, Span>): string[] =>
  [...checks.parts.known.levels].filter((level) => !(level in spans));

function checkDue(checks: Checks, at: Path, due: SourceDue, step: SourceStep): void {
  if ('rule' in due) {
    checkAuthority(checks, [...at, 'authority'], due.authority, isFromPaper(due.rule));
    return checkRule(checks, [...at, 'rule'], due.rule, step);
  }
  checkAuthority(checks, [...at, 'authority'], due.authority, false);
  due.earliest.forEach((each, i) => checkDue(checks, [...at, 'earliest', i], each, step));
}

function checkRule(checks: Checks, path: Path, rule: BareRule, step: SourceStep | undefined): void {
  if ('anchor' in rule) checkAnchor(checks, path, rule.anchor);
  if ('step' in rule && checks.refers(path, 'steps', rule.step) && checks.parts.sections.steps[rule.step] === step)
    checks.problem(path, 'thời hạn không thể tính từ chính bước này', 'a deadline cannot be counted from its own step');
  if (rule.kind === 'count-by-level') for (const level of Object.keys(rule.spans)) checks.refers(path, 'levels', level);
  if (rule.kind === 'session') checks.refers(path, 'parties', rule.body);
  if (rule.kind === 'paper-date' && rule.paper === 'measure' && step?.per !== 'measure')
    checks.problem(
      path,
      'chỉ bước có per: measure mới có ngày của từng việc',
      'only a step with per: measure has a date of its measure',
    );
  if (rule.kind === 'date-of-year' && !isDayOfYear(rule.month, rule.day))
    checks.problem(
      path,
      'không có ngày này trong năm; ghi ngày/tháng, như 31/1',
      'no such day of the year; write day/month, like 31/1',
    );
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isDayOfYear = (month: number, day: number): boolean => day >= 1 && day <= (DAYS[month - 1] ?? 0);

function checkAnchor(checks: Checks, path: Path, anchor: Anchor): void {
  if (!checks.refers(path, 'steps', anchor.step)) return;
  const step = checks.parts.sections.steps[anchor.step];
  // The request for an extension is what submits its decision.
  if (step && anchor.at === 'submitted' && !step.review && step.per !== 'extension')
    checks.problem(
      path,
      `"${anchor.step}" không có "review" nên không có ai gửi; dùng "met"`,
      `"${anchor.step}" has no review, so nobody submits it; use "met"`,
    );
}

function checkAuthority(checks: Checks, path: Path, authority: SourceAuthority, isPaperDate: boolean): void {
  checks.refers([...path, 'basis'], 'bases', authority.basis);
  if (authority.force !== 'binding' || isPaperDate || authority.evidence.startsWith('V')) return;
  checks.problem(
    [...path, 'force'],
    `con số có bằng chứng ${authority.evidence} không thể là "binding"; ghi policy, hoặc dẫn văn bản đã đọc (V)`,
    `a figure with evidence ${authority.evidence} cannot be "binding"; write policy, or cite a text that was read (V)`,
  );
}

function checkOrder(checks: Checks, path: Path, offsets: Span[]): void {
  offsets.forEach(({ n, unit }, i) => {
    const last = offsets[i - 1];
    if (last && (last.unit !== unit || last.n >= n))
      checks.problem(
        [...path, i],
        'xếp theo thứ tự thời gian, cùng một đơn vị',
        'put in the order of time, in one unit',
      );
  });
}
