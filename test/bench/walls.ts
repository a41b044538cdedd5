import { board, offices, people, ScopedDatabase, setViewer, type Viewer } from '@giamsat/database';
import { act, formedCampaign, giveTo, type Invented } from '@giamsat/database/testing';
import type { DataSource } from 'typeorm';
import { median } from './lab/in-flight.js';

export interface BoardPages {
  /** milliseconds of one page, median */
  open: number;
  walled: number;
}

const PAGE = 50;

/**
 * One page of a campaign's board, asked in a transaction with the same viewer set: by a role that no policy binds, and by
 * the application. Both campaigns have `cases` cases; the viewer holds an office over one of them.
 */
export async function boardPages(
  { owner, engine, app }: Record<'owner' | 'engine' | 'app', DataSource>,
  { cases, rounds }: { cases: number; rounds: number },
): Promise<BoardPages> {
  const [mine] = [await launched(owner, engine, cases), await launched(owner, engine, cases)];
  await owner.query('ANALYZE');
  const viewer = await coordinatorOf(owner, mine);
  const query = { campaignId: mine.campaign, scope: 'case', limit: PAGE } as const;
  const scoped = new ScopedDatabase(app);
  const arms = {
    open: () =>
      owner.transaction(async (manager) => {
        await setViewer(manager, viewer);
        return board.list(manager, query);
      }),
    walled: () => scoped.within(viewer, () => scoped.transaction((manager) => board.list(manager, query))),
  };
  const taken = { open: [] as number[], walled: [] as number[] };
  for (let round = -20; round < rounds; round++)
    for (const arm of round % 2 === 0 ? (['open', 'walled'] as const) : (['walled', 'open'] as const)) {
      const started = process.hrtime.bigint();
      const { items } = await arms[arm]();
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      if (items.length !== PAGE) throw new Error(`${arm}: ${items.length} lines`);
      if (round >= 0) taken[arm].push(ms);
    }
  return { open: median(taken.open), walled: median(taken.walled) };
}

async function launched(owner: DataSource, engine: DataSource, cases: number): Promise<Invented> {
  const invented = await formedCampaign(
    owner,
    engine,
    Array.from({ length: cases }, () => 1),
  );
  await giveTo(engine, 'campaign', invented.campaign, { type: 'launchWave', wave: 1, cases }, 'coordinator');
  return invented;
}

async function coordinatorOf(owner: DataSource, { owner: unit }: Invented): Promise<Viewer> {
  const person = await people.add(owner, { name: 'Người điều phối' }, act);
  await offices.grant(owner, { person, office: 'coordinator', scope: { unit }, from: '2026-01-01' }, act);
  return { person, on: '2026-03-05', unitOffices: ['unit-head', 'unit-contact'], auditOffices: ['auditor'] };
}
