import type { Checks } from './procedure-checks.js';
import type { Entry } from './phrases.js';
import type { SourceOutcome, SourceStep } from './procedure-schema.js';
import type { Path } from './yaml-file.js';

type Steps = Record<string, SourceStep>;

/** Every step opens some day, can be finished, and each of its outcomes says what it does. */
export function checkFlow(checks: Checks): void {
  for (const [id, step] of checks.steps) {
    step.entry.forEach((entry, i) => checkEntry(checks, ['steps', id, 'entry', i], step, entry));
    checkOutcomes(checks, ['steps', id], step);
  }
  checkReach(checks);
  const cases = checks.steps.filter(([, step]) => step.scope === 'case');
  if (cases.length > 0 && !cases.some(([, step]) => step.final))
    checks.problem(
      ['steps'],
      'không bước nào kết thúc hồ sơ: ghi final: true ở bước cuối',
      'no step ends the case: write final: true on the last one',
    );
}

const isMeeting = (outcome: SourceOutcome | undefined): boolean =>
  outcome !== undefined && ['meets', 'opens', 'ends'].includes(outcome.effect);

function checkEntry(checks: Checks, path: Path, step: SourceStep, entry: Entry): void {
  if (!checks.refers(path, 'steps', entry.step)) return;
  const other = checks.parts.sections.steps[entry.step];
  if (!other) return;
  if (step.scope === 'campaign' && other.scope === 'case')
    checks.problem(
      path,
      `bước của cuộc giám sát không thể chờ bước "${entry.step}" của từng đơn vị`,
      `a campaign step cannot wait for "${entry.step}", a step of one case`,
    );
  if (entry.at === 'submitted' && !other.review)
    checks.problem(
      path,
      `"${entry.step}" không có "review" nên không có ai gửi; dùng "met"`,
      `"${entry.step}" has no review, so nobody submits it; use "met"`,
    );
  for (const outcome of entry.outcomes ?? []) {
    if (isMeeting(other.outcomes[outcome])) continue;
    const possible = Object.keys(other.outcomes)
      .filter((id) => isMeeting(other.outcomes[id]))
      .join(', ');
    checks.problem(
      path,
      `"${entry.step}" không hoàn thành bằng "${outcome}"; chọn trong: ${possible}`,
      `"${entry.step}" is not met by "${outcome}"; one of: ${possible}`,
    );
  }
}

function checkOutcomes(checks: Checks, at: Path, step: SourceStep): void {
  const outcomes = Object.entries(step.outcomes);
  if (!outcomes.some(([, outcome]) => isMeeting(outcome)))
    checks.problem(
      [...at, 'outcomes'],
      'bước này không bao giờ hoàn thành: cần một kết quả có effect: meets',
      'the step can never be met: give one outcome effect: meets',
    );
  for (const [id, outcome] of outcomes) checkOutcome(checks, [...at, 'outcomes', id], step, outcome);
  if (step.per === 'extension') {
    for (const id of ['granted', 'refused'])
      if (!step.outcomes[id])
        checks.problem([...at, 'outcomes'], `thiếu kết quả "${id}"`, `outcome "${id}" is missing`);
  }
}

function checkOutcome(checks: Checks, at: Path, step: SourceStep, outcome: SourceOutcome): void {
  const { effect, due, authority } = outcome;
  if (effect === 'returns') {
    if (outcome.step === undefined)
      checks.problem(at, 'ghi bước bị trả lại, dạng step: mã-bước', 'say which step is given back, as step: id');
    else checks.refers([...at, 'step'], 'steps', outcome.step);
    if (due === undefined)
      checks.problem(
        at,
        'ghi hạn làm lại, dạng due: 5 wd, hoặc due: unchanged',
        'say when it is due again, as due: 5 wd or due: unchanged',
      );
  } else if (outcome.step !== undefined) {
    checks.problem([...at, 'step'], 'chỉ dùng với effect: returns', 'belongs to effect: returns only');
  }
  if (effect === 'continues' && (due === undefined || due === 'unchanged'))
    checks.problem(at, 'ghi hạn của kỳ sau, dạng due: 12 months', 'say when the next round is due, as due: 12 months');
  if (effect !== 'returns' && effect !== 'continues' && due !== undefined)
    checks.problem(
      [...at, 'due'],
      'chỉ dùng với effect: returns hoặc continues',
      'belongs to effect: returns or continues only',
    );
  if (due !== undefined && due !== 'unchanged' && !authority)
    checks.problem(
      at,
      'thời hạn nào cũng phải có authority: { force, basis, evidence }',
      'every figure needs authority: { force, basis, evidence }',
    );
  if (outcome.waivesNotice && !step.notice)
    checks.problem([...at, 'waivesNotice'], 'bước này không đòi báo trước', 'the step asks for no notice');
}

function checkReach(checks: Checks): void {
  const steps: Steps = checks.parts.sections.steps;
  const known = checks.parts.known.steps;
  const reached = new Set<string>();
  // A step whose own entry could not be read is reported already and holds nobody up.
  const isReached = (id: string): boolean => reached.has(id) || !known.has(id) || !steps[id];
  for (let grew = true; grew;) {
    const next = Object.keys(steps).filter(
      (id) => !reached.has(id) && steps[id]!.entry.every((entry) => isReached(entry.step)),
    );
    next.forEach((id) => reached.add(id));
    grew = next.length > 0;
  }
  for (const id of Object.keys(steps).filter((each) => !reached.has(each))) {
    const circle = circleOf(steps, id);
    if (circle)
      checks.problem(
        ['steps', id, 'entry'],
        `các bước chờ nhau thành vòng: ${circle}; bỏ một điều kiện`,
        `these steps wait for each other: ${circle}; take one condition out`,
      );
    else
      checks.problem(
        ['steps', id, 'entry'],
        'bước này không bao giờ mở vì chờ bước không bao giờ mở',
        'never opens: it waits for a step that never opens',
      );
  }
}

/** 'a → b → a' when the step waits, through others, for itself. */
function circleOf(steps: Steps, start: string): string | null {
  const walk = (id: string, path: string[]): string[] | null => {
    for (const { step } of steps[id]?.entry ?? []) {
      if (step === start) return [...path, start];
      const found = path.includes(step) ? null : walk(step, [...path, step]);
      if (found) return found;
    }
    return null;
  };
  return walk(start, [start])?.join(' → ') ?? null;
}
