import { bare, toneKey } from './normalise.js';
import type { Stripped } from './strip.js';

/** A printed line, or one cell of it, in places of the stripped text. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** Empty lines before it. */
  readonly gap: boolean;
  readonly column: number;
  readonly key: string;
  readonly bare: string;
}

const DEEP_INDENT = 12;
const isTableRule = (raw: string): boolean => raw.includes('|') && /^[\s|:-]+$/.test(raw);

/** Non-empty lines, trimmed. A form feed and a table's rule count as empty lines; a deep indent means the second column. */
export function readLines({ text }: Stripped): Line[] {
  const key = toneKey(text);
  const folded = bare(text);
  const lines: Line[] = [];
  let gap = false;
  let from = 0;
  for (const match of text.matchAll(/[\n\f\u2028\u2029]|$/g)) {
    const raw = text.slice(from, match.index);
    const indent = raw.length - raw.trimStart().length;
    const start = from + indent;
    const end = from + raw.trimEnd().length;
    if (start >= end || isTableRule(raw)) gap = true;
    else {
      const column = indent >= DEEP_INDENT || raw.slice(0, indent).includes('\t') ? 1 : 0;
      lines.push({ start, end, gap, column, key: key.slice(start, end), bare: folded.slice(start, end) });
      gap = false;
    }
    gap ||= match[0] === '\f';
    from = match.index + 1;
  }
  return lines;
}

function cut(line: Line, from: number, to: number, column: number): Line[] {
  const raw = line.key.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = from + raw.trimEnd().length;
  if (end <= start) return [];
  const place = { start: line.start + start, end: line.start + end, gap: line.gap, column };
  return [{ ...place, key: line.key.slice(start, end), bare: line.bare.slice(start, end) }];
}

/** Spaces after these are a blank to be filled in by hand, not a column. */
const BLANK_BEFORE = /(?:^|[\s,])(?:so ?:?|ngay|thang|nam)$/;

// `key` has spaces for tabs, so the tab is looked for in the text itself.
/** The cells of a line set in two columns: by tabs, table bars or three spaces. */
export function cellsOf(text: string, line: Line): Line[] {
  const raw = text.slice(line.start, line.end);
  const cells: Line[] = [];
  let from = 0;
  let column = line.column;
  for (const match of raw.matchAll(/[|\t]| {3,}|$/g)) {
    if (match[0].startsWith(' ') && BLANK_BEFORE.test(line.bare.slice(Math.max(0, match.index - 8), match.index)))
      continue;
    const found = cut(line, from, match.index, column);
    if (found.length > 0) column++;
    cells.push(...found);
    from = match.index + match[0].length;
  }
  return cells;
}
