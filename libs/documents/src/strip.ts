import type { Span } from './types.js';

/** A text with places that remember where they were in the source: `at[i]` is the source offset of `text[i]`. */
export interface Stripped {
  readonly text: string;
  readonly at: Int32Array;
  /** Source spans of what was taken out. */
  readonly marks: readonly Span[];
}

// Marks that carry no words: emphasis, markdown heads and escapes, invisible characters. A lone `*` (the star under the
// issuer, a bullet) and `__` (a blank to fill in) stay.
const MARKS = new RegExp(
  [
    String.raw`\*{2,}`,
    String.raw`(?<=[\p{L}\p{N}"”.,;:)…])\*|\*(?=[\p{L}\p{N}"“(])`,
    String.raw`(?<![\p{L}\p{N}_])_{1,2}(?=[\p{L}"“])|(?<=[\p{L}.,;:”"])_{1,2}(?![\p{L}\p{N}_])`,
    String.raw`(?<=^|\n)(?:#{1,6}|>) `,
    String.raw`\\(?=[-*_\[\]().+#!>])`,
    String.raw`<br ?\/?>`,
    String.raw`[\u200B-\u200D\u2060\uFEFF\u00AD]`,
  ].join('|'),
  'gu',
);

/** Take marks out of the source; a line break written as a tag becomes one. */
export function strip(source: string): Stripped {
  const at = new Int32Array(source.length + 1);
  const parts: string[] = [];
  const marks: Span[] = [];
  let length = 0;
  let from = 0;
  const keep = (to: number): void => {
    parts.push(source.slice(from, to));
    for (; from < to; from++) at[length++] = from;
  };
  for (const match of source.matchAll(MARKS)) {
    keep(match.index);
    if (match[0].startsWith('<')) {
      parts.push('\n');
      at[length++] = from;
    } else if (match[0] < '\u007F') marks.push({ start: from, end: from + match[0].length });
    from += match[0].length;
  }
  keep(source.length);
  at[length] = source.length;
  return { text: parts.join(''), at: at.slice(0, length + 1), marks };
}
