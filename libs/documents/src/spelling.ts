import { spanOf, type Doc } from './doc.js';
import type { Facts } from './facts.js';
import { bare, lower, toneKey } from './normalise.js';
import { SET_PHRASES, SHORT_NAMES, SLIPS } from './phrases.js';
import { finding } from './reading.js';
import { isSyllable, neighbours } from './syllables.js';
import type { BodyName, Finding } from './types.js';

/** A place that looks misspelt, in places of the document's text. */
interface Slip {
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly string[];
}

interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Probable slips of spelling. One suggestion is a proposal, several are a question; the text is never touched. */
export function spellingFindings({ doc, notice, tail }: Facts): Finding[] {
  const tokens = tokensOf(doc);
  const phrases = [...phraseSlips(doc, tokens), ...knownSlips(doc)];
  const covered = new Uint8Array(doc.text.length);
  for (const { from, to } of phrases) covered.fill(1, from, to);
  const letters = scriptSlips(doc, tokens).filter(({ from }) => covered[from] !== 1);
  const names = shortNameSlips(doc, tail.recipientsFrom, notice.issuer);
  return distinct(doc, [...phrases, ...letters, ...names]).map(({ suggestions, places }) =>
    finding('SPELLING', suggestions.length === 1 ? 'notes' : 'warns', { spans: places, suggestions }),
  );
}

/** The same slip in several places is one finding. */
function distinct(doc: Doc, slips: readonly Slip[]): { suggestions: readonly string[]; places: Finding['spans'] }[] {
  const bySlip = new Map<string, { suggestions: readonly string[]; places: Finding['spans'][number][] }>();
  for (const { from, to, suggestions } of slips) {
    const shown = suggestions.map((words) => asPrinted(doc.text.slice(from, to), words));
    const id = `${doc.key.slice(from, to)} ${shown.join('|')}`;
    const known = bySlip.get(id) ?? { suggestions: shown, places: [] };
    known.places.push(spanOf(doc, from, to));
    bySlip.set(id, known);
  }
  return [...bySlip.values()];
}

function asPrinted(found: string, suggestion: string): string {
  if (/\p{Lu}/u.test(found) && !/\p{Ll}/u.test(found)) return suggestion.toUpperCase();
  return /^\p{Lu}/u.test(found) ? suggestion.charAt(0).toUpperCase() + suggestion.slice(1) : suggestion;
}

function tokensOf(doc: Doc): Token[] {
  return [...doc.low.matchAll(/\p{L}+/gu)].map(({ 0: word, index }) => ({
    word,
    from: index,
    to: index + word.length,
  }));
}

const PHRASES = SET_PHRASES.map((text) => {
  const words = lower(toneKey(text)).match(/\p{L}+/gu) ?? [];
  return { text, words, bare: words.map(bare) };
});
const FIRST_WORDS = new Map<string, typeof PHRASES>();
for (const phrase of PHRASES)
  for (const word of phrase.bare.slice(0, 2)) FIRST_WORDS.set(word, [...(FIRST_WORDS.get(word) ?? []), phrase]);

/** Places near a set phrase. At least one of its first two syllables is right but for marks: that finds the candidates. */
function phraseSlips(doc: Doc, tokens: readonly Token[]): Slip[] {
  const slips = new Map<number, Slip>();
  for (let i = 0; i < tokens.length; i++) {
    const { from, to } = tokens[i] as Token;
    const word = doc.bare.slice(from, to);
    for (const phrase of FIRST_WORDS.get(word) ?? []) {
      const first = i - phrase.bare.indexOf(word);
      const place = first < 0 ? [] : tokens.slice(first, first + phrase.words.length);
      const [start, end] = [place[0], place.at(-1)];
      if (start && end && isSlip(doc, place, phrase))
        slips.set(start.from, { from: start.from, to: end.to, suggestions: [phrase.text] });
    }
  }
  return [...slips.values()];
}

function isSlip(doc: Doc, place: readonly Token[], phrase: (typeof PHRASES)[number]): boolean {
  if (place.length < phrase.words.length || !isTogether(doc, place)) return false;
  // A person may be called Nguyễn Nhân.
  if (place.every(({ from, to }) => isName(doc, from, to))) return false;
  const wrong = place.flatMap(({ word }, i) => (word === phrase.words[i] ? [] : [i]));
  const [only] = wrong;
  if (only === undefined || wrong.length > 1) return false;
  const [found, meant] = [bare(place[only]?.word ?? ''), phrase.bare[only] ?? ''];
  if (found === meant) return true;
  return phrase.words.length > 3 && isOneLetterAway(found, meant);
}

/** Nothing but a space or a comma between the words. */
function isTogether(doc: Doc, place: readonly Token[]): boolean {
  return place.every(({ from }, i) => i === 0 || /^,? $/.test(doc.key.slice(place[i - 1]?.to, from)));
}

function isOneLetterAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

const KNOWN = Object.entries(SLIPS).map(([wrong, right]) => [lower(toneKey(wrong)), right] as const);
const KNOWN_PATTERN = new RegExp(`(?<!\\p{L})(?:${KNOWN.map(([wrong]) => wrong).join('|')})(?!\\p{L})`, 'gu');

function knownSlips(doc: Doc): Slip[] {
  return [...doc.low.matchAll(KNOWN_PATTERN)].map(({ 0: found, index }) => ({
    from: index,
    to: index + found.length,
    suggestions: KNOWN.filter(([wrong]) => wrong === found).map(([, right]) => right),
  }));
}

const ACCENTED = /[à-ãè-êìíò-õùúýăĩũơưạ-ỹ]/;

/** Words no Vietnamese syllable can be, with a mark on a vowel; names (a capital, then small letters) may be of any language. */
function scriptSlips(doc: Doc, tokens: readonly Token[]): Slip[] {
  const headEnd = doc.paragraphs.find((p) => p.zone === 'kind')?.from ?? 0;
  const known = new Map<string, readonly string[] | undefined>();
  return tokens.flatMap(({ word, from, to }) => {
    if (from < headEnd || word.length > 7 || !ACCENTED.test(word) || isName(doc, from, to)) return [];
    if (!known.has(word)) known.set(word, isSyllable(word) ? undefined : neighbours(word));
    const suggestions = known.get(word);
    return suggestions ? [{ from, to, suggestions }] : [];
  });
}

function isName(doc: Doc, from: number, to: number): boolean {
  return /^\p{Lu}/u.test(doc.key.slice(from, to)) && /\p{Ll}/u.test(doc.key.slice(from, to));
}

/** Short names in the list of recipients that are no known one but two letters from some ("TTVT"). */
function shortNameSlips(doc: Doc, from: number | undefined, issuer: BodyName | undefined): Slip[] {
  if (from === undefined) return [];
  const names =
    issuer?.tier === 'tinh' || issuer?.tier === 'thanh'
      ? SHORT_NAMES.TU
      : issuer?.tier === 'huyen'
        ? SHORT_NAMES.HU
        : SHORT_NAMES.ĐU;
  const known = new Set(Object.values(SHORT_NAMES).flat());
  return [...doc.key.slice(from).matchAll(/(?<=(?:đ\/c|đồng chí) )\p{Lu}{4}(?!\p{L})/gu)]
    .filter(([found]) => !known.has(found))
    .map(({ 0: found, index }) => ({
      from: from + index,
      to: from + index + found.length,
      suggestions: names.filter((name) => distance(found, name) <= 2),
    }));
}

/** Edits between two words of equal length: letters changed, neighbours swapped. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cell = (r: number, c: number): number => (r === i ? row[c] : rows[r]?.[c]) ?? 0;
      const changed = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(changed, swapped, cell(i - 1, j) + 1, cell(i, j - 1) + 1));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
