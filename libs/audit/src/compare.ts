import { fold, rowOf, type CaseEvent, type CaseRow } from '@giamsat/procedure';
import { isDeepStrictEqual } from 'node:util';

/** A place where two records of the same stream disagree. */
export interface Divergence {
  kind:
    | 'not-replayable'
    | 'no-history'
    | 'only-in-history'
    | 'only-in-ledger'
    | 'event-differs'
    | 'gap'
    | 'row-differs'
    | 'does-not-fold';
  seq?: number;
  detail?: string;
}

/** Ledger against history, event by event. A history may end earlier (its workflow was restored); it may not say anything else. */
export function compareEvents(ledger: CaseEvent[], history: Map<number, CaseEvent>): Divergence[] {
  const found: Divergence[] = [];
  const known = new Map(ledger.map((event) => [event.seq, event]));
  for (const [i, event] of ledger.entries()) if (event.seq !== i + 1) found.push({ kind: 'gap', seq: i + 1 });
  for (const [seq, event] of history) {
    const written = known.get(seq);
    if (!written) found.push({ kind: 'only-in-history', seq, detail: event.type });
    else if (!isDeepStrictEqual(written, event))
      found.push({ kind: 'event-differs', seq, detail: `${written.type} / ${event.type}` });
  }
  for (const event of heardOf(ledger))
    if (!history.has(event.seq)) found.push({ kind: 'only-in-ledger', seq: event.seq, detail: event.type });
  return found;
}

/** What its workflow has heard of. Nobody decides for a case that has ended: delivery writes down itself how its last notices ended. */
export function heardOf(ledger: CaseEvent[]): CaseEvent[] {
  const ended = ledger.find(({ type }) => type === 'caseEnded')?.seq ?? Infinity;
  return ledger.filter(({ type, seq }) => type !== 'noticeEnded' || seq < ended);
}

/** The board row must be what the core makes of the ledger. */
export function compareRow(ledger: CaseEvent[], row: CaseRow | null): Divergence[] {
  try {
    const folded = JSON.parse(JSON.stringify(rowOf(fold(ledger)))) as CaseRow;
    if (isDeepStrictEqual(folded, row)) return [];
    const fields = Object.keys(folded).filter(
      (key) => !isDeepStrictEqual(folded[key as keyof CaseRow], row?.[key as keyof CaseRow]),
    );
    return [{ kind: 'row-differs', detail: fields.join(', ') }];
  } catch (error) {
    return [{ kind: 'does-not-fold', detail: (error as Error).name }];
  }
}
