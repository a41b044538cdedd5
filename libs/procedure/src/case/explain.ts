import type { Deadline } from './state.js';

/** One line of an explanation: a code with its figures. The words are the reader's language's business. */
export interface Explanation {
  code:
    | 'no-date'
    | 'anchor'
    | 'rule'
    | 'basis'
    | 'force'
    | 'skipped'
    | 'rolled'
    | 'paused'
    | 'extended'
    | 'capped'
    | 'provisional'
    | 'due';
  params: Record<string, string | number | boolean | null>;
}

/** Why this date: anchor, rule, article, days left out, pauses, extension, cap, and what kind of due it is. */
export function explain(deadline: Deadline): Explanation[] {
  const { anchor, span, skipped, pauses, extension, cap } = deadline;
  const lines: Explanation[] = [];
  const add = (code: Explanation['code'], params: Explanation['params']): void => void lines.push({ code, params });
  if (anchor)
    add('anchor', {
      step: anchor.step,
      date: anchor.date,
      on: anchor.on,
      paper: anchor.paper ?? null,
      entry: anchor.seq,
    });
  add('rule', { rule: deadline.rule, kind: deadline.kind, ...(span ? { n: span.n, unit: span.unit } : {}) });
  add('basis', { basis: deadline.basis, evidence: deadline.evidence });
  for (const { date, why } of skipped) add('skipped', { date, why });
  if (deadline.rolledFrom) add('rolled', { from: deadline.rolledFrom });
  for (const { from, to } of pauses) add('paused', { from, to });
  if (extension) add('extended', { request: extension.request, n: extension.by.n, unit: extension.by.unit });
  if (cap) add('capped', { cap: cap.id, due: cap.due });
  if (deadline.due === null) add('no-date', { reason: deadline.reason ?? 'no-rule' });
  else add('due', { due: deadline.due });
  add('force', { force: deadline.force });
  if (deadline.provisional) add('provisional', {});
  return lines;
}
