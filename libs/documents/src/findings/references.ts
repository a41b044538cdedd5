import { lower } from '../normalise.js';
import { wordsFor } from '../kinds.js';
import type { Facts } from '../facts.js';
import { finding } from '../reading.js';
import type { Citation } from '../references.js';
import type { Finding } from '../types.js';

/** Cited documents: dates missing, contradicting or impossible; kinds that do not belong to their symbols. */
export function referenceFindings({ references }: Facts): Finding[] {
  const { list, citations, conflicts } = references;
  return [
    ...list
      .filter((r) => !r.date)
      .map(({ symbol, spans }) => finding('REF_WITHOUT_DATE', 'notes', { spans, params: { symbol } })),
    ...conflicts.map(({ symbol, spans }) => finding('REF_DATE_CONFLICT', 'warns', { spans, params: { symbol } })),
    ...citations.flatMap(({ badDate, symbol }) =>
      badDate ? finding('BAD_DATE', 'warns', { spans: [badDate], params: { symbol } }) : [],
    ),
    ...citations
      .filter(isMisnamed)
      .map(({ span, symbol, kindCode }) =>
        finding('REF_KIND_MISMATCH', 'warns', { spans: [span], suggestions: wordsFor(kindCode), params: { symbol } }),
      ),
    ...mixedSymbols(citations),
  ];
}

function isMisnamed({ kind, kindCode }: Citation): boolean {
  const words = wordsFor(kindCode);
  return kind !== undefined && words.length > 0 && !words.includes(lower(kind));
}

/** One kind of paper, quy định, printed with two symbols (QĐ and QĐi or QyĐ). */
function mixedSymbols(citations: readonly Citation[]): Finding[] {
  const rules = citations.filter(
    ({ kind, kindCode }) => lower(kind ?? '') === 'quy định' && /^Q(?:Đi?|yĐ)$/.test(kindCode),
  );
  const codes = [...new Set(rules.map(({ kindCode }) => kindCode))];
  if (codes.length < 2) return [];
  return [
    finding('MIXED_SYMBOL', 'notes', { spans: rules.map(({ span }) => span), params: { codes: codes.join(', ') } }),
  ];
}
