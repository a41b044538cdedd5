import type { Facts } from '../facts.js';
import { spellingFindings } from '../spelling.js';
import type { Finding, Severity } from '../types.js';
import { contentFindings } from './content.js';
import { formFindings } from './form.js';
import { recipientFindings } from './recipients.js';
import { referenceFindings } from './references.js';

const ORDER: readonly Severity[] = ['blocks', 'warns', 'notes'];

/** Gravest first, then in the order of the text; what is missing has no place and comes first in its rank. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const place = ({ spans }: Finding): number => spans[0]?.start ?? -1;
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || place(a) - place(b));
}

/** Everything in the notice that contradicts itself, its form, or the rules (domain.md §10). */
export function findingsOf(facts: Facts): Finding[] {
  const checks = [recipientFindings, formFindings, contentFindings, referenceFindings, spellingFindings];
  return sortFindings(checks.flatMap((check) => check(facts)));
}
