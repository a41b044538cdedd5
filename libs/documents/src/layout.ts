import { makeDoc, spanOf, type Doc, type Marker, type NoiseKind, type Paragraph, type Zone } from './doc.js';
import { headingOf, readMarker } from './headings.js';
import { cellsOf, readLines, type Line } from './lines.js';
import { pattern } from './normalise.js';
import { strip, type Stripped } from './strip.js';
import type { Span } from './types.js';

/** `T/M`, `K/T`, `T/L`, `Q.` before an office in capitals, with the state style's full stop allowed. */
export const SIGNATURE_MARK = /^(T ?\/ ?M|K ?\/ ?T|T ?\/ ?L|TM\.|KT\.|TL\.|Q\.|THAY MẶT)(?= ?\p{Lu})/u;
const OPENING = pattern(
  '^(?:Thực hiện|Căn cứ|Qua|Ngày|Sau khi|Xét|Trên cơ sở|Tại|Từ ngày|Theo|Vừa qua|Trong các ngày)(?= )',
  'u',
);
const CLOSING = /^(?:tren day la|thong bao nay|nhan duoc thong bao)(?![a-z])/;
const RULE = /^[-–—_=*.]{3,}$/;
const PAGE_NUMBER = /^(?:\d{1,3}|[-–] ?\d{1,3} ?[-–]|trang \d{1,3}(?: ?\/ ?\d{1,3})?)$/;
const FINISHED = /[.:;!?…]["”’»)\]]{0,3}$/;
const HEAD_LINES = 80;

interface Draft {
  zone: Zone;
  readonly segments: { start: number; end: number }[];
  readonly marker?: Marker & { readonly length: number };
  readonly heading: boolean;
  readonly last: Line;
}

/** Put lines together into paragraphs, in zones of an official letter; `undefined` when no line says THÔNG BÁO. */
export function layOut(source: string): Doc | undefined {
  const stripped = strip(source);
  const lines = readLines(stripped);
  const kind = lines.slice(0, HEAD_LINES).findIndex((line) => isKind(line));
  if (kind < 0) return undefined;
  const noise = new Noise(stripped.at);
  const after = lines.slice(kind + 1);
  const tail = after.findIndex((line) => cellsOf(stripped.text, line).some(startsTail));
  const body = tail < 0 ? after : after.slice(0, tail);
  const drafts = [
    ...columns(stripped.text, lines.slice(0, kind), 'head', noise),
    draft('kind', lines[kind] as Line),
    ...joinBody(body, noise),
    ...(tail < 0 ? [] : columns(stripped.text, after.slice(tail), 'tail', noise)),
  ];
  return write(source, stripped, drafts, noise.all(stripped.marks));
}

function isKind({ key, bare }: Line): boolean {
  return /^thong bao(?![a-z])/.test(bare) && key.length <= 200 && !/\p{Ll}/u.test(key);
}

function startsTail({ key, bare }: Line): boolean {
  return (
    (/^noi nhan ?:?/.test(bare) && key.length <= 24) || (SIGNATURE_MARK.test(key) && !/\p{Ll}/u.test(key.slice(4)))
  );
}

class Noise {
  private readonly found = new Map<NoiseKind, Span[]>();
  constructor(readonly at: Int32Array) {}
  add(kind: NoiseKind, start: number, end: number): void {
    const spans = this.found.get(kind) ?? [];
    spans.push(spanOf(this, start, end));
    this.found.set(kind, spans);
  }
  all(marks: readonly Span[]): ReadonlyMap<NoiseKind, readonly Span[]> {
    return marks.length > 0 ? new Map([['markdown', marks], ...this.found]) : this.found;
  }
}

function draft(zone: Zone, line: Line, heading = false): Draft {
  const marker = zone === 'head' ? undefined : readMarker(line.key);
  return { zone, segments: [{ start: line.start, end: line.end }], marker, heading, last: line };
}

/** Head and tail: every cell by itself, the left column first. */
function columns(text: string, lines: readonly Line[], zone: Zone, noise: Noise): Draft[] {
  const cells = lines.flatMap((line) => cellsOf(text, line)).map((cell) => trimBrackets(cell, noise));
  const usable = cells.filter((cell) => cell.end > cell.start && !isFurniture(cell, noise));
  const ordered = [...usable.filter((c) => c.column === 0), ...usable.filter((c) => c.column > 0)];
  return ordered.map((cell) => draft(zone, cell));
}

function trimBrackets(line: Line, noise: Noise): Line {
  const open = /^[[\]{}]+ ?/.exec(line.key)?.[0].length ?? 0;
  const close = open < line.key.length ? (/[[\]{}]{1,3}$/.exec(line.key)?.[0].length ?? 0) : 0;
  if (open > 0) noise.add('stray-bracket', line.start, line.start + open);
  if (close > 0) noise.add('stray-bracket', line.end - close, line.end);
  const [from, to] = [open, line.key.length - close];
  return {
    ...line,
    start: line.start + from,
    end: line.end - close,
    key: line.key.slice(from, to),
    bare: line.bare.slice(from, to),
  };
}

/** Lines that carry no words: rules, the star under the issuer, page numbers. */
function isFurniture(line: Line, noise: Noise): boolean {
  if (PAGE_NUMBER.test(line.bare)) {
    noise.add('page-number', line.start, line.end);
    return true;
  }
  return RULE.test(line.key) || line.key === '*';
}

function joinBody(lines: readonly Line[], noise: Noise): Draft[] {
  const drafts: Draft[] = [];
  const spaced = paragraphsAreSpaced(lines);
  let zone: Zone = 'abstract';
  let broken = false;
  for (const [index, raw] of lines.entries()) {
    const line = trimBrackets(raw, noise);
    if (line.end <= line.start || isFurniture(line, noise)) {
      // Below the rule under the abstract, and across a page number, the next line stands apart.
      broken = true;
      if (RULE.test(line.key)) zone = 'body';
      continue;
    }
    const gap = line.gap || broken;
    broken = false;
    const heading = isHeading(line, gap);
    const previous = drafts.at(-1);
    if (zone === 'abstract' && endsAbstract(lines, index, heading, previous)) zone = 'body';
    if (zone !== 'abstract' && CLOSING.test(line.bare)) zone = 'closing';
    if (!previous || startsParagraph(line, previous, zone, heading, gap, spaced)) {
      drafts.push(draft(zone, line, heading));
      continue;
    }
    if (gap && zone !== 'abstract') noise.add('page-break', previous.last.end, line.start);
    previous.segments.push({ start: line.start, end: line.end });
    drafts[drafts.length - 1] = { ...previous, last: line };
  }
  return drafts;
}

/** Does the paper set empty lines between paragraphs? Then a single line break is only a wrapped line. */
function paragraphsAreSpaced(lines: readonly Line[]): boolean {
  const heads = lines.filter((line) => readMarker(line.key) || isHeading(line, line.gap));
  return heads.filter((line) => line.gap).length * 2 > heads.length;
}

function isHeading(line: Line, gap: boolean): boolean {
  const length = readMarker(line.key)?.length ?? 0;
  return headingOf(line.key.slice(length), line.bare.slice(length), length > 0, gap) !== undefined;
}

/** The abstract ends at a rule, a heading, or the sentence that opens the text; its own lines are not sentences. */
function endsAbstract(lines: readonly Line[], index: number, heading: boolean, previous: Draft | undefined): boolean {
  const line = lines[index] as Line;
  if (!previous) return OPENING.test(line.key) && !isLastOfBlock(lines, index);
  if (heading && line.gap) return true;
  if (OPENING.test(line.key)) return true;
  return line.gap && /^\p{Lu}/u.test(line.key) && FINISHED.test(blockEnd(lines, index).key);
}

function blockEnd(lines: readonly Line[], index: number): Line {
  let last = index;
  while (lines[last + 1]?.gap === false && last < index + 40) last++;
  return lines[last] as Line;
}

function isLastOfBlock(lines: readonly Line[], index: number): boolean {
  return lines[index + 1]?.gap !== false && !FINISHED.test((lines[index] as Line).key);
}

function startsParagraph(
  line: Line,
  previous: Draft,
  zone: Zone,
  heading: boolean,
  gap: boolean,
  spaced: boolean,
): boolean {
  if (zone !== previous.zone || heading) return true;
  if (zone === 'abstract') return false;
  const finished = FINISHED.test(previous.last.key);
  const lowerStart = /^["“(]?\p{Ll}/u.test(line.key);
  const marker = readMarker(line.key);
  // "chính trị - xã hội" broken before its dash is not a bullet.
  if (marker) return !(marker.style === '-' && !finished && !gap && !previous.heading && /^. ?\p{Ll}/u.test(line.key));
  if (previous.heading) return true;
  if (!gap && spaced) return false;
  return finished && !lowerStart;
}

function write(source: string, stripped: Stripped, drafts: readonly Draft[], noise: Doc['noise']): Doc {
  const paper = new Paper(stripped, drafts.length);
  const paragraphs = drafts.map(({ zone, segments, marker }): Paragraph => {
    const from = paper.length;
    for (const [index, { start, end }] of segments.entries()) {
      if (index > 0) paper.put(' ', start - 1);
      paper.copy(start, end);
    }
    const end = paper.length;
    paper.put('\n', segments.at(-1)?.end ?? 0);
    const kept = marker && { style: marker.style, label: marker.label };
    return { zone, from, start: Math.min(from + (marker?.length ?? 0), end), end, marker: kept };
  });
  return makeDoc({ source, ...paper.done(), paragraphs, noise });
}

/** The text being written, with one space for any run of spaces, so that patterns need not care. */
class Paper {
  length = 0;
  private readonly parts: string[] = [];
  private readonly at: Int32Array;

  constructor(
    private readonly stripped: Stripped,
    paragraphs: number,
  ) {
    this.at = new Int32Array(2 * stripped.text.length + paragraphs + 1);
  }

  /** One letter that stands at a place of the stripped text. */
  put(letter: string, place: number): void {
    this.parts.push(letter);
    this.at[this.length++] = this.stripped.at[place] ?? 0;
  }

  copy(start: number, end: number): void {
    const piece = this.stripped.text.slice(start, end);
    let from = 0;
    for (const match of piece.matchAll(/\s+|$/g)) {
      this.parts.push(piece.slice(from, match.index));
      for (; from < match.index; from++) this.at[this.length++] = this.stripped.at[start + from] ?? 0;
      if (match[0]) this.put(' ', start + from);
      from = match.index + match[0].length;
    }
  }

  done(): { text: string; at: Int32Array } {
    return { text: this.parts.join(''), at: this.at.slice(0, this.length) };
  }
}
