import { board, ledger, people, succession, ScopedDatabase } from '@giamsat/database';
import type { CompiledProcedure } from '@giamsat/procedure';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';
import { isOwed, seenBy } from '../campaigns/overview.js';
import { Clock } from '../clock.js';
import type { AnswerOf, Call, Standing } from '../http/call.js';
import { cursor, keyOf } from '../http/cursor.js';
import { Rights } from '../rights/rights.js';
import { actorOf, unitAsSeen } from '../streams/present.js';

type Duty = AnswerOf<'listDuties'>['items'][number];

/**
 * What waits for a person: open steps whose turn is that of an office he holds, the most urgent case first; for whoever
 * follows a campaign also for whom the others wait.
 */
@Injectable()
export class Duties {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly rights: Rights,
    private readonly clock: Clock,
  ) {}

  /** A page may be a little longer than asked for: the steps of one case stay together. */
  async list({ query, who }: Call<'listDuties'>): Promise<AnswerOf<'listDuties'>> {
    const person = await this.person(query.of, who.person);
    // Nobody of that name, and somebody whose cases are not the caller's, look alike.
    if (person === null) return { items: [], next: null };
    const items: Duty[] = [];
    let after = keyOf(query.after);
    do {
      const reader = this.rights.reader(person);
      const page = await board.list(this.database, { open: true, limit: 50, reader, ...(after && { after }) });
      const pinned = await this.pinned(page.items);
      for (const line of page.items)
        items.push(...(await this.ofLine(line, pinned[line.id], person, who.person, query.all)));
      after = page.next ?? undefined;
    } while (after && items.length < query.limit);
    return { items: await this.named(items, who.person), next: cursor(after ?? null) };
  }

  private async person(reference: string | undefined, caller: string): Promise<string | null> {
    if (reference === undefined) return caller;
    const found = await people.resolve(this.database, reference);
    return found?.id ?? null;
  }

  private async ofLine(
    { scope, id, campaignId, unitId, row }: board.BoardLine,
    procedure: CompiledProcedure | undefined,
    person: string,
    caller: string,
    all: boolean,
  ): Promise<Duty[]> {
    const standing = await this.rights.on(scope, id, person);
    const seeing = person === caller ? standing : await this.rights.on(scope, id, caller);
    if (standing.length === 0 || seeing.length === 0) return [];
    // That somebody else's step is open may itself be told by an act that is not for the unit.
    const isShown = all && (await this.rights.on('campaign', campaignId, caller)).length > 0;
    const parties = partiesOf(standing, procedure);
    const { units } = actorOf(person, standing);
    const { open, dues } = seenBy(seeing, procedure, row);
    const now = this.clock.now();
    return open
      .filter(({ turn }) => turn !== null)
      .map(({ key, step, status, turn }) => {
        const due = dues.find((each) => each.key === key);
        const late = due?.due != null && due.due < (due.due.length > 10 ? now : this.clock.today(now));
        const unit = unitId === null ? null : { id: unitId, symbol: null, name: '' };
        return {
          scope,
          id,
          campaign: campaignId,
          procedure: procedure ? `${procedure.id}@${procedure.version}` : '',
          unit,
          key,
          step,
          status,
          turn,
          mine: turn !== null && parties.has(turn) && (turn !== SUBJECT_PARTY || isOwed(row, key, units)),
          due: due?.due ?? null,
          force: due?.force ?? null,
          late,
          suspended: row.status === 'suspended',
        };
      })
      .filter(({ mine }) => mine || isShown);
  }

  private async pinned(lines: board.BoardLine[]): Promise<Record<string, CompiledProcedure>> {
    const idsOf = (scope: board.BoardLine['scope']) => lines.flatMap((line) => (line.scope === scope ? [line.id] : []));
    const [cases, campaigns] = await Promise.all(
      (['case', 'campaign'] as const).map((scope) => ledger.proceduresOf(this.database, scope, idsOf(scope))),
    );
    return { ...cases, ...campaigns };
  }

  private async named(items: Duty[], caller: string): Promise<Duty[]> {
    const cases = [...new Set(items.flatMap(({ scope, id }) => (scope === 'case' ? [id] : [])))];
    const found = await succession.unitsOfCases(this.database, cases, this.clock.today());
    const asSeen = async ([id, unit]: [string, succession.CaseUnit]) =>
      [id, unit.takenOverBy ? unitAsSeen(unit, await this.rights.on('case', id, caller)) : unit] as const;
    const units = Object.fromEntries(await Promise.all(Object.entries(found).map(asSeen)));
    return items.map((item) => ({ ...item, unit: item.unit && (units[item.id] ?? item.unit) }));
  }
}

const partiesOf = (standing: Standing[], procedure: CompiledProcedure | undefined): Set<string | undefined> =>
  new Set(standing.map(({ office }) => procedure?.offices[office]));
