import { PREFIX } from '@giamsat/contracts/http';
import { count, type Span } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Controller } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { Serves } from '../http/serves.js';

/** Procedures and calendars as they are shipped, and dates counted by them. Nothing here is anybody's secret. */
@Controller(PREFIX)
export class ReferenceController {
  private readonly library = procedureLibrary();

  @Serves('listProcedures')
  listProcedures(): AnswerOf<'listProcedures'> {
    const items = this.library.listProcedures().map(({ source }) => ({
      id: source.id,
      version: source.version,
      name: { vi: source.vi, en: source.en },
      effectiveFrom: source.effectiveFrom,
      supersededBy: source.supersededBy ?? null,
      calendar: source.calendar,
    }));
    return { items };
  }

  @Serves('getProcedure')
  getProcedure({ params }: Call<'getProcedure'>): AnswerOf<'getProcedure'> {
    const found = this.library.getProcedure(params.name);
    if (!found) throw notFound();
    return { source: { ...found.source }, compiled: { ...found.compiled } };
  }

  @Serves('listCalendars')
  listCalendars(): AnswerOf<'listCalendars'> {
    const items = this.library
      .listCalendars()
      .map(({ source: { id, name, announcedTo } }) => ({ id, name, announcedTo }));
    return { items };
  }

  @Serves('countDue')
  countDue({ query }: Call<'countDue'>): AnswerOf<'countDue'> {
    const calendar = this.library.getCalendar(query.calendar)?.compiled;
    if (!calendar) throw notFound();
    const [, n, unit] = /^(\d+) ?(\w+)$/.exec(query.rule) ?? [];
    const counted = count(calendar, { n: Number(n), unit: unit as Span['unit'] }, query.after, []);
    // Without pauses a term always ends.
    return { ...counted, due: counted.due ?? query.after, rolledFrom: counted.rolledFrom ?? null };
  }
}
