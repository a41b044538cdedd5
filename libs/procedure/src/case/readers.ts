import type { Instant } from '../civil/instant.js';
import { actsOf, capacitiesIn } from './acts.js';
import type { CommandType, StepKey } from './commands.js';
import type { CaseEvent } from './events.js';
import { Numbering } from './numbering.js';
import { project, stageOf } from './project.js';
import { Reader } from './reader.js';
import type { Actor, CaseState, CaseView } from './state.js';

export interface AllowedAct {
  type: CommandType;
  step?: StepKey;
  outcomes?: string[];
  capacities: string[];
}

/** What this person can do on the case now, and in which capacity. */
export function allowed(view: Pick<CaseView, 'acts'>, actor: Actor): AllowedAct[] {
  return view.acts.flatMap((possible) => {
    const capacities = capacitiesIn(possible, actor.offices, actor.units);
    const { type, step, outcomes } = possible;
    return capacities.length > 0 ? [{ type, ...(step && { step }), ...(outcomes && { outcomes }), capacities }] : [];
  });
}

/**
 * What this person may read of it, folded from the events he may read, as far as he may read them, and from nothing else:
 * what hidden acts opened, dated or ended is not there, and its entries are numbered as he counts them. `allowed` gives the same answer on it as on the whole.
 */
export function redact(state: CaseState, events: CaseEvent[], actor: Actor, now: Instant): CaseView {
  const reader = new Reader(state, events, actor);
  const visible = reader.visible();
  const view = project(visible.state, visible.events, now);
  const steps = view.steps.filter(({ key, readers }) => reader.may(readers, key));
  const seen = new Set(steps.map(({ key }) => key));
  return Numbering.as(reader).view({
    ...view,
    stage: stageOf(steps),
    // Where a hidden act ended a step, the day that passes says nothing true of whoever owed it.
    steps: steps.map((step) => ({
      ...step,
      ...(step.owes && { owes: reader.own(step.owes) }),
      readers: [],
      deadline: reader.isDateKnown(step.key, step.deadline) ? step.deadline : null,
      lateness: reader.isKnownWhole(step.key) ? step.lateness : null,
    })),
    units: reader.own(view.units),
    rungs: view.rungs.filter(({ step, to }) => seen.has(step) && reader.maySee(to, step)),
    nextMoment: null,
    acts: actsOf(state).flatMap((act) => {
      const offices = capacitiesIn(act, actor.offices, actor.units);
      return offices.length > 0 ? [{ ...act, offices }] : [];
    }),
  });
}
