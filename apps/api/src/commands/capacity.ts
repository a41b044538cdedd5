import { actsOf, allowed, type CaseState } from '@giamsat/procedure';
import type { Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { actorOf } from '../streams/present.js';

/**
 * The office in which it is done: the one the person names, else the only one of his that may. When none may, the first he
 * holds: the core then says what stands in the way.
 * @throws NOT_ALLOWED for an office that is not his · CAPACITY_UNCLEAR when several of his may
 */
export function capacityFor(request: Wanted, standing: Standing[], state: CaseState): Standing {
  const { capacity } = request;
  const acts = actsOf(state).filter((act) => concerns(act, request));
  // Whoever holds one office in two of the units acts in that whose duty it is.
  const able = standing.filter((held) => allowed({ acts }, actorOf('', [held])).length > 0);
  if (capacity !== undefined) {
    const held = [...able, ...standing].find(({ office }) => office === capacity);
    if (!held) throw new ProblemException('NOT_ALLOWED', { params: { capacity, type: request.type } });
    return held;
  }
  const offices = [...new Set(allowed({ acts }, actorOf('', able)).flatMap((act) => act.capacities))];
  if (offices.length > 1) throw new ProblemException('CAPACITY_UNCLEAR', { params: { offices: offices.join(', ') } });
  return able[0] ?? standing[0]!;
}

function concerns(act: { type: string; step?: string; outcomes?: string[] }, request: Wanted): boolean {
  if (act.type !== request.type) return false;
  if ('step' in request && act.step !== undefined && act.step !== request.step) return false;
  return request.outcome === undefined || act.outcomes === undefined || act.outcomes.includes(request.outcome);
}

/** As much of a request as says who may. */
interface Wanted {
  type: string;
  step?: string | undefined;
  outcome?: string | undefined;
  capacity?: string | undefined;
}
