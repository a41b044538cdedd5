import { decodeText, formatOf } from './decode.js';
import { readDirections } from './directions.js';
import { inZone, passage, type Doc } from './doc.js';
import { readDocx } from './docx.js';
import { figuresIn } from './figures.js';
import { findingsOf } from './findings/index.js';
import { readHead } from './head.js';
import { layOut } from './layout.js';
import { normaliseSource } from './normalise.js';
import { isRefusal, refuse } from './reading.js';
import { citationsIn, gather } from './references.js';
import { isSecretMarked } from './secrecy.js';
import { readSections, type PlacedItem, type Sections } from './sections.js';
import { readTail } from './signature.js';
import * as subject from './subject.js';
import type { Facts } from './facts.js';
import type { Item, Notice, NoticeReading, NoticeRefusal, SourceFormat } from './types.js';

/** Two million letters: some hundred times the longest notice seen. */
const MOST_LETTERS = 2_000_000;
const BYTES_A_LETTER = 4;

/** Read a file by its name's ending (.txt, .md, .docx). What cannot be read comes back as a refusal; nothing is thrown. */
export async function readNotice(input: {
  fileName: string;
  bytes: Uint8Array;
}): Promise<NoticeReading | NoticeRefusal> {
  if (input.bytes.length === 0) return refuse('EMPTY_FILE');
  const format = formatOf(input.fileName);
  if (!format) return refuse('UNSUPPORTED_FORMAT');
  if (format !== 'docx' && input.bytes.length > MOST_LETTERS * BYTES_A_LETTER) return refuse('TOO_LARGE');
  const text = format === 'docx' ? await readDocx(input.bytes) : decodeText(input.bytes);
  return typeof text === 'string' ? readNoticeText(text, format) : text;
}

/** Read a decoded text. Spans count in `source.text` of the answer (NFC), which a decomposed input does not equal. */
export function readNoticeText(raw: string, format: SourceFormat = 'txt'): NoticeReading | NoticeRefusal {
  if (raw.length > MOST_LETTERS) return refuse('TOO_LARGE');
  const text = normaliseSource(raw);
  if (!/\S/.test(text)) return refuse('EMPTY_FILE');
  if (isSecretMarked(text)) return refuse('SECRET_MARKED');
  const doc = layOut(text);
  if (!doc) return refuse('NOT_A_NOTICE', ['kind']);
  const facts = readFacts(doc, format);
  return isRefusal(facts) ? facts : { notice: facts.notice, findings: findingsOf(facts), source: { text, format } };
}

function missingParts(doc: Doc, title: subject.Region, sections: Sections): NoticeRefusal['refused']['missing'] {
  const opening = [title, subject.regionOf(sections.preamble), subject.regionOf(inZone(doc, 'closing'))];
  const said = opening.map(({ from, to }) => doc.bare.slice(from, to)).join('\n');
  const concludes = said.includes('ket luan') && /giam sat|kiem tra/.test(said);
  const hasItems = Object.values(sections.items).some((items) => items.length > 0);
  return [...(concludes ? [] : (['conclusion'] as const)), ...(hasItems ? [] : (['sections'] as const))];
}

function readFacts(doc: Doc, format: SourceFormat): Facts | NoticeRefusal {
  const sections = readSections(doc);
  const title = subject.regionOf(inZone(doc, 'kind', 'abstract'));
  const missing = missingParts(doc, title, sections);
  if (missing.length > 0) return refuse('NOT_A_NOTICE', missing);
  const head = readHead(doc);
  const tail = readTail(doc);
  const references = gather(citationsIn(doc));
  const notice = readWhole(doc, { sections, head, tail, references, title });
  return { doc, format, sections, head, tail, references, notice };
}

type Parts = Pick<Facts, 'sections' | 'head' | 'tail' | 'references'> & { readonly title: subject.Region };

function readWhole(doc: Doc, { sections, head, tail, references, title }: Parts): Notice {
  const preamble = subject.regionOf(sections.preamble);
  const closing = subject.regionOf(inZone(doc, 'closing'));
  const abstract = inZone(doc, 'abstract');
  const [unit, ...otherUnits] = subject.readUnits(doc, title, preamble);
  const programme = subject.readProgramme(doc, preamble);
  const issuer = subject.readIssuer(doc, [preamble, closing, title], head);
  return {
    kind: { ...kindOf(doc), code: 'TB' },
    procedure:
      /(giam sat|kiem tra)/.exec(doc.bare.slice(title.from, title.to))?.[1] === 'kiem tra'
        ? 'inspection'
        : 'supervision',
    number: head.number,
    place: head.place,
    date: head.date,
    heading: head.heading,
    issuerBlock: head.issuerBlock,
    abstract: abstract[0] && passage(doc, abstract[0].from, (abstract.at(-1) ?? abstract[0]).end),
    issuer,
    locality: subject.readLocality(doc, issuer, head),
    unit,
    otherUnits,
    year: subject.readYear(doc, title, programme),
    programme,
    ...subject.readMandate(references.citations, references.list, title, preamble.to > 0 ? preamble : closing),
    references: references.list,
    strengths: sections.items.strengths.map(plain),
    limitations: sections.items.limitations.map(plain),
    causes: sections.items.causes.map(plain),
    directions: readDirections(doc, sections.items.directions),
    figures: inZone(doc, 'body').flatMap((p) => (p.from < preamble.to ? [] : figuresIn(doc, p.start, p.end))),
    closing: closing.to > 0 ? passage(doc, closing.from, closing.to) : undefined,
    signer: tail.signer,
    recipients: tail.recipients,
    officeCodes: tail.officeCodes,
  };
}

const plain = ({ from: _from, to: _to, ...item }: PlacedItem): Item => item;

function kindOf(doc: Doc): ReturnType<typeof passage> {
  const from = inZone(doc, 'kind')[0]?.from ?? 0;
  return passage(doc, from, from + 'THÔNG BÁO'.length);
}
