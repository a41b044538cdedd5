import { PREFIX } from '@giamsat/contracts/http';
import { access, people, ScopedDatabase } from '@giamsat/database';
import { Controller } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';

/** The record of access to a case. Whose traces are shown is decided by the database: all with a mandate, else one's own. */
@Controller(PREFIX)
export class AccessController {
  constructor(private readonly database: ScopedDatabase) {}

  @Serves('listCaseAccess')
  async list({ params, query }: Call<'listCaseAccess'>): Promise<AnswerOf<'listCaseAccess'>> {
    const { limit, after: before } = query;
    const page = await access.ofCase(this.database, { caseId: params.id, limit, ...(before && { before }) });
    const named = await people.findMany(this.database, [...new Set(page.items.map(({ person }) => person))]);
    const items = page.items.map(({ person, ...line }) => ({
      ...line,
      person: { id: person, name: named[person]?.name ?? '' },
    }));
    return { items, next: page.next };
  }
}
