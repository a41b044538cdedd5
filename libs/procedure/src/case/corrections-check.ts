import { check } from './checks.js';
import type { Command, CommandBody } from './commands.js';
import { endOfStream } from './consequences.js';
import { effectiveFacts, isCorrected, noSuchFact, rootOf } from './corrections.js';
import { checkDates } from './dates.js';
import { FACT_OF, type CaseEvent } from './events.js';
import { progressOf } from './progress.js';
import { no, type Refusal } from './refusals.js';
import type { CaseState } from './state.js';

type Correction = Extract<Command, { type: 'correctEntry' }>;

/** What people enter about themselves or decide for the whole house is answered or given anew, not corrected. */
const NOT_CORRECTABLE: CommandBody['type'][] = [
  'correctEntry',
  'explainDelay',
  'contest',
  'answerContest',
  'applyCalendar',
  'applyProcedure',
  'launchWave',
  'completeLaunch',
  'withdrawWave',
];
const commandOf = new Map<CaseEvent['type'], CommandBody['type']>(
  Object.entries(FACT_OF).map(([command, fact]) => [fact, command as CommandBody['type']]),
);

/** The entry must stand, somebody else must have confirmed it, and what came later must still make sense (design §4.4). */
export function checkCorrection(state: CaseState, command: Correction): Refusal | null {
  const { entry, replace } = command;
  if (!state.facts.some((fact) => fact.seq === entry)) return noSuchFact(state, entry);
  if (isCorrected(entry, state.facts)) return no('ENTRY_ALREADY_CORRECTED', { entry });
  const root = rootOf(entry, state.facts);
  const first = state.facts.find((fact) => fact.seq === root)!;
  const type = commandOf.get(first.type);
  const isChange = command.void === true || Object.values(replace ?? {}).some((value) => value !== undefined);
  if (!type || NOT_CORRECTABLE.includes(type) || !isChange) return no('ENTRY_NOT_CORRECTABLE', { entry });
  if (!isSeconded(state, command)) return no('SECOND_PERSON_MISSING');
  return checkReplacement(state, command, first) ?? checkRest(state, command, root);
}

/** By somebody else who may correct as well; where a body has too few, by the signed paper that orders it. */
function isSeconded({ procedure }: CaseState, { envelope }: Correction): boolean {
  const { actor, second, secondCapacity = '', paper } = envelope;
  if (second === undefined) return paper?.signedAs !== undefined;
  return second !== actor && (procedure.acts.correctEntry ?? []).includes(secondCapacity);
}

/** The new dates must be dates, and the step judged by one of them must still have it. */
function checkReplacement(state: CaseState, { replace, envelope }: Correction, first: CaseEvent): Refusal | null {
  if (replace?.outcome !== undefined && !('outcome' in first.data))
    return no('OUTCOME_UNKNOWN', { outcome: replace.outcome });
  const step = 'step' in first.data ? first.data.step : undefined;
  return replace?.dates ? checkDates(state, replace.dates, step, envelope.enteredAt) : null;
}

/**
 * Every later act is judged again on the facts as they would stand: one that could no longer be given stands in the way.
 * So does an end that would no longer be one: a closed case is not reopened by a correction.
 */
function checkRest(state: CaseState, command: Correction, root: number): Refusal | null {
  const correction = { type: 'entryCorrected', seq: state.seq + 1, data: command, dates: {} } as unknown as CaseEvent;
  const facts = effectiveFacts([...state.facts, correction]);
  for (const [index, fact] of facts.entries()) {
    if (fact.seq < root) continue;
    const refusal = stands({ ...state, facts: facts.slice(0, index), ended: null }, fact);
    if (refusal && fact.seq === root) return refusal;
    if (refusal) return no('CORRECTION_BREAKS_LATER', { entry: root, later: fact.seq });
  }
  const end = endOfStream(progressOf({ ...state, facts }));
  return end === state.ended ? null : no('CORRECTION_BREAKS_LATER', { entry: root, later: state.seq });
}

/** Whether the same person could have done it in the same capacity on these facts. */
function stands(state: CaseState, fact: CaseEvent): Refusal | null {
  const type = commandOf.get(fact.type);
  if (type === undefined || type === 'explainDelay') return null;
  const { at: enteredAt, commandId, by, dates, paper } = fact;
  const person = by === 'engine' ? { actor: '', capacity: 'engine' } : by;
  const envelope = { ...person, commandId, grants: [], enteredAt, dates, paper };
  const refusal = check(state, { ...fact.data, type, envelope } as unknown as Command, dates);
  // How long a time could be made is measured by the due as it was then known: what was granted stays granted.
  return refusal?.code === 'EXTENSION_TOO_LONG' ? null : refusal;
}
