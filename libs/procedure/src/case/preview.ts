import type { Instant } from '../civil/instant.js';
import type { Command, StepKey, When } from './commands.js';
import { decide, type Decision } from './decide.js';
import type { RungKey } from './events.js';
import { allPlanned } from './moments.js';
import { progressOf } from './progress.js';
import type { Refusal } from './refusals.js';
import type { CaseState } from './state.js';

export interface Movement {
  dues: { step: StepKey; from: When | null; to: When | null; provisional: boolean }[];
  /** planned notices: null = not there before, or gone afterwards */
  rungs: { step: StepKey; rung: string; from: Instant | null; to: Instant | null }[];
  /** notices that went out and would turn out unfounded */
  unfounded: RungKey[];
}

/** What a change would move, without doing it: the same decision on the same state, thrown away. */
export function preview(state: CaseState, command: Command, now: Instant): Movement | { refusal: Refusal } {
  const decision = decide(state, command, now);
  return 'refusal' in decision ? decision : movementOf(state, decision);
}

/** The same of a decision that has been taken already. */
export function movementOf(state: CaseState, decision: Exclude<Decision, { refusal: Refusal }>): Movement {
  const unfounded = decision.events.flatMap((event) => (event.type === 'rungUnfounded' ? [event.data.rung] : []));
  return movement(state, decision.state, unfounded);
}

function movement(before: CaseState, after: CaseState, unfounded: RungKey[]): Movement {
  const steps = new Set([...Object.keys(before.dues), ...Object.keys(after.dues)]);
  const dues = [...steps].flatMap((step) => {
    const [from, to] = [before.dues[step], after.dues[step]];
    const isSame = from?.due === to?.due && from?.provisional === to?.provisional;
    return isSame
      ? []
      : [{ step, from: from?.due ?? null, to: to?.due ?? null, provisional: to?.provisional ?? false }];
  });
  return { dues, rungs: movedRungs(before, after), unfounded };
}

function movedRungs(before: CaseState, after: CaseState): Movement['rungs'] {
  const plan = (state: CaseState): Map<string, { step: StepKey; rung: string; at: Instant }> =>
    new Map(
      allPlanned(progressOf(state)).map(({ entry, rung, at }) => [
        `${entry.key} ${rung.id}`,
        { step: entry.key, rung: rung.id, at },
      ]),
    );
  const [from, to] = [plan(before), plan(after)];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((key) => {
    const [old, now] = [from.get(key), to.get(key)];
    const { step, rung } = (now ?? old)!;
    return old?.at === now?.at ? [] : [{ step, rung, from: old?.at ?? null, to: now?.at ?? null }];
  });
}
