import type { Command, StepKey } from './commands.js';
import type { CaseEvent } from './events.js';
import type { Progress } from './progress.js';
import { no, type Refusal } from './refusals.js';

/**
 * Author, approver and issuer of one paper are different people (design §3.20). Where a body has too few, the same account
 * may enter the other one's act on the strength of a signed paper: it is taken, and the view says so.
 */
export function checkHands(progress: Progress, command: Command): Refusal | null {
  const { actor, paper } = command.envelope;
  // A past act is recorded as it is: whoever enters it was no party to it.
  const isSigned = paper?.signedAs !== undefined || progress.state.opening.historical;
  const own = writtenFor(progress, progress.facts, command).find(({ by }) => by !== 'engine' && by.actor === actor);
  return own && !isSigned ? no('SAME_PERSON', { entry: own.seq }) : null;
}

/** Entered by the hand that wrote what it approves or issues. */
export function isSameHand(progress: Progress, fact: CaseEvent): boolean {
  const { by } = fact;
  const before = progress.facts.filter(({ seq }) => seq < fact.seq);
  const written = by === 'engine' ? [] : writtenFor(progress, before, { ...fact.data, type: fact.type } as Approval);
  return written.some((each) => each.by !== 'engine' && by !== 'engine' && each.by.actor === by.actor);
}

/** As a command, or as the fact it left. */
interface Approval {
  type: string;
  step?: StepKey;
  request?: string;
  measure?: string;
}

/** The acts that this one approves, gives back or issues: the last sending of its steps, or the request it decides. */
function writtenFor(progress: Progress, facts: CaseEvent[], { type, step, request, measure }: Approval): CaseEvent[] {
  const last = (isIt: (fact: CaseEvent) => boolean): CaseEvent[] => facts.filter(isIt).slice(-1);
  const sent = (key: StepKey): CaseEvent[] => last((fact) => fact.type === 'stepSubmitted' && fact.data.step === key);
  if (type === 'decideExtension' || type === 'extensionDecided')
    return last((fact) => fact.type === 'extensionRequested' && fact.data.request === request);
  if (type === 'judgeMeasure' || type === 'measureJudged')
    return [...progress.steps.values()]
      .filter((entry) => entry.step.per === 'measure' && entry.item === measure)
      .flatMap(({ key }) => sent(key));
  if (!APPROVALS.includes(type) || step === undefined) return [];
  const rules = progress.steps.get(step)?.step;
  return [...(rules?.review ? [step] : []), ...(rules?.otherThan ?? [])].flatMap(sent);
}
const APPROVALS = ['completeStep', 'stepCompleted', 'returnStep', 'stepReturned'];
