import { bodiesIn } from './bodies.js';
import { DATE, dateRead } from './dates.js';
import { spanOf, type Doc } from './doc.js';
import { KIND_WORDS, kindCodes, wordsFor } from './kinds.js';
import { lower, pattern } from './normalise.js';
import type { BodyName, DateRead, Reference, Span } from './types.js';

/** One place where a document is cited by number. */
export interface Citation {
  readonly at: number;
  readonly span: Span;
  readonly number: string;
  readonly kindCode: string;
  readonly symbol: string;
  readonly kind?: string;
  readonly date?: DateRead;
  readonly badDate?: Span;
  readonly issuer?: BodyName;
}

// The number of a Party paper (`88-KH/TU`, `12-QĐi/TU`) or of the state (`1662/NQ-UBTVQH15`, `202/2025/QH15`).
const SYMBOL = pattern(
  String.raw`(?<![\p{L}\p{N}/.-])(?:(?<number>\d{1,5}) ?[-–] ?(?<kind>${kindCodes}) ?\/ ?(?<org>[\p{Lu}][\p{Lu}\p{N}]{0,11}(?:-[\p{Lu}\p{N}]{1,8})?)` +
    String.raw`|(?<stateNumber>\d{1,5}(?:\/\d{4})?)\/(?<stateKind>\p{Lu}{1,5})(?:-(?<stateOrg>\p{Lu}[\p{Lu}\p{N}]{1,11})|(?<series>\d{1,2})))(?![\p{L}\p{N}])`,
  'gu',
);
const WORD_BEFORE = new RegExp(`(?<![\\p{L}])(${KIND_WORDS})(?: (?:số|liên tịch))?:? ?$`, 'u');
const DATE_AFTER = pattern(String.raw`^(?:,? ?\(?(?:ban hành |ký )?ngày )${DATE}`, 'u');
const ISSUER_AFTER = /^\)?,? ?của /u;
const ISSUER_LENGTH = 120;

/** Every citation between the kind line and the end; the notice's own number, in the head, is none. */
export function citationsIn(doc: Doc): Citation[] {
  const from = doc.paragraphs.find((p) => p.zone === 'kind')?.from ?? 0;
  const key = doc.key.slice(from);
  return [...key.matchAll(SYMBOL)].map((match) => citation(doc, from + match.index, match));
}

function citation(doc: Doc, at: number, match: RegExpExecArray): Citation {
  const g = match.groups ?? {};
  const end = at + match[0].length;
  const number = g['number'] ?? g['stateNumber'] ?? '';
  const kindCode = g['kind'] ?? g['stateKind'] ?? '';
  const symbol = g['number']
    ? `${number}-${kindCode}/${g['org']}`
    : `${number}/${kindCode}${g['series'] ?? `-${g['stateOrg']}`}`;
  const kind = WORD_BEFORE.exec(doc.key.slice(Math.max(0, at - 24), at))?.[1];
  const dated = readDate(doc, end);
  return {
    at,
    span: spanOf(doc, at, end),
    number,
    kindCode,
    symbol,
    ...(kind && { kind }),
    ...dated.found,
    ...readIssuer(doc, dated.end),
  };
}

function readDate(doc: Doc, end: number): { end: number; found?: { date: DateRead } | { badDate: Span } } {
  const match = DATE_AFTER.exec(doc.low.slice(end, end + 48));
  if (!match) return { end };
  const words = match[0].search(/\d/);
  const [start, stop] = [end + words, end + match[0].length];
  const date = dateRead(doc, start, stop, match.slice(1));
  return { end: stop, found: date ? { date } : { badDate: spanOf(doc, start, stop) } };
}

function readIssuer(doc: Doc, end: number): { issuer?: BodyName } {
  const words = ISSUER_AFTER.exec(doc.low.slice(end, end + 8));
  if (!words) return {};
  const start = end + words[0].length;
  const first = bodiesIn(doc, start, Math.min(start + ISSUER_LENGTH, doc.text.length))[0];
  return first?.from === start ? { issuer: first.body } : {};
}

export interface References {
  readonly list: readonly Reference[];
  readonly citations: readonly Citation[];
  /** Citations of one number with different dates. */
  readonly conflicts: readonly { readonly symbol: string; readonly spans: readonly Span[] }[];
}

/**
 * The distinct documents cited. One number printed with two dates, or as two kinds that share a symbol (a QĐ may be a
 * quyết định or a quy định), stands for two documents until a person says otherwise.
 */
export function gather(citations: readonly Citation[]): References {
  const bySymbol = new Map<string, Citation[]>();
  for (const c of citations) {
    const known = bySymbol.get(c.symbol);
    if (known) known.push(c);
    else bySymbol.set(c.symbol, [c]);
  }
  const list: Reference[] = [];
  const conflicts: { symbol: string; spans: Span[] }[] = [];
  for (const [symbol, all] of bySymbol) {
    const dates = new Set(all.flatMap((c) => c.date?.iso ?? []));
    if (dates.size > 1) conflicts.push({ symbol, spans: all.flatMap((c) => c.date?.span ?? []) });
    list.push(...split(all).map(merge));
  }
  return { list, citations, conflicts };
}

function split(all: readonly Citation[]): Citation[][] {
  const groups: Citation[][] = [];
  const byFacts = new Map<string, Citation[]>();
  // Those that say most come first, so that a bare number joins the first it fits.
  const ranked = [...all].sort((a, b) => unknowns(a) - unknowns(b) || a.at - b.at);
  for (const c of ranked) {
    const [date, kind] = [c.date?.iso ?? '', kindOf(c)];
    let group = byFacts.get(`${date}|${kind}`);
    if (!group) groups.push((group = []));
    group.push(c);
    for (const facts of [`${date}|${kind}`, `${date}|`, `|${kind}`, '|'])
      if (!byFacts.has(facts)) byFacts.set(facts, group);
  }
  return groups;
}

const unknowns = (c: Citation): number => Number(!c.date) + Number(!kindOf(c));

/** Which of the kinds that share the symbol; a word that does not belong to it is an error, not another document. */
function kindOf({ kind, kindCode }: Citation): string {
  const words = wordsFor(kindCode);
  return kind && words.length > 1 && words.includes(lower(kind)) ? lower(kind) : '';
}

function merge(group: readonly Citation[]): Reference {
  const ordered = [...group].sort((a, b) => a.at - b.at);
  const [first] = ordered as [Citation];
  const { number, symbol, kindCode } = first;
  const kind = ordered.find((c) => c.kind)?.kind;
  const date = ordered.find((c) => c.date)?.date;
  const issuer = ordered.find((c) => c.issuer)?.issuer;
  return {
    number,
    symbol,
    kindCode,
    ...(kind && { kind }),
    ...(date && { date }),
    ...(issuer && { issuer }),
    spans: ordered.map((c) => c.span),
  };
}
