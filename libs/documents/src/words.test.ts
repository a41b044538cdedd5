import { fixtureText, readable, readFixture } from './fixtures/fixtures.js';
import { findingWords, placeOf, sayFinding } from './index.js';

describe('words for findings', () => {
  const readings = ['twin', 'wrong-recipient', 'merged-causes', 'no-causes', 'member'].map((name) => readFixture(name));

  it('say each in both languages, with nothing left to fill in', () => {
    for (const { findings, source } of readings)
      for (const finding of findings)
        for (const language of ['vi', 'en'] as const) {
          const said = sayFinding(finding, language, source.text);
          expect(said).not.toMatch(/[{}]|\[|“”|\(\)|undefined/);
          expect(said).toMatch(/[.?]$/);
        }
  });

  it('never put words of the paper into what may be recorded', () => {
    const params = readings.flatMap(({ findings }) => findings.flatMap((f) => Object.values(f.params)));
    for (const value of params) expect(String(value)).toMatch(/^[\p{L}\p{N}/.,-]+(?:, [\p{L}]+)*$/u);
  });

  it('offer both readings of an ambiguous slip', () => {
    const finding = readings[0]?.findings.find(({ suggestions }) => suggestions.length > 1);
    if (!finding) throw new Error('no question');
    expect(sayFinding(finding, 'vi', fixtureText('twin'))).toBe('Có thể sai chính tả: “TTVT” → “TTTU” hay “TVTU”.');
  });

  it('exist for every code in both languages', () => {
    for (const { vi, en } of Object.values(findingWords))
      expect([vi, en].every((words) => words.length > 10)).toBe(true);
  });
});

describe('a place', () => {
  it('is a line and a column from 1', () => {
    const { source, notice } = readable(fixtureText('merged-causes'));
    expect(placeOf(source.text, 0)).toEqual({ line: 1, column: 1 });
    expect(placeOf(source.text, notice.unit?.span.start ?? 0)).toEqual({ line: 9, column: 9 });
  });
});
