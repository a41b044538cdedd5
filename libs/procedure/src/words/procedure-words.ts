import type { Words } from '../calendar/source.js';
import type { Evidence } from '../definition/definition.js';

/** What stands behind a figure. */
export interface BasisWords extends Words {
  article?: string;
  source: string;
  evidence: Evidence;
}

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
  basis(id: string): BasisWords | undefined;
  /** why a step may have no deadline */
  noDue(step: string): Words | undefined;
}
