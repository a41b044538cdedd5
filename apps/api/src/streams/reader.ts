import { campaigns, content, organisations, people, ScopedDatabase } from '@giamsat/database';
import { type CaseView, redact, rowOf } from '@giamsat/procedure';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Scope } from '../commands/engine.js';
import type { AnswerOf, Standing } from '../http/call.js';
import { recusedIn } from '../organisations/recused.js';
import { vacanciesOf } from '../organisations/vacancies.js';
import { asKnown, type Stream, Streams } from './streams.js';
import { actorOf, numberingOf, peopleIn, present, textsIn, unitAsSeen, unitsIn } from './present.js';

type Amiss = Pick<AnswerOf<'getCase'>, 'vacant' | 'recused'>;

/** What a person reads of a case or campaign: derived by the core, cut to what he may see, with the words beside it. */
@Injectable()
export class Reader {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  async detail(scope: Scope, id: string, person: string, standing: Standing[]): Promise<AnswerOf<'getCase'>> {
    const now = this.clock.now();
    const stream = await this.streams.get(scope, id);
    const actor = actorOf(person, standing);
    const { view, allowed, explanations } = present(stream.state, stream.events, actor, now);
    const { procedure, opening } = stream.state;
    const { title, unit } = await this.streams.names(stream, this.clock.today(now));
    return {
      id,
      campaign: opening.campaign,
      title,
      unit: unit && unitAsSeen(unit, standing),
      procedure: `${procedure.id}@${procedure.version}`,
      offices: actor.offices,
      ...(await this.amiss(stream, standing, this.clock.today(now))),
      view,
      allowed,
      explanations,
      ...(await this.words(view)),
    };
  }

  async history(
    scope: Scope,
    id: string,
    at: number | string | undefined,
    person: string,
    standing: Standing[],
  ): Promise<AnswerOf<'getCaseHistory'>> {
    const whole = await this.streams.get(scope, id);
    const actor = actorOf(person, standing);
    const isNumber = typeof at === 'number';
    const { state, events, moment } = asKnown(whole, isNumber ? numberingOf(whole, actor).since(at) : at);
    // As of an entry he may not read it is as of the last one before it that he may, not as of its day.
    const seen = isNumber ? numberingOf({ state, events }, actor).lastSeq : undefined;
    const asOf = events.find(({ seq }) => seq === seen)?.at ?? moment ?? this.clock.now();
    const view = redact(state, events, actor, asOf);
    return { id, at: view.seq, view, ...(await this.words(view)) };
  }

  /** The unit is not told who is missing above it, nor who should not be there. */
  private async amiss(stream: Stream, standing: Standing[], on: string): Promise<Amiss> {
    const { procedure } = stream.state;
    const isInside = standing.some(({ office }) => procedure.offices[office] !== SUBJECT_PARTY);
    if (!isInside || stream.scope !== 'case') return { vacant: [], recused: [] };
    const [vacant, recused] = await Promise.all([this.vacant(stream, on), recusedIn(this.database, [stream.id], on)]);
    return { vacant, recused: recused[stream.id] ?? [] };
  }

  private async vacant({ id, state }: Stream, on: string): Promise<string[]> {
    const { procedure, opening } = state;
    const campaign = await campaigns.find(this.database, opening.campaign);
    if (!campaign || !opening.subject) return [];
    const cases = [{ id, unit: opening.subject.unit, row: rowOf(state) }];
    const asked = { campaign: campaign.id, owner: campaign.ownerUnit, procedure, on, cases };
    return (await vacanciesOf(this.database, asked))[id] ?? [];
  }

  private async words(view: CaseView) {
    const [texts, named, units] = await Promise.all([
      content.texts(this.database, textsIn(view)),
      people.findMany(this.database, peopleIn(view)),
      organisations.named(this.database, unitsIn(view), this.clock.today()),
    ]);
    const names = [...Object.values(named), ...Object.values(units)].map(({ id, name }) => [id, name]);
    return { texts, people: Object.fromEntries(names) as Record<string, string> };
  }
}
