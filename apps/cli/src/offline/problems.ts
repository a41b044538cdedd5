import type { FileProblems } from '@giamsat/procedure/source';

/** Every mistake of a file: where it is, what is wrong, what would be right. */
export const problemLines = ({ problems }: FileProblems): string[] =>
  problems.map(
    ({ file, line, column, field, message }) => `  ${file}:${line}:${column} ${field}: ${message.vi} · ${message.en}`,
  );
