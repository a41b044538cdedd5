import type { CivilDate } from '@giamsat/procedure';

/**
 * What a notice of conclusion (thông báo kết luận) says, and what is inconsistent in it.
 *
 * Every `Span` counts UTF-16 units in `source.text`: the decoded document in Unicode NFC with `\n` line ends and no
 * byte order mark, and otherwise exactly as written (markdown marks, page breaks and typing errors included).
 * `source.text.slice(span.start, span.end)` therefore shows the words on the paper; `Passage.text` is the same passage
 * without layout noise.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Passage {
  readonly text: string;
  readonly span: Span;
}

/** The rank of a body, read from its name: `tinh` province, `thanh` city, `huyen`/`thi`/`quan` district, `xa`/`phuong`/`thi-tran`/`dac-khu` commune. */
export type Tier =
  'central' | 'tinh' | 'thanh' | 'quan' | 'huyen' | 'thi' | 'xa' | 'phuong' | 'thi-tran' | 'dac-khu' | 'other';

/** A body as named in the text. `organ` is the part of it that acts (BTV, BCH, TT, UBKT ...), `name` the place or agency. */
export interface BodyName extends Passage {
  readonly organ?: string;
  readonly tier: Tier;
  readonly name?: string;
}

/** Whom the notice is about: a body, or a Party member. */
export interface Subject extends Passage {
  readonly kind: 'body' | 'member';
  readonly body?: BodyName;
}

/** A date that the calendar does not have is never read. */
export interface DateRead extends Passage {
  readonly iso: CivilDate;
}

/** A document cited by number. `symbol` is canonical (`88-KH/TU`); `spans` are all places where it is cited. */
export interface Reference {
  readonly number: string;
  readonly symbol: string;
  /** Code of domain.md §3 (`KH`, `QĐ`, `QĐi` ...). */
  readonly kindCode: string;
  /** The kind in words as printed before the number, where it is. */
  readonly kind?: string;
  readonly issuer?: BodyName;
  /** Only a date printed right after the number; never derived. */
  readonly date?: DateRead;
  readonly spans: readonly Span[];
}

/** One strength, limitation, cause or direction. `label` is `<section>.<ordinal>` (`III.1`), `group` the sub-head it stands under. */
export interface Item extends Passage {
  readonly label: string;
  readonly group?: string;
}

/** A due as written. `date` only when the paper gives day, month and year (or the month or quarter of a year). */
export interface Due extends Passage {
  readonly kind: 'by' | 'before' | 'within';
  readonly date?: CivilDate;
  readonly amount?: number;
  readonly unit?: 'wd' | 'cd' | 'weeks' | 'months';
  readonly anchor?: 'receipt' | 'issue';
}

export interface Direction extends Item {
  readonly due?: Due;
  /** The duty the software can recognise by itself; a person rules on the rest (design.md §4.11). */
  readonly duty?: { readonly kind: 'remediation-plan'; readonly reports: boolean; readonly to?: BodyName };
}

export type FigureKind =
  | 'supervisions'
  | 'inspections'
  | 'organisations'
  | 'committee-members'
  | 'party-members'
  | 'communes'
  | 'percent'
  | 'other';

export interface Figure extends Passage {
  readonly kind: FigureKind;
  readonly value: number;
  /** `trên`, `dưới`, `hơn`, `gần`, `khoảng` where printed. */
  readonly qualifier?: string;
}

export interface Signer {
  /** `T/M BAN THƯỜNG VỤ` and the like, in the order printed. */
  readonly capacity?: Passage & { readonly mark: 'T/M' | 'K/T' | 'T/L' | 'Q.' };
  readonly office?: Passage;
  readonly name?: Passage;
}

export interface Recipient extends Passage {
  readonly body?: BodyName;
}

export interface Programme extends Passage {
  readonly year?: number;
}

export interface Notice {
  readonly kind: Passage & { readonly code: 'TB' };
  readonly procedure: 'supervision' | 'inspection';
  readonly number?: Passage & { readonly number: string; readonly symbol: string };
  readonly place?: Passage;
  readonly date?: DateRead;
  readonly heading?: Passage;
  /** The issuer block at the top left, line by line; empty when the paper has none. */
  readonly issuerBlock: readonly Passage[];
  readonly abstract?: Passage;
  readonly issuer?: BodyName;
  /** The province or place of the issuer when only the body of the text names it. */
  readonly locality?: Passage;
  readonly unit?: Subject;
  readonly otherUnits: readonly Subject[];
  /** The year supervised; never taken from the date of a cited document. */
  readonly year?: { readonly value: number; readonly span: Span };
  readonly programme?: Programme;
  readonly plan?: Reference;
  readonly decision?: Reference;
  readonly subjectTexts: readonly Reference[];
  readonly references: readonly Reference[];
  readonly strengths: readonly Item[];
  readonly limitations: readonly Item[];
  readonly causes: readonly Item[];
  readonly directions: readonly Direction[];
  readonly figures: readonly Figure[];
  readonly closing?: Passage;
  readonly signer: Signer;
  readonly recipients: readonly Recipient[];
  readonly officeCodes: readonly Passage[];
}

export type Severity = 'blocks' | 'warns' | 'notes';

export type FindingCode =
  | 'RECIPIENT_UNIT_MISMATCH'
  | 'RECIPIENT_UNIT_MISSING'
  | 'RECIPIENT_OTHER_UNIT'
  | 'UNIT_NAME_CONFLICT'
  | 'UNIT_MISSING'
  | 'TEAM_KIND_MISMATCH'
  | 'MISSING_NUMBER'
  | 'MISSING_DATE_PLACE'
  | 'MISSING_HEADING'
  | 'MISSING_ISSUER'
  | 'MISSING_SIGNER'
  | 'MISSING_PLAN'
  | 'MISSING_DECISION'
  | 'NUMBER_KIND_MISMATCH'
  | 'FORM_DEVIATION'
  | 'EMPTY_SECTION'
  | 'MERGED_CAUSES'
  | 'NO_REMEDIATION_DUTY'
  | 'NO_DUE_DATE'
  | 'DUE_INCOMPLETE'
  | 'YEAR_MISMATCH'
  | 'SPELLING'
  | 'REF_WITHOUT_DATE'
  | 'REF_DATE_CONFLICT'
  | 'REF_KIND_MISMATCH'
  | 'BAD_DATE'
  | 'MIXED_SYMBOL'
  | 'LAYOUT_NOISE'
  | 'PLAN_MISMATCH'
  | 'DECISION_MISMATCH'
  | 'UNIT_MISMATCH'
  | 'SIGNER_MISMATCH';

/**
 * One inconsistency. `suggestions`: none = look; one = a proposal; several = ask which. Nothing is ever applied.
 * `params` holds codes, symbols, labels, counts and dates only, never a name or a sentence, so that it may be recorded;
 * the words are behind the spans, and suggestions are content (design.md §3.12).
 */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly spans: readonly Span[];
  readonly suggestions: readonly string[];
  readonly params: Readonly<Record<string, string | number>>;
}

export type SourceFormat = 'txt' | 'md' | 'docx';

export interface NoticeReading {
  readonly notice: Notice;
  readonly findings: readonly Finding[];
  readonly source: { readonly text: string; readonly format: SourceFormat };
}

export type NoticeRefusalCode =
  'SECRET_MARKED' | 'NOT_A_NOTICE' | 'EMPTY_FILE' | 'UNREADABLE_FILE' | 'UNSUPPORTED_FORMAT' | 'TOO_LARGE';

/** Why a file is not read. Holds nothing of its content. `missing`: what a notice has and this text lacks. */
export interface NoticeRefusal {
  readonly refused: {
    readonly code: NoticeRefusalCode;
    readonly missing: readonly ('kind' | 'conclusion' | 'sections')[];
  };
}

/** What the case says; give only what is known. Each finding compares one of them. */
export interface ExpectedNotice {
  readonly plan?: { readonly symbol: string; readonly date?: CivilDate };
  readonly decision?: { readonly symbol: string; readonly date?: CivilDate };
  /** Full names the unit goes by, the one to suggest first (`Ban Thường vụ Huyện ủy ...`). */
  readonly unitNames?: readonly string[];
  readonly signer?: { readonly name?: string; readonly office?: string };
}
