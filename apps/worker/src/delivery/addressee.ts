import { offices, people, type outbox } from '@giamsat/database';
import { civilDateAt } from '@giamsat/procedure';
import { homeZone, unitOffices } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';

export interface Addressee {
  person: string;
  name: string;
  address: string;
}

/** What one person is to be told now; `to` null = nobody holds these offices, or nobody who can be written to. */
export interface Bundle {
  to: Addressee | null;
  notices: outbox.Notice[];
  /** by notice: the unit he is told in, where it owes one measure of another's case and is not to read whose */
  owing: Record<string, string>;
}

/** Notices by the person who holds their office that day, in the order of each person's first. */
export async function bundlesOf(database: DataSource, notices: outbox.DueNotice[], now: string): Promise<Bundle[]> {
  const asked = notices.map(({ office, forUnit, beside, step, caseId, campaignId }) => ({
    office,
    step,
    unit: forUnit,
    beside: beside ?? undefined,
    scope: caseId === null ? ('campaign' as const) : ('case' as const),
    id: caseId ?? campaignId,
  }));
  const on = civilDateAt(now, homeZone());
  const holders = await offices.holdersOn(database, asked, { on, unitOffices: unitOffices() });
  const known = await people.findMany(database, [...new Set(holders.flat().map(({ person }) => person))]);
  const bundles = new Map<string | null, Bundle>();
  for (const [i, notice] of notices.entries()) {
    const holder = holders[i]!.find(({ person }) => known[person]?.email);
    const found = holder && known[holder.person];
    const to = found ? { person: found.id, name: found.name, address: found.email! } : null;
    const bundle = bundles.get(to?.person ?? null) ?? { to, notices: [], owing: {} };
    bundle.notices.push(notice);
    if (holder?.reach === 'related') bundle.owing[notice.id] = holder.forUnit!;
    bundles.set(to?.person ?? null, bundle);
  }
  return [...bundles.values()];
}

/** As many whole bundles as `limit` notices hold: a person's letter is not cut, unless it is longer than that alone. */
export function withinLimit(bundles: Bundle[], limit: number): Bundle[] {
  const taken: Bundle[] = [];
  let left = limit;
  for (const { to, notices, owing } of bundles) {
    if (notices.length > left && taken.length > 0) continue;
    taken.push({ to, notices: notices.slice(0, left), owing });
    left -= Math.min(left, notices.length);
  }
  return taken;
}
