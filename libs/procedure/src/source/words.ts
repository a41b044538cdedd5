import type { ProcedureWords } from '../words/procedure-words.js';
import type { Words } from '../calendar/source.js';
import type { ProcedureSource } from './procedure-schema.js';

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
