import type { CampaignDocument } from '@giamsat/contracts/http';
import { campaigns, type FrozenPlan, ledger, subjectsOf, ScopedDatabase } from '@giamsat/database';
import { type CaseState, type CompiledCalendar, type CompiledProcedure, fold } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';
import { bodyHash } from '../commands/received.js';
import { ProblemException } from '../http/problem-exception.js';
import { Drafts } from './drafts.js';
import { type IssuedPlan, subjectsIn } from './plan.js';
import { type Given, grantsOf } from './plan-grants.js';

type Campaign = campaigns.CampaignRecord<{ procedure?: string; calendar?: string }>;

/** A plan as it stands: of a draft as it is written, of an issued one with all that was changed since. */
export interface Plan {
  document: CampaignDocument;
  subjects: FrozenPlan['subjects'];
  procedure: CompiledProcedure;
  calendar: CompiledCalendar;
  /** offices that issuing it will give */
  given: Given[];
}

/** Acts of a campaign that make its plan another one. */
const CHANGES = new Set(['subjectAdded', 'subjectWithdrawn', 'teamChanged', 'planAmended']);

/** Which plan a campaign has now. A rehearsal belongs to one and is stale when it is another (issue 3 §3). */
@Injectable()
export class PlanRevision {
  private readonly library = procedureLibrary();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly drafts: Drafts,
  ) {}

  /** sha256 of everything a rehearsal plays. */
  async hash(campaign: Campaign): Promise<string> {
    const { draft } = campaign;
    const state = await this.state(campaign);
    const procedure = state?.procedure ?? this.library.getProcedure(draft.procedure ?? '')?.compiled;
    const calendar = state?.calendar ?? this.library.getCalendar(draft.calendar ?? procedure?.calendar ?? '')?.compiled;
    const changes = (state?.facts ?? []).flatMap(({ type, data }) => (CHANGES.has(type) ? [{ type, data }] : []));
    return bodyHash({ document: draft, changes, procedure: procedure?.hash, calendar });
  }

  /** @throws INVALID with all that is wrong with a draft; that its day is still to come is not */
  async plan(campaign: Campaign): Promise<Plan> {
    const state = await this.state(campaign);
    return state ? this.issued(campaign.id, state) : this.drafted(campaign);
  }

  private async drafted(campaign: Campaign): Promise<Plan> {
    const { document, resolved, mistakes } = await this.drafts.checked(campaign);
    const errors = mistakes.filter(({ code }) => code !== 'DATE_IN_FUTURE');
    if (!document || errors.length > 0) throw new ProblemException('INVALID', { errors });
    const procedure = this.library.getProcedure(document.procedure)!.compiled;
    const calendar = this.library.getCalendar(document.calendar ?? procedure.calendar)!.compiled;
    const subjects = subjectsIn(campaign.id, document, resolved);
    return {
      document,
      subjects,
      procedure,
      calendar,
      given: grantsOf(campaign.id, document, subjects, resolved, procedure),
    };
  }

  private async issued(id: string, state: CaseState): Promise<Plan> {
    const { body } = (await campaigns.frozenPlan<IssuedPlan>(this.database, id))!;
    const amended = state.facts.flatMap((fact) => (fact.type === 'planAmended' ? [fact.data.dates] : []));
    const team = state.facts.findLast((fact) => fact.type === 'teamChanged')?.data.team;
    const { plan } = body.document;
    const dates = Object.assign({}, plan.dates, ...amended) as typeof plan.dates;
    return {
      document: { ...body.document, plan: { ...plan, dates } },
      subjects: subjectsOf(body, state).map((subject) => (team === undefined ? subject : { ...subject, team })),
      procedure: state.procedure,
      calendar: state.calendar,
      given: [],
    };
  }

  /** Null of a draft. */
  private async state({ id, state }: Campaign): Promise<CaseState | null> {
    if (state !== 'issued') return null;
    return fold(await ledger.eventsOf(this.database, { kind: 'campaign', id }));
  }
}
