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

/** What a request names of the record, as whoever sent it counts. */
interface Naming {
  entry?: number;
  expectedSeq?: number;
}

/** Entries as the person counts them, those he asked about as he called them; that the case has moved on, with the last one he may read. */
export function paramsAsSeen(
  { code, params }: Pick<Problem, 'code' | 'params'>,
  numbering: Numbering,
  asked: Naming,
): Problem['params'] {
  if (code === 'SEQ_MOVED')
    return { ...params, expected: asked.expectedSeq ?? params.expected!, actual: numbering.last };
  if (params.entry === undefined) return params;
  const called = code.startsWith('ENTRY_') ? asked.entry : undefined;
  return { ...params, entry: called ?? numbering.number(Number(params.entry)) };
}

/** To whoever may not read it any more, nothing of where the case stands. */
export const paramsUnseen = ({ entry: _, expected: _e, actual: _a, ...params }: Problem['params']): Problem['params'] =>
  params;

function placeOf({ state }: Stream, step: string, view: CaseView, actor: Actor): 'unseen' | 'of others' | 'own' {
  if (allowed(view, actor).some((act) => act.step === step)) return 'own';
  const seen = view.steps.find(({ key }) => key === step);
  if (!seen) return 'unseen';
  const rules = state.procedure.steps.find(({ id }) => id === seen.step);
  return rules?.actor === SUBJECT_PARTY && seen.owes?.length !== 0 ? 'own' : 'of others';
}
