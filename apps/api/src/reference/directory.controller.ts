import { PREFIX } from '@giamsat/contracts/http';
import { organisations, people, ScopedDatabase } from '@giamsat/database';
import { Controller } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { RegisterDoor } from '../organisations/register-door.js';

/** Units and people, for whoever writes a plan. */
@Controller(PREFIX)
export class DirectoryController {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
    private readonly door: RegisterDoor,
  ) {}

  @Serves('listUnits')
  listUnits({ query }: Call<'listUnits'>): Promise<AnswerOf<'listUnits'>> {
    return organisations.list(this.database, { on: this.clock.today(), ...query });
  }

  /** Those who hold or held an office in what the caller keeps; whoever keeps a whole tree sees everybody. */
  @Serves('listPeople')
  async listPeople({ query, who, at }: Call<'listPeople'>): Promise<AnswerOf<'listPeople'>> {
    const { realm } = await this.door.entry(this.database, who, at, '');
    const inUnits = realm.isWhole ? null : realm.units;
    const page = await people.list(this.database, { ...query, inUnits });
    return {
      items: page.items.map(({ email, ...person }) => ({ ...person, reachable: email !== null })),
      next: page.next,
    };
  }
}
