import { PREFIX } from '@giamsat/contracts/http';
import { organisations, people } from '@giamsat/database';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';

/** Units and people, for whoever writes a plan. */
@Controller(PREFIX)
export class DirectoryController {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Serves('listUnits')
  listUnits({ query }: Call<'listUnits'>): Promise<AnswerOf<'listUnits'>> {
    return organisations.list(this.database, { on: this.clock.today(), ...query });
  }

  @Serves('listPeople')
  async listPeople({ query }: Call<'listPeople'>): Promise<AnswerOf<'listPeople'>> {
    const page = await people.list(this.database, query);
    return {
      items: page.items.map(({ email, ...person }) => ({ ...person, reachable: email !== null })),
      next: page.next,
    };
  }
}
