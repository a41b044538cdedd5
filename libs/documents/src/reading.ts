import type { Finding, NoticeRefusal, NoticeRefusalCode, Severity, Span } from './types.js';

export function isRefusal(result: object): result is NoticeRefusal {
  return 'refused' in result;
}

export function refuse(code: NoticeRefusalCode, missing: NoticeRefusal['refused']['missing'] = []): NoticeRefusal {
  return { refused: { code, missing } };
}

/** Line and column of a place in `source.text`, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

interface FindingDetails {
  readonly spans?: readonly Span[];
  readonly suggestions?: readonly string[];
  readonly params?: Finding['params'];
}

/** More places than a person would look at are counted, not listed. */
const MOST_SPANS = 100;

export function finding(code: Finding['code'], severity: Severity, details: FindingDetails = {}): Finding {
  const { spans = [], suggestions = [], params = {} } = details;
  return { code, severity, spans: spans.slice(0, MOST_SPANS), suggestions, params };
}
