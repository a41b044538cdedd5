import { offices, people, type outbox } from '@giamsat/database';
import { civilDateAt } from '@giamsat/procedure';
import { unitOffices } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';
import { zone } from './installation.js';

export interface Addressee {
  person: string;
  name: string;
  address: string;
}

/** Who holds the office that day and can be written to; null = nobody, and the ladder climbs over it. */
export async function addresseeOf(database: DataSource, notice: outbox.Notice, now: string): Promise<Addressee | null> {
  const on = civilDateAt(now, zone());
  const scope = notice.caseId === null ? 'campaign' : 'case';
  const asked = { scope, id: notice.caseId ?? notice.campaignId, on, unitOffices: unitOffices() } as const;
  const holders = await offices.holdersOn(database, notice.office, asked);
  const known = await people.findMany(
    database,
    holders.map(({ person }) => person),
  );
  for (const { person } of holders) {
    const found = known[person];
    if (found?.email) return { person, name: found.name, address: found.email };
  }
  return null;
}
