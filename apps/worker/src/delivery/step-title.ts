import { ledger, type outbox } from '@giamsat/database';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';

/** The step by its name in the procedure the case is pinned to; by its id where that is not one of ours. */
export async function stepTitle(database: DataSource, notice: outbox.Notice, language: 'vi' | 'en'): Promise<string> {
  const kind = notice.caseId === null ? 'campaign' : 'case';
  const [opened] = await ledger.eventsOf(database, { kind, id: notice.caseId ?? notice.campaignId });
  const id = notice.step.split('/')[0]!;
  if (opened?.type !== 'opened') return id;
  const { procedure } = opened.data;
  const shipped = procedureLibrary().getProcedure(`${procedure.id}@${procedure.version}`);
  return shipped ? words(shipped.source).step(id)[language] : id;
}
