import type { Cap, CompiledProcedure, Rung, Step } from '@giamsat/procedure';
import { words, type ShippedProcedure } from '@giamsat/procedure/source';
import type { Io } from '../cli/io.js';
import { RuleWords } from './rule-words.js';

/** A procedure as a page to read: its stages and steps, dues with their basis, caps, reminders and ladders. */
export function procedurePage({ source, compiled }: ShippedProcedure, io: Io): string[] {
  const say = words(source);
  const rules = new RuleWords(say, io);
  const section = (title: { vi: string; en: string }, lines: string[]): string[] =>
    lines.length > 0 ? ['', `── ${io.say(title)}`, ...lines] : [];
  const offsets = (rungs: Rung[]): string[] => rungs.map((rung) => `      ${rungLine(rung, rules, io)}`);
  const schedule = (all: Record<string, Rung[]>, names: Record<string, { vi: string; en: string }>): string[] =>
    Object.entries(all).flatMap(([id, rungs]) => [`  ${id} · ${io.say(names[id]!)}`, ...offsets(rungs)]);
  return [
    `${io.say(say.title)} — ${compiled.id}@${compiled.version}`,
    io.say({
      vi: 'Hạn của mỗi bước: cách tính đầu tiên cho ra ngày thì dùng. Trong ngoặc vuông là mức chứng cứ:',
      en: 'The due of a step: the first rule that gives a date counts. In brackets how well a figure is founded:',
    }),
    io.say({
      vi: '[V] đọc tại nguồn · [V2] đọc gián tiếp · [D] suy ra · [M] theo trí nhớ · [X] đã tìm, không thấy',
      en: '[V] read in the source · [V2] read second-hand · [D] derived · [M] from memory · [X] looked for, not found',
    }),
    ...Object.entries(source.stages).flatMap(([id, stage]) =>
      section(
        stage,
        compiled.steps.filter((step) => step.stage === id).flatMap((step) => stepLines(step, compiled, source, io)),
      ),
    ),
    ...section(
      { vi: 'Giới hạn chung của nhiều bước', en: 'Limits that several steps share' },
      Object.entries(compiled.caps).flatMap(([id, cap]) => [
        `  ${id} · ${io.say(say.cap(id))}`,
        ...capLines(cap, rules, io),
      ]),
    ),
    ...section(
      { vi: 'Nhắc trước hạn', en: 'Reminders before the due' },
      schedule(compiled.reminders, source.reminders),
    ),
    ...section({ vi: 'Thang nhắc sau hạn', en: 'Ladders after the due' }, [
      ...schedule(compiled.ladders, source.ladders),
      io.say({
        vi: `  Mốc do đơn vị đặt chỉ báo cho người phải làm và ${say.office(compiled.areaOffice).vi}; cao hơn chỉ khi hạn là bắt buộc.`,
        en: `  An own mark is told to whoever owes it and the ${say.office(compiled.areaOffice).en}; nobody above unless the due is binding.`,
      }),
    ]),
  ];
}

function stepLines(step: Step, compiled: CompiledProcedure, source: ShippedProcedure['source'], io: Io): string[] {
  const say = words(source);
  const rules = new RuleWords(say, io);
  const line = (title: { vi: string; en: string }, text: string | undefined): string[] =>
    text ? [`      ${io.say(title)}: ${text}`] : [];
  const none = say.noDue(step.id);
  const ladder = [step.remind, step.ladder].filter(Boolean).join(', ');
  const outcomes = Object.entries(step.outcomes).map(([id, { due, effect }]) => {
    const again = io.say(
      effect === 'continues'
        ? { vi: 'báo cáo lại sau', en: 'again after' }
        : { vi: 'làm lại trong', en: 'again within' },
    );
    return `${io.say(say.outcome(step.id, id))}${due ? ` (${again} ${rules.span(due.span)}, ${rules.authority(due.authority)})` : ''}`;
  });
  const { extension } = step;
  return [
    `  ${step.id} · ${io.say(say.step(step.id))}`,
    ...line(
      { vi: 'trách nhiệm', en: 'owed by' },
      `${io.say(say.party(step.actor))} (${rules.offices(step.perform)})${step.scope === 'campaign' ? io.say({ vi: ', một lần cho cả cuộc', en: ', once for the whole campaign' }) : ''}${step.per ? io.say(PER[step.per]) : ''}`,
    ),
    ...line({ vi: 'mở khi', en: 'opens when' }, step.entry.map(rules.entry).join(io.say({ vi: ' và ', en: ' and ' }))),
    ...step.due.flatMap((rule) =>
      line({ vi: 'hạn', en: 'due' }, `${rules.due(rule, step.id)} — ${rules.authority(rule.authority)}`),
    ),
    ...line({ vi: 'có thể không có hạn', en: 'may have no due' }, none && io.say(none)),
    ...line({ vi: 'không vượt', en: 'not beyond' }, step.cap && io.say(say.cap(step.cap))),
    ...line({ vi: 'báo trước cho đơn vị', en: 'notice to the unit' }, step.notice && `≥ ${rules.span(step.notice)}`),
    ...line({ vi: 'xem xét', en: 'reviewed by' }, step.review && io.say(say.party(step.review.by))),
    ...line({ vi: 'kết quả', en: 'outcomes' }, outcomes.join(' | ')),
    ...line(
      { vi: 'gia hạn', en: 'extension' },
      extension && `${longest(extension, rules, io)} — ${rules.authority(extension.authority)}`,
    ),
    ...line(
      { vi: 'văn bản', en: 'papers' },
      step.documents.map((kind) => `${io.say(say.document(kind))} (${kind})`).join(', '),
    ),
    ...line({ vi: 'nhắc', en: 'reminders' }, ladder),
  ];
}

const PER = {
  measure: { vi: ', một lần cho mỗi việc phải khắc phục', en: ', once for each measure' },
  extension: { vi: ', một lần cho mỗi đề nghị', en: ', once for each request' },
};

const longest = ({ share: [a, b], times, by }: Cap['extension'], rules: RuleWords, io: Io): string =>
  io.say({
    vi: `nhiều nhất ${a}/${b} thời gian, ${times} lần, do ${rules.offices(by)} quyết định`,
    en: `at most ${a}/${b} of the time, ${times === 1 ? 'once' : `${times} times`}, decided by ${rules.offices(by)}`,
  });

const capLines = ({ spans, anchor, authority, extension }: Cap, rules: RuleWords, io: Io): string[] => [
  `      ${rules.byLevel(spans)} ${rules.after(anchor, '')} — ${rules.authority(authority)}`,
  `      ${io.say({ vi: 'gia hạn', en: 'extension' })}: ${longest(extension, rules, io)}`,
];

function rungLine({ offset: { n, unit }, to }: Rung, rules: RuleWords, io: Io): string {
  const when = io.say(n < 0 ? { vi: 'trước hạn', en: 'before' } : { vi: 'sau hạn', en: 'after' });
  return `${when} ${rules.span({ n: Math.abs(n), unit })}: ${rules.offices(to)}`;
}
