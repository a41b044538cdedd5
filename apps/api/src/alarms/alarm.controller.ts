import { PREFIX, sayAlarm } from '@giamsat/contracts/http';
import { campaigns, ScopedDatabase, succession, watch } from '@giamsat/database';
import { Controller } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound, ProblemException } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';
import { Rights } from '../rights/rights.js';
import { mayLaunch, Streams } from '../streams/streams.js';

type Item = AnswerOf<'clearAlarm'>;

/** What needs a person. Which alarms somebody is shown is decided by the database, as are the names beside them. */
@Controller(PREFIX)
export class AlarmController {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly rights: Rights,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  @Serves('listAlarms')
  async list({ query }: Call<'listAlarms'>): Promise<AnswerOf<'listAlarms'>> {
    const { items, next } = await watch.alarmPage(this.database, query);
    return { items: await this.named(items), next };
  }

  @Serves('clearAlarm')
  async clear({ params: { id }, who, trace }: Call<'clearAlarm'>): Promise<AnswerOf<'clearAlarm'>> {
    const found = await watch.findAlarm(this.database, id);
    if (!found) throw notFound();
    const { scope, of } = found;
    trace[`${scope}Id`] = of;
    const keeping = await this.rights.asAdministrator(who.person);
    trace.standing = keeping.length > 0 ? keeping : await this.rights.on(scope, of, who.person);
    if (keeping.length === 0 && !mayLaunch(trace.standing, (await this.streams.get(scope, of)).state)) {
      const capacity = trace.standing[0]?.office ?? '';
      throw new ProblemException('NOT_ALLOWED', { params: { type: 'clearAlarm', capacity } });
    }
    await watch.clearBy(this.database, { id, by: who.person });
    return (await this.named([found]))[0]!;
  }

  private async named(lines: watch.AlarmLine[]): Promise<Item[]> {
    const cases = lines.flatMap(({ scope, of }) => (scope === 'case' ? [of] : []));
    const of = [...new Set(lines.flatMap(({ campaign }) => campaign ?? []))];
    const [units, labels] = await Promise.all([
      succession.unitsOfCases(this.database, cases, this.clock.today()),
      Promise.all(of.map(async (id) => [id, await campaigns.label(this.database, id)] as const)),
    ]);
    const titles = new Map(labels.map(([id, label]) => [id, label?.title ?? null]));
    return lines.map((line) => ({
      ...line,
      title: titles.get(line.campaign ?? '') ?? null,
      unit: units[line.of] ?? null,
      ...sayAlarm(line.alarm, { alarm: line.id, scope: line.scope, id: line.of }),
    }));
  }
}
