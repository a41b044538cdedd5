import { hash, randomUUID } from 'node:crypto';
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
  return sha256(canonicalize(event) ?? '');
}

/** `leafHash` of events whose `data` all carry `shared`: it is written out once, and put in its place in each. */
export function leafHashWith(shared: object): (event: { data: object }) => Buffer {
  const parts = Object.entries(shared).map(([key, value]) => ({
    key,
    mark: randomUUID(),
    text: canonicalize(value) ?? '',
  }));
  const marks = Object.fromEntries(parts.map(({ key, mark }) => [key, mark]));
  return (event) => {
    const marked = canonicalize({ ...event, data: { ...event.data, ...marks } }) ?? '';
    return sha256(parts.reduce((text, part) => text.replace(`"${part.mark}"`, () => part.text), marked));
  };
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');

export const hashesOf = (events: readonly object[]): Buffer[] => events.map(leafHash);

/** Earliest due that is running; null when there is none. Dates and instants both sort as text. */
export function firstDue(row: CaseRow): string | null {
  return row.dues.flatMap(({ due }) => due ?? []).sort()[0] ?? null;
}
