import type { CampaignDocument } from '@giamsat/contracts/http';
import {
  type CaseEvent,
  type Command,
  decide,
  type Envelope,
  fold,
  openStream,
  type Opening,
  type Step,
} from '@giamsat/procedure';
import type { ShippedProcedure } from '@giamsat/procedure/source';
import type { CompiledCalendar } from '@giamsat/procedure';
import type { Standing } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { STEP_OF_PAPER, type PlanPaper } from './document-rules.js';

export interface Opened {
  campaignId: string;
  document: CampaignDocument;
  procedure: ShippedProcedure['compiled'];
  calendar: CompiledCalendar;
  commandId: string;
  person: string;
  standing: Standing[];
  at: string;
}

/**
 * The first events of a campaign: it opens, and the papers that made it are on record as the steps they are.
 * @throws the core's refusal, when the person's offices may not enter one of them
 */
export function campaignEvents(opened: Opened): CaseEvent[] {
  const { campaignId, document, procedure, calendar } = opened;
  const { level, year, quarter, plan, historical } = document;
  const opening: Opening = {
    scope: 'campaign',
    campaign: campaignId,
    level,
    year,
    ...(quarter !== undefined && { quarter }),
    mandate: {},
    planDates: plan.dates,
    sessions: plan.sessions,
    historical,
  };
  const first = envelopeOf(opened, opened.standing[0]!);
  const events = openStream({ opening, procedure, calendar, envelope: first });
  for (const [paper, id] of Object.entries(STEP_OF_PAPER) as [PlanPaper, string][]) {
    const step = procedure.steps.find((each) => each.id === id);
    if (step) events.push(...completed(opened, events, step, document[paper]));
  }
  return events;
}

function completed(
  opened: Opened,
  events: CaseEvent[],
  step: Step,
  paper: { number?: string; date: string } | undefined,
): CaseEvent[] {
  const { standing, procedure, at } = opened;
  const may = [...procedure.paperEntry, ...step.perform];
  const capacity = may.flatMap((office) => standing.find((held) => held.office === office) ?? [])[0] ?? standing[0]!;
  const envelope: Envelope = {
    ...envelopeOf(opened, capacity),
    ...(paper && { paper: { kind: step.documents[0] ?? 'KH', ...paper } }),
  };
  const [outcome] = Object.entries(step.outcomes).find(([, { effect }]) => effect === 'meets') ?? [''];
  const command: Command = { type: 'completeStep', step: step.id, outcome, envelope };
  const decision = decide(fold(events), command, at);
  if ('refusal' in decision) throw new ProblemException(decision.refusal.code, { params: decision.refusal.params });
  return decision.events;
}

const envelopeOf = ({ commandId, person, at }: Opened, { office, grant, actingFor }: Standing): Envelope => ({
  commandId,
  actor: person,
  capacity: office,
  grants: [grant],
  ...(actingFor && { actingFor }),
  enteredAt: at,
  dates: {},
});
