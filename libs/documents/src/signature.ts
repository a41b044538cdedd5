import { bodiesIn, withNameTo } from './bodies.js';
import { inZone, passage, type Doc, type Paragraph } from './doc.js';
import { SIGNATURE_MARK } from './layout.js';
import type { Passage, Recipient, Signer } from './types.js';

export interface Tail {
  readonly signer: Signer;
  readonly recipients: readonly Recipient[];
  readonly recipientsFrom?: number;
  readonly officeCodes: readonly Passage[];
  /** The state's way of writing the mark ("TM." for "T/M"). */
  readonly foreignMark?: Passage;
}

const OFFICE =
  /^(?:pho |q\. ?|quyen )?(?:bi thu|chu nhiem|chanh van phong|truong ban|vien truong|chu tich|pho chanh van phong|truong doan|uy vien)/;
const SIGNED = /^\(? ?(?:da ky|ky ten|dau|da ky, dong dau)/;
const PERSON = /^\p{Lu}\p{L}*(?: \p{Lu}[\p{L}.]*){1,5}$/u;
const OFFICE_CODE = /^[\p{Lu}.]*VP[\p{Lu}]*[-–/][\p{Lu}\p{N},.;-]*$/u;

/** What stands below the text: recipients at the left, authority, office and name at the right; in either order. */
export function readTail(doc: Doc): Tail {
  const lines = inZone(doc, 'tail');
  const signing = lines.findIndex((p) => SIGNATURE_MARK.test(doc.key.slice(p.from, p.end)));
  const listing = lines.findIndex((p) => /^noi nhan/.test(doc.bare.slice(p.from, p.end)));
  const end = (at: number, other: number): number => (other > at ? other : lines.length);
  const list = listing < 0 ? [] : lines.slice(listing + 1, end(listing, signing));
  const recipients = readRecipients(doc, list);
  return {
    ...(signing < 0 ? { signer: {} } : readSigner(doc, lines.slice(signing, end(signing, listing)))),
    recipients,
    ...(listing >= 0 && { recipientsFrom: (lines[listing] as Paragraph).from }),
    officeCodes: recipients.filter((r) => OFFICE_CODE.test(r.text)).map(({ text, span }) => ({ text, span })),
  };
}

function readRecipients(doc: Doc, lines: readonly Paragraph[]): Recipient[] {
  const entries: { start: number; end: number }[] = [];
  for (const [index, p] of lines.entries()) {
    const previous = lines[index - 1];
    const open = previous !== undefined && !p.marker && !/[,;.]$/.test(doc.text.slice(previous.from, previous.end));
    const last = entries.at(-1);
    if (open && last) last.end = p.end;
    else entries.push({ start: p.start, end: p.end });
  }
  return entries.map(({ start, end }) => {
    const text = doc.text.slice(start, end);
    const stop = end - (/[ ,;.]+$/.exec(text.slice(-4))?.[0].length ?? 0);
    const [first, second] = bodiesIn(doc, start, stop);
    const body = first && withNameTo(doc, first, second ? first.to : stop).body;
    return { ...passage(doc, start, stop), ...(body && { body }) };
  });
}

const MARKS: Readonly<Record<string, NonNullable<Signer['capacity']>['mark']>> = {
  TM: 'T/M',
  THAYMẶT: 'T/M',
  KT: 'K/T',
  TL: 'T/L',
  Q: 'Q.',
};

function readSigner(doc: Doc, lines: readonly Paragraph[]): { signer: Signer; foreignMark?: Passage } {
  const [first] = lines as [Paragraph];
  const printed = SIGNATURE_MARK.exec(doc.key.slice(first.from, first.end))?.[1] ?? '';
  const mark = MARKS[printed.replace(/[ /.]/g, '')] ?? 'T/M';
  const capacity = { ...passage(doc, first.from, first.end), mark };
  const rest = lines.slice(1);
  const office = rest.find((p) => OFFICE.test(doc.bare.slice(p.from, p.end)));
  const name = rest.findLast((p) => p !== office && isPerson(doc, p));
  const foreign = /^(?:TM|KT|TL)\.$/.test(printed)
    ? { foreignMark: passage(doc, first.from, first.from + printed.length) }
    : {};
  return {
    signer: {
      capacity,
      ...(office && { office: passage(doc, office.from, office.end) }),
      ...(name && { name: passage(doc, name.from, name.end) }),
    },
    ...foreign,
  };
}

function isPerson(doc: Doc, p: Paragraph): boolean {
  const bare = doc.bare.slice(p.from, p.end);
  return !SIGNED.test(bare) && !OFFICE.test(bare) && p.end - p.from <= 60 && PERSON.test(doc.key.slice(p.from, p.end));
}
