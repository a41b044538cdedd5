import { outbox, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import { actorOf, present } from '../streams/present.js';
import { Streams } from '../streams/streams.js';

/** Notices of a case and what became of them, as far as the reader may know of their rungs. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  async list({ params: { id }, query, who, standing }: Call<'listCaseNotices'>): Promise<AnswerOf<'listCaseNotices'>> {
    const { state, events } = await this.streams.get('case', id);
    const actor = actorOf(who.person, standing);
    const { view } = present(state, events, actor, this.clock.now());
    const rungs = new Set(view.rungs.map(({ rung }) => rung));
    const partyOf = (office: string): string | undefined => state.procedure.offices[office];
    const isUnit = standing.every(({ office }) => partyOf(office) === SUBJECT_PARTY);
    const page = await outbox.ofCase(this.database, { caseId: id, ...query });
    // Who else was written to about a unit is not the unit's to read.
    const items = page.items.filter(
      ({ rung, office, forUnit }) =>
        rungs.has(rung) &&
        (!isUnit || (partyOf(office) === SUBJECT_PARTY && (!forUnit || !actor.units || actor.units.includes(forUnit)))),
    );
    return { items, next: page.next };
  }
}
