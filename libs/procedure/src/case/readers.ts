import type { CompiledProcedure, PartyId } from '../definition/definition.js';
import type { CommandType, StepKey } from './commands.js';
import type { CaseEvent } from './events.js';
import type { Actor, CaseView } from './state.js';

/** Who sees everything of a case they have a right to at all; the auditor's mandate is checked at the door. */
const SEES_ALL = '*';

export interface AllowedAct {
  type: CommandType;
  step?: StepKey;
  outcomes?: string[];
  capacities: string[];
}

/** What this person can do on the case now, and in which capacity. */
export function allowed(view: CaseView, actor: Actor): AllowedAct[] {
  return view.acts.flatMap(({ offices, ...act }) => {
    const capacities = offices.filter((office) => actor.offices.includes(office));
    return capacities.length > 0 ? [{ ...act, capacities }] : [];
  });
}

/**
 * What this person may read of it: by kind of event and by step, as the procedure states. Nothing is masked in place;
 * what may not be read is not there. `allowed` gives the same answer on the redacted view.
 */
export function redact(view: CaseView, procedure: CompiledProcedure, actor: Actor): CaseView {
  const parties = new Set(actor.offices.map((office) => procedure.offices[office] ?? ''));
  const may = (readers: PartyId[] | undefined): boolean =>
    readers === undefined || readers.some((party) => party === SEES_ALL || parties.has(party));
  const steps = view.steps.filter((step) => may(step.readers));
  const seen = new Set(steps.map((step) => step.key));
  const mayType = (type: string): boolean =>
    may(procedure.readers[type]) || isRevealed(view, procedure.revealedBy?.[type]);
  const events = view.events.filter((event) => mayType(event.type) && mayRead(event, seen));
  const seqs = new Set(events.map((event) => event.seq));
  return {
    ...view,
    stage:
      steps.find(({ status }) => status === 'open' || status === 'submitted')?.stage ??
      steps.findLast(({ status }) => status === 'met')?.stage ??
      null,
    steps: steps.map((step) => ({ ...step, readers: [] })),
    findings: view.findings.filter(({ seq }) => seqs.has(seq)),
    measures: mayType('measureRecorded') ? view.measures : [],
    contests: view.contests.filter(({ seq }) => seqs.has(seq)),
    inspection: mayType('inspectionRecorded') ? view.inspection : null,
    rungs: view.rungs.filter(
      ({ step, to }) =>
        seen.has(step) &&
        (to.length === 0 ||
          to.some((office) => parties.has(procedure.offices[office] ?? '')) ||
          may(procedure.readers.rungDue)),
    ),
    events,
    nextMoment: null,
    acts: view.acts.flatMap((act) => {
      const offices = act.offices.filter((office) => actor.offices.includes(office));
      return offices.length > 0 ? [{ ...act, offices }] : [];
    }),
  };
}

function mayRead(event: CaseEvent, steps: Set<StepKey>): boolean {
  // The end of a notice names its rung only, and the rung begins with its step.
  if (event.type === 'noticeEnded') return [...steps].some((step) => event.data.rung.startsWith(`${step}/`));
  const step = 'step' in event.data ? event.data.step : undefined;
  return step === undefined || steps.has(step);
}

/** Hidden until something happened: an event of that type, or a step of that name met. */
function isRevealed(view: CaseView, by: string | undefined): boolean {
  if (by === undefined) return false;
  return (
    view.events.some(({ type }) => type === by) ||
    view.steps.some(({ step, status }) => step === by && status === 'met')
  );
}
