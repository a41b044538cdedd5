import { campaigns, ledger, ScopedDatabase, succession } from '@giamsat/database';
import { type CaseEvent, type CaseState, civilDateAt, fold, instantAt } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import type { Scope } from '../commands/engine.js';
import type { Standing } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';

export interface Stream {
  scope: Scope;
  id: string;
  events: CaseEvent[];
  state: CaseState;
}

/** Cases and campaigns as the ledger tells them. */
@Injectable()
export class Streams {
  constructor(private readonly database: ScopedDatabase) {}

  /**
   * To whoever owes but a measure of a case, as much of it as that hangs on.
   * @throws NOT_FOUND for a case; CAMPAIGN_NOT_READY for a campaign that is still a draft
   */
  async get(scope: Scope, id: string): Promise<Stream> {
    const whole = await ledger.eventsOf(this.database, { kind: scope, id });
    const events = whole.length === 0 && scope === 'case' ? await ledger.owedEventsOf(this.database, id) : whole;
    if (events.length === 0) throw scope === 'case' ? notFound() : stillDraft();
    return { scope, id, events, state: fold(events) };
  }

  /** Names for a screen: the campaign's title, and the unit as the decision called it with what became of it. */
  async names({ id, state }: Stream, today: string) {
    const { campaign: campaignId, subject } = state.opening;
    const [label, units] = await Promise.all([
      campaigns.label(this.database, campaignId),
      succession.unitsOfCases(this.database, subject ? [id] : [], today),
    ]);
    return { title: label?.title ?? '', unit: units[id] ?? null };
  }
}

/**
 * As it was known then: after event number `at`, at a moment, or at the end of a day in the calendar's own zone.
 * @throws BEFORE_BEGINNING when nothing was known yet
 */
export function asKnown(whole: Stream, at: number | string | undefined): Stream & { moment: string | null } {
  if (at === undefined) return { ...whole, moment: null };
  const until = typeof at === 'string' ? momentOf(at, whole.state) : null;
  const later = whole.events.findIndex((event) => (until === null ? event.seq > Number(at) : event.at > until));
  const events = later === -1 ? whole.events : whole.events.slice(0, later);
  const last = events.at(-1);
  if (!last) throw beforeBeginning(whole, at);
  return { ...whole, events, state: fold(events), moment: until ?? last.at };
}

/** Whoever launches waves also mends what was launched. */
export const mayLaunch = (standing: Standing[], { procedure }: CaseState): boolean =>
  standing.some(({ office }) => procedure.acts.launchWave?.includes(office));

export const titleOf = (draft: { title?: unknown } | undefined): string =>
  typeof draft?.title === 'string' ? draft.title : '';

const stillDraft = (): ProblemException => new ProblemException('CAMPAIGN_NOT_READY', { params: { missing: 'plan' } });

/** As exact as what was asked for. */
const beforeBeginning = ({ events, state }: Stream, at: number | string): ProblemException => {
  const [{ at: began }] = events as [CaseEvent];
  const isMoment = typeof at === 'string' && at.length > 10;
  return new ProblemException('BEFORE_BEGINNING', {
    params: { from: isMoment ? began : civilDateAt(began, state.calendar.zone) },
  });
};

const momentOf = (at: string, { calendar }: CaseState): string =>
  at.length > 10 ? at : instantAt(at, '24:00', calendar.zone);
