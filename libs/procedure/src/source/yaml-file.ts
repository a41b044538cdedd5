import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Words } from '../calendar/source.js';

export type Path = (string | number)[];

/** One mistake in a file: where it is (line and column from 1) and what would be right. */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  field: string;
  message: Words;
}

/** Every mistake of a file at once; the message has one line for each. */
export class FileProblems extends Error {
  constructor(readonly problems: FileProblem[]) {
    super(
      problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.field}: ${p.message.vi} / ${p.message.en}`).join('\n'),
    );
    this.name = 'FileProblems';
  }
}

/** A file's text and the name it is reported under. */
export interface NamedText {
  text: string;
  file: string;
}

/**
 * A YAML text laid over another one: maps are merged key by key, everything else replaces what lies below, and `~` takes
 * a key away. It knows in which file and where each field stands, and gathers every problem found.
 */
export class LayeredYaml {
  readonly value: unknown;
  private readonly problems: FileProblem[] = [];
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(
    private readonly source: NamedText,
    private readonly below?: LayeredYaml,
  ) {
    this.document = parseDocument(source.text, { lineCounter: this.lines, prettyErrors: false });
    for (const { pos, message } of this.document.errors) {
      this.add(pos[0], '-', { vi: `YAML sai cú pháp: ${message}`, en: `YAML syntax: ${message}` });
    }
    // After a syntax error the rest would only be consequences of it.
    this.throwIfAny();
    const own = this.plain();
    this.value = below ? laidOver(below.value, own) : own;
  }

  private plain(): unknown {
    try {
      return this.document.toJS();
    } catch (error) {
      // an alias without its anchor, or too many of them
      this.add(0, '-', { vi: `YAML sai cú pháp: ${String(error)}`, en: `YAML syntax: ${String(error)}` });
      return this.throwIfAny();
    }
  }

  /** The parsed value, or undefined after noting every issue. */
  check<T>(schema: z.ZodType<T>, value: unknown, at: Path = []): T | undefined {
    const vi = schema.safeParse(value, { error: missingOr('còn thiếu', z.locales.vi().localeError) });
    if (vi.success) return vi.data;
    const en = schema.safeParse(value, { error: missingOr('is missing', z.locales.en().localeError) });
    const inEnglish = nearest(en.error?.issues ?? []);
    nearest(vi.error.issues).forEach((issue, i) => {
      const path = [...at, ...(issue.path as Path)];
      const own = issue.code === 'custom' ? (issue.params?.words as Words | undefined) : undefined;
      const message = own ?? { vi: issue.message, en: inEnglish[i]?.message ?? issue.message };
      if (issue.code !== 'unrecognized_keys') return this.problem(path, message);
      for (const key of issue.keys) this.problem([...path, key], NO_FIELD, true);
    });
    return undefined;
  }

  problem(path: Path, message: Words, atKey = false): void {
    const owner = this.ownerOf(path);
    const field = path.join('.');
    const known = this.problems.some((problem) => problem.field === field && problem.message.en === message.en);
    if (!known) this.problems.push(owner.placed(owner.offset(path, atKey), field || '-', message));
  }

  /** Throws `FileProblems` with all that was noted, in the order of the file. */
  throwIfAny(): void {
    if (this.problems.length === 0) return;
    const inOrder = (a: FileProblem, b: FileProblem): number => a.line - b.line || a.column - b.column;
    throw new FileProblems(this.problems.toSorted((a, b) => a.file.localeCompare(b.file) || inOrder(a, b)));
  }

  /** `value` as it was checked: when a check has failed, its problems are there. */
  orThrow<T>(value: T | undefined): T {
    this.throwIfAny();
    return value!;
  }

  /** The layer in which the field, or what is nearest around it, was written. */
  private ownerOf(path: Path): LayeredYaml {
    if (!this.below || path.length === 0 || this.document.hasIn(path)) return this;
    if (this.below.hasIn(path)) return this.below;
    return this.ownerOf(path.slice(0, -1));
  }

  private hasIn(path: Path): boolean {
    return this.document.hasIn(path) || (this.below?.hasIn(path) ?? false);
  }

  private offset(path: Path, atKey: boolean): number {
    const parent = path.length > 0 ? this.document.getIn(path.slice(0, -1), true) : undefined;
    if (atKey && isMap(parent)) {
      const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
      if (isScalar(key) && key.range) return key.range[0];
    }
    const node = this.document.getIn(path, true) as Node | undefined;
    if (node?.range) return node.range[0];
    return path.length > 0 ? this.offset(path.slice(0, -1), true) : 0;
  }

  private add(offset: number, field: string, message: Words): void {
    this.problems.push(this.placed(offset, field, message));
  }

  private placed(offset: number, field: string, message: Words): FileProblem {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.source.file, line: Math.max(line, 1), column: Math.max(col, 1), field, message };
  }
}

const NO_FIELD: Words = { vi: 'không có mục này', en: 'there is no such field' };

const missingOr =
  (missing: string, locale: z.core.$ZodErrorMap): z.core.$ZodErrorMap =>
  (issue) =>
    issue.input === undefined ? missing : locale(issue);

/** Where several forms are possible, the mistakes of the form that was most nearly met. */
function nearest(issues: z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const weight = (branch: z.core.$ZodIssue[]): number => branch.length - (branch[0]?.code === 'custom' ? 0.5 : 0);
    const best = issue.errors.reduce((a, b) => (weight(b) < weight(a) ? b : a));
    return nearest(best).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function laidOver(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === null) delete merged[key];
    else merged[key] = laidOver(below[key], value);
  }
  return merged;
}
