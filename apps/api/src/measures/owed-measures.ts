import { content, offices, organisations, ScopedDatabase } from '@giamsat/database';
import { allowed, type CaseView, redact, type StepView } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Give } from '../commands/give.js';
import type { AnswerOf, Call, Standing } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { Rights } from '../rights/rights.js';
import { actorOf } from '../streams/present.js';
import { type Stream, Streams } from '../streams/streams.js';

/** A measure of somebody else's case, as the unit that owes it may know of it. */
interface Owed {
  stream: Stream;
  step: StepView;
  measure: string;
  nature: string;
  text: string | undefined;
  unit: string;
  standing: Standing[];
  view: CaseView;
}

/** What units owe in the cases of others. They reach nothing of such a case but this. */
@Injectable()
export class OwedMeasures {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly commands: Give,
    private readonly rights: Rights,
    private readonly clock: Clock,
  ) {}

  async list({ who }: Call<'listOwedMeasures'>): Promise<AnswerOf<'listOwedMeasures'>> {
    const owed = await this.owedBy(who.person);
    for (const { stream, standing } of new Map(owed.map((each) => [each.stream.id, each])).values())
      await this.note(who.person, standing, stream.id);
    const [named, texts] = await Promise.all([
      organisations.named(
        this.database,
        owed.map(({ unit }) => unit),
        this.clock.today(),
      ),
      content.texts(
        this.database,
        owed.flatMap(({ text }) => text ?? []),
      ),
    ]);
    const items = owed.map(async ({ stream, step, measure, nature, text, unit, standing, view }) => ({
      case: stream.id,
      measure,
      title: (await this.streams.names(stream, this.clock.today())).title,
      procedure: `${stream.state.procedure.id}@${stream.state.procedure.version}`,
      unit: named[unit] ?? { id: unit, symbol: null, name: '' },
      step: step.key,
      status: step.status,
      due: step.deadline?.due ?? null,
      nature,
      text: (text && texts[text]) ?? null,
      open: allowed(view, actorOf(who.person, standing)).some(
        (act) => act.type === 'submitStep' && act.step === step.key,
      ),
    }));
    return { items: await Promise.all(items), next: null };
  }

  /** @throws NOT_FOUND for whoever holds no office of the unit that owes it */
  async report({ params, body, who, key, at, trace }: Call<'reportMeasure'>): Promise<AnswerOf<'reportMeasure'>> {
    const owed = (await this.owedBy(who.person, params.id)).find(({ measure }) => measure === params.measure);
    if (!owed) throw notFound();
    const { stream, step, standing } = owed;
    trace.standing = standing;
    const given = { type: 'submitStep' as const, step: step.key, ...body };
    return this.commands.give({ scope: 'case', id: stream.id, body: given, key, who, standing, at });
  }

  private async owedBy(person: string, caseId?: string): Promise<Owed[]> {
    const held = await offices.related(this.database);
    const cases = [...new Set(held.map(({ about }) => about))].filter((id) => id === (caseId ?? id));
    const found = await Promise.all(
      cases.map(async (id) => {
        const stream = await this.streams.get('case', id);
        const grants = held.flatMap((grant) => (grant.about === id ? [{ ...grant, forUnit: grant.unit }] : []));
        return [...new Set(grants.map(({ unit }) => unit))].flatMap((unit) =>
          owedIn(
            stream,
            person,
            unit!,
            grants.filter((grant) => grant.unit === unit),
            this.clock.now(),
          ),
        );
      }),
    );
    return found.flat();
  }

  private note(person: string, standing: Standing[], caseId: string): Promise<void> {
    return this.rights.note({ person, standing, outcome: 'read', act: 'GET /owed-measures', caseId });
  }
}

/** Folded, as for the supervised unit, from what a unit may read: a measure that has not been told yet is owed by nobody. */
function owedIn(stream: Stream, person: string, unit: string, standing: Standing[], now: string): Owed[] {
  // As a unit of the case would: which of several units owes what says nothing of one that is none of them.
  const asUnit = standing.map(({ office, grant }) => ({ office, grant }));
  const view = redact(stream.state, stream.events, actorOf(person, asUnit), now);
  const standingMeasures = new Set(view.measures.map(({ measure }) => measure));
  return view.events.flatMap((event) => {
    if (event.type !== 'measureRecorded' || event.data.owes !== unit) return [];
    const { measure, nature, text } = event.data;
    const step = view.steps.find(({ item }) => item === measure);
    return step && standingMeasures.has(measure) ? [{ stream, step, measure, nature, text, unit, standing, view }] : [];
  });
}
