import { parseArgs } from 'node:util';

/** One option of a script: a number above 0, one of several words, or a flag. */
type Option =
  | { about: string; number: number }
  | { about: string; flag: true }
  | { about: string; oneOf: readonly string[]; several?: true };
type Value<O extends Option> = O extends { number: number }
  ? number
  : O extends { flag: true }
    ? boolean
    : O extends { several: true; oneOf: readonly (infer W)[] }
      ? W[]
      : O extends { oneOf: readonly (infer W)[] }
        ? W | undefined
        : never;
export type Values<O extends Record<string, Option>> = { [K in keyof O]: Value<O[K]> };

/** What a script was asked, or a text to end with: its help (code 0), or what is wrong with it (code 2). */
export function readOptions<const O extends Record<string, Option>>(
  command: string,
  options: O,
  argv: string[],
): { values: Values<O> } | { text: string; code: 0 | 2 } {
  const known = Object.entries<Option>({ ...options, help: { about: 'says this', flag: true } });
  try {
    const { values } = parseArgs({
      args: argv,
      options: Object.fromEntries(
        known.map(([name, option]) => [
          name,
          { type: 'flag' in option ? ('boolean' as const) : ('string' as const), multiple: 'several' in option },
        ]),
      ),
    });
    if (values.help) return { text: help(command, known), code: 0 };
    return {
      values: Object.fromEntries(known.map(([name, option]) => [name, read(name, option, values[name])])) as never,
    };
  } catch (error) {
    return { text: `${(error as Error).message}\n\n${help(command, known)}`, code: 2 };
  }
}

/** The same for the running script, which ends here with the text if there is one. */
export function scriptOptions<const O extends Record<string, Option>>(command: string, options: O): Values<O> {
  const found = readOptions(command, options, process.argv.slice(2));
  if ('values' in found) return found.values;
  console[found.code === 0 ? 'log' : 'error'](found.text);
  process.exit(found.code);
}

function read(name: string, option: Option, given: unknown): unknown {
  if ('flag' in option) return given === true;
  if ('number' in option) return given === undefined ? option.number : aboveZero(name, String(given));
  const words = ([given ?? []].flat() as string[]).map((word) => {
    if (option.oneOf.includes(word)) return word;
    throw new Error(`--${name} ${word}: one of ${option.oneOf.join(', ')}`);
  });
  return option.several ? words : words[0];
}

function aboveZero(name: string, given: string): number {
  const n = Number(given);
  if (given.trim() === '' || !Number.isFinite(n) || n <= 0) throw new Error(`--${name} ${given}: a number above 0`);
  return n;
}

function help(command: string, options: [string, Option][]): string {
  const lines = options.map(([name, option]) => {
    const word = 'number' in option ? ` N` : 'oneOf' in option ? ' WORD' : '';
    const more =
      'number' in option ? ` (else ${option.number})` : 'oneOf' in option ? `: ${option.oneOf.join(', ')}` : '';
    return `  ${`--${name}${word}`.padEnd(16)} ${option.about}${more}`;
  });
  return [`npm run ${command} [-- options]`, ...lines].join('\n');
}
