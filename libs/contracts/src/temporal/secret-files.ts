import { readFileSync } from 'node:fs';

/**
 * The settings a process was given, empty ones left out. A secret may lie in a file instead: `NAME_FILE` is read for `NAME`,
 * so that no secret need stand in an environment that other programs can list.
 * @throws Error naming the variable, when both are given or the file cannot be read
 */
export function settingsFrom(
  environment: Record<string, string | undefined>,
  secrets: readonly string[],
): Record<string, string> {
  const given = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  for (const name of secrets) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined)
      throw new Error(`${name}: đặt biến này hoặc ${name}_FILE / set this or ${name}_FILE`);
    given[name] = contentOf(`${name}_FILE`, file);
  }
  return given;
}

function contentOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`${variable}: không đọc được tệp / the file cannot be read`);
  }
}
