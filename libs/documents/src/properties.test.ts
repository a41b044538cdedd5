import fc from 'fast-check';
import { ADVERSARIES } from './fixtures/adversaries.js';
import { fixtureText, readable, seedText } from './fixtures/fixtures.js';
import { isRefusal, readNotice, readNoticeText, type NoticeReading, type Span } from './index.js';

const NOTICES = ['clean', 'twin', 'wrong-recipient', 'merged-causes', 'no-causes', 'commune', 'member'].map(
  fixtureText,
);
const texts = [...NOTICES, ...[seedText()].flatMap((text) => text ?? [])];

/** All spans anywhere in a reading. */
function spansIn(value: unknown): Span[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value ? [value as Span] : [];
  return [...own, ...Object.values(value).flatMap(spansIn)];
}

function expectSound(reading: NoticeReading): void {
  const { text } = reading.source;
  for (const { start, end } of spansIn([reading.notice, reading.findings])) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  for (const { symbol, spans, date } of reading.notice.references) {
    for (const { start, end } of spans)
      expect(text.slice(start, end).replace(/[\s*–\\_\u200B]/g, '')).toBe(symbol.replace(/\s/g, ''));
    if (date) expect(text.slice(date.span.start, date.span.end)).toContain(String(Number(date.iso.slice(0, 4))));
  }
}

const shape = (text: string) => {
  const { notice: n, findings } = readable(text);
  return {
    counts: [n.strengths, n.limitations, n.causes, n.directions, n.references, n.figures, n.recipients].map(
      (list) => list.length,
    ),
    dates: n.references.map(({ symbol, date }) => [symbol, date?.iso]),
    found: findings.map(({ code, spans }) => [code, spans.length]),
  };
};

/** Pieces of notices in any order: likelier to reach deep than letters at random. */
const shreds = fc
  .array(
    fc.oneof(
      fc.constantFrom(...texts.flatMap((text) => text.split(/(?<=\n)|(?<= )/))),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    {
      maxLength: 120,
    },
  )
  .map((parts) =>
    `THÔNG BÁO kết luận giám sát đối với Huyện ủy X\n\nI. ƯU ĐIỂM\n- ${parts.join('')}`.replace(/mật/gi, 'mat'),
  );

describe('whatever the text', () => {
  it('nothing is thrown, and every place is inside the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), shreds), (text) => {
        const result = readNoticeText(text);
        if (!isRefusal(result)) expectSound(result);
      }),
      { numRuns: 400 },
    );
  });

  it('random bytes are refused under any name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('a.txt', 'a.md', 'a.docx', 'a.doc'),
        async (bytes, fileName) => {
          expect(isRefusal(await readNotice({ fileName, bytes }))).toBe(true);
        },
      ),
    );
  });

  it.each(ADVERSARIES)('a long text of %s comes to an end', (_name, text) => {
    const result = readNoticeText(text);
    if (!isRefusal(result)) expect(result.source.text.length).toBeGreaterThan(0);
  });
});

describe.each(texts.map((text, i) => [i, text] as const))('the notice %i', (_i, text) => {
  it('is sound', () => expectSound(readable(text)));

  it('reads the same decomposed, with CRLF, and with a byte order mark', () => {
    expect(shape(text.normalize('NFD'))).toEqual(shape(text));
    expect(shape(`\uFEFF${text.replace(/\n/g, '\r\n')}`)).toEqual(shape(text));
  });

  it('reads the same with tones in either placement, anywhere', () => {
    const places = [...text.matchAll(/[òóỏõọ][ae]|[ùúủũụ]y|o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]|U[ỲÝỶ]|[ÙÚỦ]Y|O[ÀÁ]|[ÒÓ]A/g)].map(
      (m) => m.index,
    );
    fc.assert(
      fc.property(fc.subarray(places), (chosen) => {
        const letters = [...text];
        for (const at of chosen) [letters[at], letters[at + 1]] = swapTone(text.charAt(at), text.charAt(at + 1));
        expect(shape(letters.join(''))).toEqual(shape(text));
      }),
      { numRuns: 20 },
    );
  });
});

function swapTone(first: string, second: string): [string, string] {
  const [a = '', b = ''] = [first.normalize('NFD'), second.normalize('NFD')];
  return [(a.charAt(0) + b.slice(1)).normalize('NFC'), (b.charAt(0) + a.slice(1)).normalize('NFC')];
}
