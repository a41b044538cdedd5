import type { Words } from '../calendar/source.js';
import type { ProcedureSource } from './procedure-schema.js';

type Basis = ProcedureSource['bases'][string];

/** The names of everything in a procedure, Vietnamese and English. An id that is not in it is shown as it is. */
export interface ProcedureWords {
  title: Words;
  step(id: string): Words;
  /** of a step, by outcome id */
  outcome(step: string, id: string): Words;
  office(id: string): Words;
  party(id: string): Words;
  stage(id: string): Words;
  level(id: string): Words;
  document(kind: string): Words;
  event(type: string): Words;
  cap(id: string): Words;
  /** of a reminder or a ladder, by the id of one of its rungs: `Rl-10`, `EU+3` */
  rung(id: string): Words;
  /** text, article, source and evidence behind a figure */
  basis(id: string): Basis | undefined;
  /** why a step may have no deadline */
  noDue(step: string): Words | undefined;
}

export function words(source: ProcedureSource): ProcedureWords {
  const named = (names: Record<string, Words>) => (id: string) => pick(names[id], id);
  return {
    title: { vi: source.vi, en: source.en },
    step: named(source.steps),
    outcome: (step, id) => pick(source.steps[step]?.outcomes[id], id),
    office: named(source.offices),
    party: named(source.parties),
    stage: named(source.stages),
    level: named(source.levels),
    document: named(source.documents),
    event: named(source.events),
    cap: named(source.caps),
    rung: (id) => pick({ ...source.reminders, ...source.ladders }[id.replace(/[+-]\d+$/, '')], id),
    basis: (id) => source.bases[id],
    noDue: (step) => source.steps[step]?.noDue,
  };
}

const pick = (names: Words | undefined, id: string): Words =>
  names ? { vi: names.vi, en: names.en } : { vi: id, en: id };
