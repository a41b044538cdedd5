import type { Authority, DueRule, Span } from '@giamsat/procedure';
import {
  compileProcedure,
  procedureLibrary,
  readProcedureFile,
  words,
  type ProcedureWords,
  type ShippedProcedure,
} from '@giamsat/procedure/source';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';

export function register(program: Command, io: Io): void {
  const procedure = program.command('procedure').description(io.say({ vi: 'Các quy trình', en: 'Procedures' }));
  procedure
    .command('list')
    .description(io.say({ vi: 'Các quy trình có sẵn', en: 'Procedures that are shipped' }))
    .addHelpText('after', '\n  giamsat procedure list')
    .action(() => list(io));
  procedure
    .command('show')
    .argument('<name>', 'id@version')
    .description(
      io.say({
        vi: 'Các bước, thời hạn, căn cứ, thang nhắc của một quy trình',
        en: 'Steps, dues, legal bases and ladders of a procedure',
      }),
    )
    .addHelpText('after', '\n  giamsat procedure show vn-party-supervision@2022')
    .action((name: string) => show(name, io));
  procedure
    .command('check')
    .argument('<file>')
    .description(io.say({ vi: 'Kiểm tra một tệp quy trình', en: 'Check a procedure file' }))
    .addHelpText('after', '\n  giamsat procedure check my-procedure.yaml')
    .action((file: string) => check(file, io));
}

function list(io: Io): void {
  const all = procedureLibrary().listProcedures();
  const rows = all.map(({ source, compiled }) => [
    `${compiled.id}@${compiled.version}`,
    io.say(source),
    compiled.calendar,
    day(compiled.effectiveFrom),
    compiled.supersededBy ?? '',
  ]);
  io.show(
    table(rows),
    all.map(({ source, compiled: { id, version, calendar, effectiveFrom, supersededBy, hash } }) => ({
      id,
      version,
      name: { vi: source.vi, en: source.en },
      calendar,
      effectiveFrom,
      supersededBy,
      hash,
    })),
  );
}

function get(name: string): ShippedProcedure {
  const found = procedureLibrary().getProcedure(name);
  if (found) return found;
  const known = procedureLibrary()
    .listProcedures()
    .map(({ compiled }) => `${compiled.id}@${compiled.version}`)
    .join(', ');
  throw new Stop('notFound', {
    vi: `Không có quy trình ${name}; có: ${known}`,
    en: `No procedure ${name}; there are: ${known}`,
  });
}

function show(name: string, io: Io): void {
  const { source, compiled } = get(name);
  const say = words(source);
  const lines = [`${io.say(say.title)} — ${compiled.id}@${compiled.version}`];
  let stage = '';
  for (const step of compiled.steps) {
    if (step.stage !== stage) lines.push('', `── ${io.say(say.stage((stage = step.stage)))}`);
    lines.push(
      `  ${step.id} · ${io.say(say.step(step.id))} (${io.say(say.party(step.actor))}${step.scope === 'campaign' ? io.say({ vi: ', cả cuộc', en: ', campaign' }) : ''})`,
    );
    for (const rule of step.due)
      lines.push(`      ${dueWords(rule, say, io)} — ${authorityWords(rule.authority, say, io)}`);
    const outcomes = Object.keys(step.outcomes).map((id) => io.say(say.outcome(step.id, id)));
    lines.push(`      → ${outcomes.join(' | ')}`);
    const ladder = [step.remind, step.ladder].filter(Boolean).join(' / ');
    if (ladder) lines.push(`      ${io.say({ vi: 'nhắc', en: 'reminders' })}: ${ladder}`);
  }
  for (const [id, rungs] of Object.entries({ ...compiled.reminders, ...compiled.ladders }))
    lines.push(
      '',
      `${id}: ${rungs.map(({ offset, to }) => `${offset.n > 0 ? '+' : ''}${offset.n} ${offset.unit} ${to.map((office) => (office === 'debtor' ? io.say({ vi: 'người phải làm', en: 'whoever owes it' }) : io.say(say.office(office)))).join(', ')}`).join(' · ')}`,
    );
  io.show(lines, source);
}

const spanWords = ({ n, unit }: Span, io: Io): string =>
  `${n} ${io.say({ wd: { vi: 'ngày làm việc', en: 'working days' }, cd: { vi: 'ngày', en: 'days' }, months: { vi: 'tháng', en: 'months' }, s: { vi: 'giây', en: 'seconds' } }[unit])}`;

function dueWords(rule: DueRule, say: ProcedureWords, io: Io): string {
  switch (rule.kind) {
    case 'count':
      return `${spanWords(rule.span, io)} ${io.say({ vi: 'sau', en: 'after' })} "${io.say(say.step(rule.anchor.step))}"`;
    case 'count-by-level':
      return `${Object.entries(rule.spans)
        .map(([level, span]) => `${io.say(say.level(level))} ${spanWords(span, io)}`)
        .join(', ')} ${io.say({ vi: 'sau', en: 'after' })} "${io.say(say.step(rule.anchor.step))}"`;
    case 'count-before':
      return `${spanWords(rule.span, io)} ${io.say({ vi: 'trước hạn của', en: 'before the due of' })} "${io.say(say.step(rule.step))}"`;
    case 'within':
      return `${io.say({ vi: 'trong hạn của', en: 'within' })} "${io.say(say.step(rule.step))}"`;
    case 'paper-date':
      return io.say({
        vi: { plan: 'ngày ghi trong kế hoạch', conclusion: 'ngày ghi trong thông báo', measure: 'ngày của từng việc' }[
          rule.paper
        ],
        en: `date in the ${rule.paper}`,
      });
    case 'date-of-year':
      return `${String(rule.day).padStart(2, '0')}/${String(rule.month).padStart(2, '0')}`;
    case 'programme-quarter':
      return io.say({ vi: 'hết quý ghi trong chương trình', en: 'end of the quarter in the programme' });
    case 'session':
      return io.say({
        vi: `phiên họp kế tiếp, chậm nhất ${spanWords(rule.atMost, io)}`,
        en: `next session, at most ${spanWords(rule.atMost, io)}`,
      });
    case 'earliest':
      return rule.of
        .map((each) => dueWords(each, say, io))
        .join(io.say({ vi: ' hoặc sớm hơn: ', en: ' or earlier: ' }));
  }
}

function authorityWords({ force, basis, evidence }: Authority, say: ProcedureWords, io: Io): string {
  const kind = io.say(
    force === 'binding' ? { vi: 'bắt buộc', en: 'binding' } : { vi: 'mốc do đơn vị đặt', en: 'own mark (policy)' },
  );
  const text = say.basis(basis);
  return `${kind}, ${text ? io.say(text) : basis}${text?.article ? ` (${text.article})` : ''} [${evidence}]`;
}

function check(file: string, io: Io): void {
  const compiled = compileProcedure(readProcedureFile(file));
  io.show(
    io.say({
      vi: `Đúng: ${compiled.id}@${compiled.version}, ${compiled.steps.length} bước, ${compiled.hash.slice(0, 12)}`,
      en: `Correct: ${compiled.id}@${compiled.version}, ${compiled.steps.length} steps, ${compiled.hash.slice(0, 12)}`,
    }),
    { ok: true, id: compiled.id, version: compiled.version, hash: compiled.hash },
  );
}
