import { bare, lower, toneKey } from './normalise.js';
import type { Passage, Span } from './types.js';

export type Zone = 'head' | 'kind' | 'abstract' | 'body' | 'closing' | 'tail';

/** The bullet or number a paragraph starts with. `style` tells levels apart (`-`, `+`, `1.`, `I`, `a)`). */
export interface Marker {
  readonly style: string;
  readonly label: string;
}

/** A paragraph after joining, in places of `Doc.text`; `start` is behind the marker, `from` before it. */
export interface Paragraph {
  readonly zone: Zone;
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly marker?: Marker;
}

export type NoiseKind = 'markdown' | 'page-break' | 'page-number' | 'stray-bracket';

/** The readable text: one paragraph a line, joined and stripped. The folded texts have the same places. */
export interface Doc {
  readonly source: string;
  readonly text: string;
  /** Tones in one placement, case kept. */
  readonly key: string;
  /** `key` in lower case. */
  readonly low: string;
  /** Lower case without diacritics. */
  readonly bare: string;
  readonly at: Int32Array;
  readonly paragraphs: readonly Paragraph[];
  readonly noise: ReadonlyMap<NoiseKind, readonly Span[]>;
}

export type DocParts = Pick<Doc, 'source' | 'text' | 'at' | 'paragraphs' | 'noise'>;

export function makeDoc(parts: DocParts): Doc {
  const key = toneKey(parts.text);
  return { ...parts, key, low: lower(key), bare: bare(parts.text) };
}

/** The source span of a place in `Doc.text`. */
export function spanOf(doc: Pick<Doc, 'at'>, start: number, end: number): Span {
  if (end <= start) return { start: doc.at[start] ?? 0, end: doc.at[start] ?? 0 };
  return { start: doc.at[start] ?? 0, end: (doc.at[end - 1] ?? 0) + 1 };
}

export function passage(doc: Doc, start: number, end: number): Passage {
  return { text: doc.text.slice(start, end).replaceAll('\n', ' '), span: spanOf(doc, start, end) };
}

export function inZone(doc: Doc, ...zones: Zone[]): Paragraph[] {
  return doc.paragraphs.filter((p) => zones.includes(p.zone));
}
