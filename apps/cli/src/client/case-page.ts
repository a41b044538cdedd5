import { COMMAND_SCHEMAS, type ResponseOf } from '@giamsat/contracts/http';
import type { CaseView, Explanation, StepView } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { explainInWords } from '@giamsat/procedure/words';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { FINDING, MEASURE, namesOf, NO_DATE, status } from './names.js';
import { recusedLines, sinceThen, vacancyLines } from './unit-words.js';

type Found = ResponseOf<'getCase'>;
type Names = ReturnType<typeof namesOf>;

/** A case for people: its steps and dates, what was found, what waits for an answer, and what the reader may do. */
export function casePage(found: Found, why: boolean, io: Io): string[] {
  const view = found.view as CaseView;
  const names = namesOf(found.procedure, io);
  return [
    `${found.unit?.name ?? ''} — ${found.title}`,
    ...(found.unit && sinceThen(found.unit, io) ? [`(${sinceThen(found.unit, io)})`] : []),
    `${status(view.status, io)} · ${names.stage(view.stage)} · ${io.say({ vi: `mục ${view.seq}`, en: `entry ${view.seq}` })}`,
    '',
    ...table(view.steps.map((step) => stepLine(step, names, io))),
    ...section([...vacancyLines(found.vacant, names.office, io), ...recusedLines(found, io)]),
    ...section(why ? whyLines(found, view, names, io) : []),
    ...section(findingLines(found, view, io)),
    ...section(waitingLines(found, view, names, io)),
    ...section(actLines(found, names, io)),
  ];
}

const section = (lines: string[]): string[] => (lines.length > 0 ? ['', ...lines] : []);

function stepLine(step: StepView, names: Names, io: Io): string[] {
  const { deadline, lateness } = step;
  const late = lateness
    ? io.say(
        lateness.kind === 'late'
          ? { vi: `quá hạn ${lateness.days} ngày`, en: `late ${lateness.days} days` }
          : { vi: `quá mốc nội bộ ${lateness.days} ngày`, en: `past mark ${lateness.days} days` },
      )
    : '';
  const noDate = NO_DATE[deadline?.reason ?? ''];
  return [
    names.step(step.key),
    status(step.status, io),
    step.turn ? names.party(step.turn) : '',
    deadline?.due ? `${day(deadline.due)}${deadline.provisional ? '*' : ''}` : noDate ? io.say(noDate) : '',
    late,
    step.outcome ? names.outcome(step.step, step.outcome) : '',
    step.sameHand ? io.say({ vi: 'một tài khoản, theo văn bản đã ký', en: 'one account, by a signed paper' }) : '',
  ];
}

/** Why each open date is what it is. */
function whyLines(found: Found, view: CaseView, names: Names, io: Io): string[] {
  const shipped = procedureLibrary().getProcedure(found.procedure);
  const [opened] = view.events;
  if (!shipped || opened?.type !== 'opened') return [];
  const { zone } = opened.data.calendar;
  const say = words(shipped.source);
  const open = view.steps.filter(({ status: of }) => of === 'open' || of === 'submitted');
  return open.flatMap(({ key }) => [
    names.step(key),
    ...explainInWords((found.explanations[key] ?? []) as Explanation[], say, zone, io.lang).map(
      (line) => `    ${line}`,
    ),
  ]);
}

/** Findings and measures with their ids, by which acts name them. */
function findingLines({ texts }: Found, { events, measures }: CaseView, io: Io): string[] {
  const text = (hash: string | undefined): string => (hash && texts[hash]) ?? '';
  const rows = events.flatMap((event) => {
    if (event.type === 'findingRecorded') {
      const { finding, kind, text: hash } = event.data;
      return [[`  ${finding}`, io.say(FINDING[kind]!), text(hash)]];
    }
    if (event.type !== 'measureRecorded') return [];
    const { measure, due, text: hash } = event.data;
    const state = measures.find((each) => each.measure === measure)?.state ?? '';
    const said = MEASURE[state] ? io.say(MEASURE[state]) : state;
    return [[`  ${measure}`, `→ ${[said, due && day(due.on)].filter(Boolean).join(', ')}`, text(hash)]];
  });
  return rows.length === 0
    ? []
    : [io.say({ vi: 'Nội dung kết luận và việc khắc phục:', en: 'Findings and measures:' }), ...table(rows)];
}

/** Requests and objections that somebody has to answer. */
function waitingLines({ texts, people }: Found, { events, steps, contests }: CaseView, names: Names, io: Io): string[] {
  const pending = new Set(
    steps.flatMap(({ extension }) => (extension?.state === 'pending' ? [extension.request] : [])),
  );
  const open = new Set(contests.filter(({ answered }) => !answered).map(({ seq }) => seq));
  const lines = events.flatMap((event) => {
    const who = event.by === 'engine' ? '' : (people[event.by.actor] ?? '');
    if (event.type === 'extensionRequested' && pending.has(event.data.request)) {
      const { step, span, reason } = event.data;
      const more = span ? ` +${span.n} ${span.unit}` : '';
      return [`  #${event.seq} ${who}: ${names.step(step)}${more} — ${(reason && texts[reason]) ?? ''}`];
    }
    if (event.type === 'contested' && open.has(event.seq))
      return [`  #${event.seq} ${who}: #${event.data.entry} — ${texts[event.data.text] ?? ''}`];
    return [];
  });
  return lines.length === 0 ? [] : [io.say({ vi: 'Đang chờ trả lời:', en: 'Waits for an answer:' }), ...lines];
}

/** Commands ready to be typed; '…' stands for what only the person knows. */
function actLines({ id, allowed }: Found, names: Names, io: Io): string[] {
  const lines = allowed.map(({ type, step, outcomes }) => {
    const fields = fieldsOf(type);
    const item = step?.split('/')[1];
    const given = [
      ...(step && fields.has('step') ? [`--step ${step}`] : []),
      ...(outcomes && fields.has('outcome') ? [`--outcome ${outcomes.join('|')}`] : []),
    ];
    const others = [...fields].filter(([name, isNeeded]) => isNeeded && name !== 'step' && name !== 'outcome');
    const set = others.map(([name]) => `${name}=${item && (name === 'request' || name === 'measure') ? item : '…'}`);
    return [
      ['  giamsat case act', id, type, ...given, ...(set.length > 0 ? ['--set', ...set] : [])].join(' '),
      step ? `# ${names.step(step)}` : '',
    ];
  });
  return lines.length === 0 ? [] : [io.say({ vi: 'Bạn có thể:', en: 'You may:' }), ...table(lines)];
}

/** Fields of a command by name, and whether it needs them. */
function fieldsOf(type: string): Map<string, boolean> {
  const schema = Object.entries(COMMAND_SCHEMAS).find(([name]) => name === type)?.[1];
  const fields = Object.entries(schema?.shape ?? {}) as [string, { isOptional(): boolean }][];
  return new Map(fields.filter(([name]) => name !== 'type').map(([name, field]) => [name, !field.isOptional()]));
}
