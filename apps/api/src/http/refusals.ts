import type { RouteSpec } from '@giamsat/contracts/http';
import type { Rights } from '../rights/rights.js';
import type { Trace } from './call.js';
import { ProblemException } from './problem-exception.js';

/**
 * Whoever is turned away, and whose command is not carried out, is put on record with the reason; an accepted command is in
 * the ledger. A fault of ours, and an answer that is still to come, are neither; nor is a look at something in a wrong shape.
 */
export async function noteRefusal(rights: Rights, { method }: RouteSpec, trace: Trace, thrown: unknown): Promise<void> {
  if (!(thrown instanceof ProblemException) || thrown.problem.status >= 500) return;
  const { code } = thrown.problem;
  if (code === 'NOT_FOUND') return rights.note({ ...trace, outcome: 'denied' });
  if (method !== 'GET') await rights.note({ ...trace, outcome: 'refused', code });
}
