import { nameKey } from './normalise.js';
import { finding } from './reading.js';
import { sortFindings } from './findings/index.js';
import type { ExpectedNotice, Finding, NoticeReading, Reference, Span } from './types.js';

/**
 * The notice against the case it is filed under. Each difference blocks issuing until a person answers; for a past notice
 * that is only recorded, the caller keeps them with the record. What the case does not know is not compared.
 */
export function compareWithCase({ notice }: NoticeReading, expected: ExpectedNotice): Finding[] {
  return sortFindings([
    ...paper('PLAN_MISMATCH', notice.plan, expected.plan),
    ...paper('DECISION_MISMATCH', notice.decision, expected.decision),
    ...unit(notice, expected.unitNames),
    ...signer(notice, expected.signer),
  ]);
}

function paper(code: Finding['code'], found: Reference | undefined, expected: ExpectedNotice['plan']): Finding[] {
  if (!expected) return [];
  const sameNumber = found !== undefined && symbolKey(found.symbol) === symbolKey(expected.symbol);
  // A date left out is reported by its own finding; here only a different one counts.
  const sameDate = !found?.date || !expected.date || found.date.iso === expected.date;
  if (sameNumber && sameDate) return [];
  const spans = sameNumber && found.date ? [found.date.span] : (found?.spans ?? []);
  const params = { expected: expected.symbol, found: found?.symbol ?? '', ...dates(found?.date?.iso, expected.date) };
  return [finding(code, 'blocks', { spans, params })];
}

/** `04-QĐ/TU` and `4-QĐ/TU` are one number. */
const symbolKey = (symbol: string): string => symbol.normalize('NFC').replace(/\s+/g, '').replace(/^0+/, '');

function dates(found: string | undefined, expected: string | undefined): Finding['params'] {
  return { ...(expected && { expectedDate: expected }), ...(found && { foundDate: found }) };
}

function unit({ unit: found }: NoticeReading['notice'], names: readonly string[] | undefined): Finding[] {
  if (!names || names.length === 0 || names.some((name) => nameKey(name) === nameKey(found?.text ?? ''))) return [];
  return [finding('UNIT_MISMATCH', 'blocks', { spans: found ? [found.span] : [], suggestions: names.slice(0, 1) })];
}

function signer({ signer: found }: NoticeReading['notice'], expected: ExpectedNotice['signer']): Finding[] {
  return (['name', 'office'] as const).flatMap((part) => {
    const [is, should] = [found[part], expected?.[part]];
    if (should === undefined || nameKey(is?.text ?? '') === nameKey(should)) return [];
    const spans: Span[] = is ? [is.span] : [];
    return [finding('SIGNER_MISMATCH', 'blocks', { spans, suggestions: [should], params: { part } })];
  });
}
