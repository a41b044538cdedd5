import type { Facts } from '../facts.js';
import { finding } from '../reading.js';
import type { Finding, Passage } from '../types.js';

const spansOf = (passage: Passage | undefined): Pick<Finding, 'spans'> => ({ spans: passage ? [passage.span] : [] });

/** The parts of the paper by domain.md §3 and marks left by copying. */
export function formFindings(facts: Facts): Finding[] {
  return [...missingParts(facts), ...deviations(facts), ...noise(facts)];
}

function missingParts({ notice, head }: Facts): Finding[] {
  const { signer } = notice;
  return [
    !notice.number && finding('MISSING_NUMBER', 'warns', spansOf(head.blankNumber)),
    !(notice.date && notice.place) && finding('MISSING_DATE_PLACE', 'warns', spansOf(head.blankDate)),
    !notice.heading && finding('MISSING_HEADING', 'warns'),
    notice.issuerBlock.length === 0 && finding('MISSING_ISSUER', 'warns'),
    !(signer.capacity && signer.office && signer.name) && finding('MISSING_SIGNER', 'warns', spansOf(signer.capacity)),
  ].filter((found) => found !== false);
}

function deviations({ notice, head, tail }: Facts): Finding[] {
  return [
    head.foreignKind !== undefined &&
      finding('NUMBER_KIND_MISMATCH', 'warns', { ...spansOf(notice.number), params: { kind: head.foreignKind } }),
    head.colon && finding('FORM_DEVIATION', 'notes', { ...spansOf(head.colon), params: { part: 'number-colon' } }),
    tail.foreignMark &&
      finding('FORM_DEVIATION', 'notes', { ...spansOf(tail.foreignMark), params: { part: 'signature-mark' } }),
  ].filter((found) => found !== false && found !== undefined);
}

function noise({ doc, format }: Facts): Finding[] {
  return [...doc.noise]
    .filter(([kind]) => !(kind === 'markdown' && format === 'md'))
    .map(([kind, spans]) => finding('LAYOUT_NOISE', 'notes', { spans, params: { noise: kind, count: spans.length } }));
}
