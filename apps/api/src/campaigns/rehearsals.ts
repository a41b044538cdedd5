import { setImmediate } from 'node:timers/promises';
import { campaigns, organisations, people, rehearsals, ScopedDatabase } from '@giamsat/database';
import {
  type Behaviour,
  type Instant,
  instantAt,
  type OfficeId,
  type Opening,
  plannedOpening,
  rehearsing,
  type RehearsalReport,
} from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Rights } from '../rights/rights.js';
import { plannedHolders } from './plan-offices.js';
import { type Plan, PlanRevision } from './plan-revision.js';

type Line = AnswerOf<'listRehearsals'>['items'][number];
type Kept = rehearsals.RehearsalRecord;

/** As many as a notice of conclusion usually has. */
const FINDINGS = 4;

/** A plan played to its end with the core that will run it. Nothing is written but the report, with the plan's revision. */
@Injectable()
export class Rehearsals {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly revisions: PlanRevision,
    private readonly rights: Rights,
    private readonly clock: Clock,
  ) {}

  /** @throws NOT_ALLOWED for whoever only reads · INVALID naming what is wrong with the draft · DRAFT_NOT_EDITABLE when discarded */
  async hold({ params: { id }, body, who, standing }: Call<'rehearseCampaign'>): Promise<AnswerOf<'rehearseCampaign'>> {
    if (!standing.some(({ office }) => this.rights.isPlanning(office))) throw new ProblemException('NOT_ALLOWED');
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) throw notFound();
    if (campaign.state === 'discarded') throw new ProblemException('DRAFT_NOT_EDITABLE');
    const plan = await this.revisions.plan(campaign);
    const from = body.from ?? later(this.clock.today(), plan.document.plan.date.slice(0, 10));
    const kept = await rehearsals.add(this.database, id, {
      version: campaign.version,
      hash: await this.revisions.hash(campaign),
      behaviour: body.behaviour,
      from,
      report: await this.play(campaign, plan, from, body.behaviour),
      person: who.person,
    });
    return this.whole(campaign, kept);
  }

  async list({ params: { id }, query }: Call<'listRehearsals'>): Promise<AnswerOf<'listRehearsals'>> {
    const campaign = await campaigns.find(this.database, id);
    if (!campaign) throw notFound();
    const { items, next } = await rehearsals.list(this.database, id, { before: query.after, limit: query.limit });
    return { items: await this.lines(campaign, items), next };
  }

  async get({ params }: Call<'getRehearsal'>): Promise<AnswerOf<'getRehearsal'>> {
    const campaign = await campaigns.find(this.database, params.id);
    const kept = await rehearsals.find(this.database, params.id, params.rehearsal);
    if (!campaign || !kept) throw notFound();
    return this.whole(campaign, kept);
  }

  /** The last one; null when the plan was never played. */
  async last(campaign: campaigns.CampaignRecord): Promise<Line | null> {
    const { items } = await rehearsals.list(this.database, campaign.id, { limit: 1 });
    return (await this.lines(campaign, items))[0] ?? null;
  }

  private async play(
    { id, ownerUnit }: campaigns.CampaignRecord,
    plan: Plan,
    from: string,
    behaviour: Behaviour,
  ): Promise<RehearsalReport> {
    const { document, subjects, procedure, calendar, given } = plan;
    const holders = await plannedHolders(this.database, {
      campaign: id,
      owner: ownerUnit,
      subjects,
      procedure,
      on: from,
      given,
    });
    const byCase = new Map(subjects.map((subject) => [subject.caseId, subject]));
    const playing = rehearsing({
      procedure,
      calendar,
      openings: subjects.map(({ team, ...subject }) => plannedOpening(document, subject, team)),
      start: ({ subject }: Opening): Instant => {
        const wave = document.waves.find((each) => each.wave === subject?.wave)?.from;
        return instantAt(later(from, wave ?? from), calendar.workdayStart, calendar.zone);
      },
      behaviour,
      findings: FINDINGS,
      holder: (office: OfficeId, { subject }: Opening) =>
        holders.of(office, byCase.get(subject!.caseId)!).find((person) => holders.isReachable(person)) ?? null,
    });
    for (;;) {
      const { done, value } = playing.next();
      if (done) return value;
      // Others are served between two cases.
      await setImmediate();
    }
  }

  private async lines(campaign: campaigns.CampaignRecord, kept: Kept[]): Promise<Line[]> {
    if (kept.length === 0) return [];
    const [hash, named] = await Promise.all([
      this.revisions.hash(campaign),
      people.findMany(
        this.database,
        kept.map(({ person }) => person),
      ),
    ]);
    return kept.map(({ report, person, ...rest }) => ({
      ...rest,
      fresh: rest.hash === hash,
      by: { id: person, name: named[person]?.name ?? '' },
      cases: report.cases,
      closed: report.closed,
      endsOn: report.endsOn,
      late: report.late,
      unreached: report.unreached.length,
    }));
  }

  private async whole(campaign: campaigns.CampaignRecord, kept: Kept): Promise<AnswerOf<'getRehearsal'>> {
    const { report } = kept;
    const ids = [...report.nearHolidays, ...report.unreached].map(({ unit }) => unit);
    const [[line], named, units] = await Promise.all([
      this.lines(campaign, [kept]),
      people.findMany(this.database, Object.keys(report.letters)),
      organisations.named(this.database, [...new Set(ids)], this.clock.today()),
    ]);
    const names = Object.fromEntries(Object.values(named).map(({ id, name }) => [id, name]));
    return { ...line!, report, people: names, units };
  }
}

const later = (a: string, b: string): string => (a > b ? a : b);
