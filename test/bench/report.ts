export interface Line {
  what: string;
  /** bare and giamsat, or one figure */
  figures: number[];
  ratio?: number;
  atLeast?: number;
  atMost?: number;
}

const holds = ({ ratio = NaN, atLeast, atMost }: Line): boolean =>
  (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost);
const isTarget = ({ atLeast, atMost }: Line): boolean => (atLeast ?? atMost) !== undefined;
const short = (n: number): string => (Number.isInteger(n) ? `${n}` : n.toFixed(n < 10 ? 2 : 1));

/** Prints one line a figure; true when every target holds. */
export function report(lines: Line[]): boolean {
  for (const line of lines) {
    const { what, figures, ratio, atLeast, atMost } = line;
    const target = atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
    const verdict = isTarget(line) ? `${holds(line) ? 'ok    ' : 'MISSED'} ${target.padEnd(8)}` : ''.padEnd(15);
    const value = ratio === undefined ? '' : short(ratio);
    console.log(`${verdict} ${value.padStart(7)}  ${what} (${figures.map(short).join(' / ')})`);
  }
  return lines.filter(isTarget).every(holds);
}
