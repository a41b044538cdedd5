import { createHash } from 'node:crypto';
import type { CaseRow } from '@giamsat/procedure';
import canonicalize from 'canonicalize';

/** What every event of every stream has; events of reference data and delivery bring their own `data`. */
export interface LedgerEvent {
  seq: number;
  type: string;
  v: number;
  at: string;
  commandId: string;
  data: object;
}

/** sha256 of the canonical JSON (RFC 8785): the leaf of a proof. It does not depend on how the database keeps the event. */
export function leafHash(event: object): Buffer {
  return createHash('sha256')
    .update(canonicalize(event) ?? '')
    .digest();
}

export const hashesOf = (events: readonly object[]): Buffer[] => events.map(leafHash);

/** Earliest due that is running; null when there is none. Dates and instants both sort as text. */
export function firstDue(row: CaseRow): string | null {
  return row.dues.flatMap(({ due }) => due ?? []).sort()[0] ?? null;
}
