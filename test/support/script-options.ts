import { Command, InvalidArgumentError, Option } from 'commander';

/** One of the long scripts. Its options are added; a wrong one is named, with what there is, and ends it with code 2. */
export const script = (name: string): Command =>
  new Command(`npm run ${name} --`)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

/** Reads an option. */
export function aboveZero(given: string): number {
  const n = Number(given);
  if (!Number.isFinite(n) || n <= 0) throw new InvalidArgumentError('It is a number above 0.');
  return n;
}

/** What a run that is repeated is given; any by itself. */
export const seed = (about: string): Option =>
  new Option('--seed <n>', about).argParser(aboveZero).default(Date.now() % 100_000, 'any');
