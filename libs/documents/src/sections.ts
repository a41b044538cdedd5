import { passage, spanOf, type Doc, type Marker, type Paragraph } from './doc.js';
import { pattern } from './normalise.js';
import { headingOf, type SectionKind } from './headings.js';
import type { Item, Span } from './types.js';

/** An item with its place in the document's text. */
export interface PlacedItem extends Item {
  readonly from: number;
  readonly to: number;
}

export interface Sections {
  readonly items: Readonly<Record<SectionKind, readonly PlacedItem[]>>;
  readonly headings: readonly { readonly section: SectionKind; readonly from: number; readonly to: number }[];
  /** Causes written inside a paragraph of limitations. */
  readonly merged: readonly Span[];
  /** Paragraphs between the abstract and the first section. */
  readonly preamble: readonly Paragraph[];
}

const GROUP_LENGTH = 120;
/** Ends of a full item whose parts follow, as against a mere sub-head. */
const WITH_PARTS = pattern('(?:trong đó|cụ thể|như sau|sau|gồm|là) ?:$', 'u');
const INNER_CAUSE = /[.;] (?=Nguyên nhân )/u;

class Reader {
  readonly items: Record<SectionKind, PlacedItem[]> = { strengths: [], limitations: [], causes: [], directions: [] };
  readonly headings: { section: SectionKind; from: number; to: number }[] = [];
  readonly merged: Span[] = [];
  readonly preamble: Paragraph[] = [];
  private section: SectionKind | undefined;
  /** Number of the section; a head numbered in another style than the first (I, then 1) is inside the last of those. */
  private numeral = '';
  private outer: Marker | undefined;
  private group: string | undefined;
  /** Marker style of the section's own level, and whether its last paragraph was only a sub-head. */
  private level: string | undefined;
  private groupOpen = false;

  constructor(private readonly doc: Doc) {}

  read(paragraphs: readonly Paragraph[]): void {
    for (const [index, p] of paragraphs.entries()) {
      const head = headingOf(
        this.doc.key.slice(p.start, p.end),
        this.doc.bare.slice(p.start, p.end),
        p.marker !== undefined,
        true,
      );
      if (head) this.open(head.section, p, head.textFrom === undefined ? p.end : p.start + head.textFrom);
      else if (this.section === undefined) this.preamble.push(p);
      else this.paragraph(p, paragraphs[index + 1]);
    }
  }

  private open(section: SectionKind, p: Paragraph, textFrom: number): void {
    // A run-in "Hạn chế: ..." repeated in its own section is one more item, not a new level.
    if (textFrom < p.end && this.section === section) return this.paragraph(p, undefined);
    this.section = section;
    if (p.marker?.label) this.number(p.marker);
    this.level = this.group = undefined;
    this.groupOpen = false;
    this.headings.push({ section, from: p.start, to: textFrom < p.end ? textFrom - 2 : p.end });
    if (textFrom < p.end) this.add(textFrom, p.end);
  }

  private number(marker: Marker): void {
    if (!this.outer || this.outer.style === marker.style) this.outer = marker;
    this.numeral = this.outer === marker ? marker.label : `${this.outer.label}.${marker.label}`;
  }

  private paragraph(p: Paragraph, next: Paragraph | undefined): void {
    const style = p.marker?.style;
    if (style === undefined) {
      if (this.isLeadIn(p, next)) return;
      this.group = undefined;
      return this.add(p.start, p.end);
    }
    this.level ??= style;
    if (style !== this.level) return this.groupOpen ? this.add(p.start, p.end) : this.extend(p);
    this.groupOpen = this.isGroup(p, next);
    this.group = this.groupOpen ? this.doc.text.slice(p.start, p.end) : undefined;
    if (!this.groupOpen) this.add(p.start, p.end);
  }

  /** "... yêu cầu thực hiện các nội dung sau:" before a list carries no item of its own. */
  private isLeadIn(p: Paragraph, next: Paragraph | undefined): boolean {
    return next?.marker !== undefined && this.doc.text.charAt(p.end - 1) === ':';
  }

  /** A short numbered line without a full stop, with bullets of another kind under it, is a sub-head. */
  private isGroup(p: Paragraph, next: Paragraph | undefined): boolean {
    const deeper = next !== undefined && next.marker?.style !== p.marker?.style;
    if (WITH_PARTS.test(this.doc.low.slice(p.start, p.end))) return false;
    return deeper && p.end - p.start <= GROUP_LENGTH && !/[.;!?…]$/.test(this.doc.text.slice(p.start, p.end));
  }

  private add(from: number, to: number): void {
    const section = this.section as SectionKind;
    const cut = section === 'limitations' ? INNER_CAUSE.exec(this.doc.key.slice(from, to)) : null;
    const end = cut ? from + cut.index + 1 : to;
    this.push(section, from, end);
    if (!cut) return;
    this.merged.push(spanOf(this.doc, end + 1, to));
    this.push('causes', end + 1, to);
  }

  private push(section: SectionKind, from: number, to: number): void {
    const list = this.items[section];
    const label = [this.numeral, String(list.length + 1)].filter(Boolean).join('.');
    list.push({ ...passage(this.doc, from, to), label, ...(this.group && { group: this.group }), from, to });
  }

  /** A deeper bullet under a full item belongs to it. */
  private extend(p: Paragraph): void {
    const list = this.items[this.section as SectionKind];
    const last = list.at(-1);
    if (!last) return this.add(p.start, p.end);
    const text = `${last.text} ${this.doc.text.slice(p.from, p.end)}`;
    list[list.length - 1] = { ...last, text, span: spanOf(this.doc, last.from, p.end), to: p.end };
  }
}

/** Sort the body's paragraphs into sections and items. */
export function readSections(doc: Doc): Sections {
  const reader = new Reader(doc);
  reader.read(doc.paragraphs.filter((p) => p.zone === 'body'));
  const { items, headings, merged, preamble } = reader;
  return { items, headings, merged, preamble };
}
