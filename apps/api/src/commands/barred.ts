import type { CommandRequest, Problem } from '@giamsat/contracts/http';
import { type Actor, allowed, type CaseView, type Numbering, redact, type Refusal } from '@giamsat/procedure';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import type { Standing } from '../http/call.js';
import { actorOf } from '../streams/present.js';
import type { Stream } from '../streams/streams.js';

/**
 * What is refused in the same words whatever has happened in the case: an act of other offices, a step of others, and a step or
 * an entry that the person does not see, which answers as one that does not exist. Why such an act cannot be done just now would tell
 * how far the case is, and what a command names is looked up for nobody who may not give it.
 */
export function barred(stream: Stream, request: CommandRequest, person: string, standing: Standing[]): Refusal | null {
  const { acts } = stream.state.procedure;
  const may = acts[request.type];
  const capacity = request.capacity ?? standing[0]!.office;
  const notAllowed: Refusal = { code: 'NOT_ALLOWED', params: { capacity, type: request.type } };
  if (may && !standing.some(({ office }) => may.includes(office))) return notAllowed;
  const step = 'step' in request ? request.step : undefined;
  if (request.type !== 'contest' && step === undefined) return null;
  const actor = actorOf(person, standing);
  const view = redact(stream.state, stream.events, actor, stream.state.openedAt);
  if (request.type === 'contest' && !view.events.some(({ seq }) => seq === request.entry))
    return { code: 'ENTRY_UNKNOWN', params: { entry: request.entry } };
  if (step === undefined) return null;
  const place = placeOf(stream, step, view, actor);
  if (place === 'unseen') return { code: 'STEP_UNKNOWN', params: { step } };
  return place === 'of others' && standing.every(({ forUnit }) => forUnit) ? notAllowed : null;
}

/**
 * Entries as the person counts them, and that the case has moved on with the last one he may read. An unknown entry stays as
 * he named it.
 */
export function paramsAsSeen(
  { code, params }: Pick<Problem, 'code' | 'params'>,
  numbering: Numbering,
): Problem['params'] {
  const { expected, entry } = params;
  if (code === 'SEQ_MOVED') return { ...params, expected: numbering.number(Number(expected)), actual: numbering.last };
  return code === 'ENTRY_UNKNOWN' || entry === undefined
    ? params
    : { ...params, entry: numbering.number(Number(entry)) };
}

function placeOf({ state }: Stream, step: string, view: CaseView, actor: Actor): 'unseen' | 'of others' | 'own' {
  if (allowed(view, actor).some((act) => act.step === step)) return 'own';
  const seen = view.steps.find(({ key }) => key === step);
  if (!seen) return 'unseen';
  const rules = state.procedure.steps.find(({ id }) => id === seen.step);
  return rules?.actor === SUBJECT_PARTY && seen.owes?.length !== 0 ? 'own' : 'of others';
}
