import type { PaperDate, Subject, When } from '../case/commands.js';
import type { Opening } from '../case/events.js';

/** What a plan says that the cases of its campaign will open with. */
export interface PlannedCampaign {
  level: string;
  year: number;
  quarter?: number;
  programme?: { date: When };
  plan: { date: When; dates: Record<string, PaperDate>; sessions: Record<string, When[]> };
  decision?: { date: When };
}

/** A case as its launch would open it, once the plan has been carried out as it is written. */
export function plannedOpening(planned: PlannedCampaign, subject: Subject, team?: string): Opening {
  const { level, year, quarter, programme, plan, decision } = planned;
  const dated = (document: When) => ({ dates: { document } });
  return {
    scope: 'case',
    campaign: 'rehearsal',
    subject,
    level,
    year,
    ...(quarter !== undefined && { quarter }),
    mandate: {
      'programme-approved': { outcome: 'approved', ...dated(programme?.date ?? plan.date) },
      'plan-issued': { outcome: 'issued', ...dated(plan.date) },
      'team-formed': { outcome: 'issued', ...dated(decision?.date ?? plan.date) },
    },
    planDates: plan.dates,
    sessions: plan.sessions,
    ...(team !== undefined && { team }),
    historical: false,
  };
}
