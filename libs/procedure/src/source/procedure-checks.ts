import type { Words } from '../calendar/source.js';
import { FACT_OF, type EventType } from '../case/events.js';
import { checkFigures } from './check-figures.js';
import { checkFlow } from './check-flow.js';
import type { PartialSource } from './procedure-file.js';
import type { Section, SourceStep } from './procedure-schema.js';
import type { LayeredYaml, Path } from './yaml-file.js';

/** Notes everything the schema cannot see: ids that lead nowhere, steps that never open, figures without a ground. */
export function checkProcedure(yaml: LayeredYaml, parts: PartialSource): void {
  const checks = new Checks(yaml, parts);
  checkPresence(checks);
  checkReferences(checks);
  checkFlow(checks);
  checkFigures(checks);
}

/** The parts under check, and the few questions all checks ask. */
export class Checks {
  constructor(
    private readonly yaml: LayeredYaml,
    readonly parts: PartialSource,
  ) {}

  get steps(): [string, SourceStep][] {
    return Object.entries(this.parts.sections.steps);
  }

  problem(path: Path, vi: string, en: string): void {
    this.yaml.problem(path, { vi, en });
  }

  /** Whether the id stands in the section; notes the ids that do when it does not. */
  refers(path: Path, section: Section, id: string | undefined): boolean {
    if (id === undefined || this.parts.known[section].has(id)) return id !== undefined;
    const possible = [...this.parts.known[section]].join(', ') || '–';
    const kind = KINDS[section];
    this.problem(
      path,
      `không có ${kind.vi} "${id}"; chọn một trong: ${possible}`,
      `no ${kind.en} "${id}"; one of: ${possible}`,
    );
    return false;
  }

  allRefer(path: Path, section: Section, ids: readonly string[] = []): void {
    ids.forEach((id, i) => this.refers([...path, i], section, id));
  }
}

const KINDS: Record<Section, Words> = {
  levels: { vi: 'cấp', en: 'level' },
  bases: { vi: 'căn cứ', en: 'basis' },
  parties: { vi: 'bên', en: 'party' },
  offices: { vi: 'chức trách', en: 'office' },
  stages: { vi: 'giai đoạn', en: 'stage' },
  documents: { vi: 'loại văn bản', en: 'kind of document' },
  events: { vi: 'sự kiện', en: 'event' },
  caps: { vi: 'giới hạn chung', en: 'cap' },
  reminders: { vi: 'lịch nhắc trước', en: 'reminder' },
  ladders: { vi: 'bậc đôn đốc', en: 'ladder' },
  steps: { vi: 'bước', en: 'step' },
  acts: { vi: 'lệnh', en: 'act' },
  readers: { vi: 'quyền đọc', en: 'reader rule' },
  revealedBy: { vi: 'điều kiện công bố', en: 'reveal rule' },
};

const NEEDED = ['levels', 'bases', 'parties', 'offices', 'stages', 'steps', 'acts', 'events', 'readers'] as const;
// Acts on a step go by the step's own offices; the end of a launch is recorded by the engine.
const NOT_GIVEN: string[] = ['submitStep', 'completeStep', 'returnStep', 'completeLaunch'];
const ACTS = Object.keys(FACT_OF).filter((act) => !NOT_GIVEN.includes(act));
const CONSEQUENCES = [
  'opened',
  'dueSet',
  'caseEnded',
  'overdueBegan',
  'rungDue',
  'rungPassed',
  'rungHeld',
  'rungUnfounded',
  'noticeEnded',
] as const satisfies Exclude<EventType, (typeof FACT_OF)[keyof typeof FACT_OF]>[];
const EVENT_TYPES: string[] = [...Object.values(FACT_OF), ...CONSEQUENCES];

function checkPresence(checks: Checks): void {
  const { known } = checks.parts;
  for (const section of NEEDED) {
    if (known[section].size === 0)
      checks.problem([section], `thiếu mục "${section}"`, `section "${section}" is missing`);
  }
  if (known.acts.size > 0) {
    for (const act of ACTS.filter((each) => !known.acts.has(each)))
      checks.problem(
        ['acts'],
        `thiếu "${act}": ghi ai được làm, dạng ${act}: [chức trách]`,
        `"${act}" is missing: say who may, as ${act}: [office]`,
      );
  }
  if (known.readers.size > 0) {
    for (const type of EVENT_TYPES.filter((each) => !known.readers.has(each)))
      checks.problem(
        ['readers'],
        `thiếu "${type}": ghi ai được đọc, dạng ${type}: [bên], hoặc ${type}: step`,
        `"${type}" is missing: say who may read it, as ${type}: [party], or ${type}: step`,
      );
  }
  if (known.events.size > 0) {
    for (const type of EVENT_TYPES.filter((each) => !known.events.has(each)))
      checks.problem(['events'], `thiếu tên của sự kiện "${type}"`, `the name of event "${type}" is missing`);
  }
}

function checkReferences(checks: Checks): void {
  const { head, sections } = checks.parts;
  if (head.areaOffice) checks.refers(['areaOffice'], 'offices', head.areaOffice);
  checks.allRefer(['paperEntry'], 'offices', Array.isArray(head.paperEntry) ? head.paperEntry : []);
  for (const [id, { party }] of Object.entries(sections.offices))
    checks.refers(['offices', id, 'party'], 'parties', party);
  for (const [id, { contact }] of Object.entries(sections.parties))
    checks.refers(['parties', id, 'contact'], 'offices', contact);
  for (const [id, { rungs }] of Object.entries(sections.ladders))
    rungs.forEach(({ to }, i) => checks.allRefer(['ladders', id, 'rungs', i, 'to'], 'offices', to));
  for (const [id, { extension }] of Object.entries(sections.caps))
    checks.allRefer(['caps', id, 'extension', 'by'], 'offices', extension.by);
  for (const [act, offices] of Object.entries(sections.acts)) {
    if (!ACTS.includes(act)) unknownName(checks, ['acts', act], act, ACTS);
    checks.allRefer(['acts', act], 'offices', offices);
  }
  for (const type of Object.keys(sections.events))
    if (!EVENT_TYPES.includes(type)) unknownName(checks, ['events', type], type, EVENT_TYPES);
  for (const [type, parties] of Object.entries(sections.readers)) {
    if (!EVENT_TYPES.includes(type)) unknownName(checks, ['readers', type], type, EVENT_TYPES);
    if (parties !== 'step') readersRefer(checks, ['readers', type], parties);
  }
  for (const [type, by] of Object.entries(sections.revealedBy)) {
    const hidden = sections.readers[type];
    if (hidden === undefined || hidden === 'step' || hidden.includes('*'))
      checks.problem(
        ['revealedBy', type],
        `"${type}" không bị che; thêm vào "readers" hoặc bỏ dòng này`,
        `"${type}" is not hidden; add it to "readers" or take this line out`,
      );
    revealRefers(checks, ['revealedBy', type], by);
  }
  for (const [id, step] of checks.steps) checkStepReferences(checks, ['steps', id], step);
}

function checkStepReferences(checks: Checks, at: Path, step: SourceStep): void {
  checks.refers([...at, 'stage'], 'stages', step.stage);
  checks.refers([...at, 'cap'], 'caps', step.cap);
  checks.refers([...at, 'remind'], 'reminders', step.remind);
  checks.refers([...at, 'ladder'], 'ladders', step.ladder);
  owesSomething(checks, [...at, 'actor'], step.actor);
  if (step.review) owesSomething(checks, [...at, 'review', 'by'], step.review.by);
  checks.allRefer([...at, 'perform'], 'offices', step.perform);
  checks.allRefer([...at, 'documents'], 'documents', step.documents);
  checks.allRefer([...at, 'extension', 'by'], 'offices', step.extension?.by);
  checks.allRefer([...at, 'otherThan'], 'steps', step.otherThan);
  for (const [id, { by, readers, revealedBy }] of Object.entries(step.outcomes)) {
    checks.allRefer([...at, 'outcomes', id, 'by'], 'offices', by);
    readersRefer(checks, [...at, 'outcomes', id, 'readers'], readers ?? []);
    if (revealedBy !== undefined) revealRefers(checks, [...at, 'outcomes', id, 'revealedBy'], revealedBy);
  }
  readersRefer(checks, [...at, 'readers'], step.readers);
}

/** A party whose turn it can be needs somebody to write to. */
function owesSomething(checks: Checks, path: Path, party: string): void {
  if (!checks.refers(path, 'parties', party)) return;
  const known = checks.parts.sections.parties[party];
  if (known && known.contact === undefined)
    checks.problem(
      ['parties', party],
      `bên "${party}" có việc phải làm: ghi đầu mối, dạng contact: chức trách`,
      `party "${party}" owes a step: name its contact, as contact: office`,
    );
}

function readersRefer(checks: Checks, path: Path, parties: readonly string[]): void {
  parties.forEach((party, i) => party === '*' || checks.refers([...path, i], 'parties', party));
}

function revealRefers(checks: Checks, path: Path, by: string): void {
  if (!EVENT_TYPES.includes(by)) checks.refers(path, 'steps', by);
}

function unknownName(checks: Checks, path: Path, name: string, possible: string[]): void {
  const list = possible.join(', ');
  checks.problem(path, `không có "${name}"; chọn một trong: ${list}`, `there is no "${name}"; one of: ${list}`);
}
