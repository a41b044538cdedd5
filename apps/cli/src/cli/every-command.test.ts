import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createIo } from './io.js';
import { program } from './program.js';
import { giamsat } from './testing.js';

const silent = { out: () => undefined, err: () => undefined };
const root = program(createIo({}, silent, false));
const leaves = (command: Command, path: string[]): [string, Command][] =>
  command.commands.length === 0
    ? [[path.join(' '), command]]
    : command.commands.flatMap((each) => leaves(each, [...path, each.name()]));
const commands = leaves(root, []);

/** As it is typed, with something in every place that asks for it. */
const filled = (path: string, { registeredArguments, options }: Command): string[] => [
  ...path.split(' '),
  ...registeredArguments.flatMap(({ required }) => (required ? ['x'] : [])),
  ...options.flatMap(({ mandatory, long, argChoices }) => (mandatory ? [long!, argChoices?.[0] ?? 'x'] : [])),
];

describe('every command', () => {
  const before = process.cwd();
  let home: string;
  let env: Record<string, string>;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'cli-every-'));
    // What writes a file by default writes it here.
    process.chdir(home);
    env = { GIAMSAT_HOME: home, GIAMSAT_API: 'http://127.0.0.1:1', GIAMSAT_TOKEN: 'none' };
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(home, { recursive: true, force: true });
  });

  it('is there', () => expect(commands.length).toBeGreaterThan(40));

  it.each(commands)('%s: help in both languages, with an example of its own and --json', async (path) => {
    const helps: string[] = [];
    for (const [lang, heading] of [
      ['vi', 'Ví dụ:'],
      ['en', 'Examples:'],
    ] as const) {
      const { code, out, err } = await giamsat([...path.split(' '), '--help', '--lang', lang], env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const [help = '', examples = ''] = out.split(heading);
      expect(examples).toContain(`\n  giamsat ${path}`);
      expect(help).toContain('--json');
      helps.push(help.split('\n')[2] ?? '');
    }
    expect(new Set(helps.filter(Boolean)).size).toBe(2);
  });

  it.each(commands)('%s: with --json nothing but JSON on stdout, however it ends', async (path, command) => {
    for (const line of [filled(path, command), [...path.split(' '), '--no-such-option']]) {
      const { code, out } = await giamsat([...line, '--json'], env);
      expect(() => JSON.parse(out) as unknown).not.toThrow();
      if (line.includes('--no-such-option')) expect(code).toBe(2);
    }
  });

  it.each(commands)('%s: answers wrong usage with one sentence that names the help', async (path) => {
    const { code, out, err } = await giamsat([...path.split(' '), '--no-such-option', '--lang', 'en'], env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(`See: giamsat ${path} --help`);
  });

  it('takes a day as people write it, and refuses one that is none by the name of its option', async () => {
    const dated = commands.flatMap(([path, command]) =>
      command.options.flatMap(({ flags, long }) => (flags.includes('date>') ? [{ path, command, long: long! }] : [])),
    );
    expect(dated.length).toBeGreaterThan(15);
    for (const { path, command, long } of dated) {
      const rest = filled(path, command).filter((each, i, all) => each !== long && all[i - 1] !== long);
      const tried = async (date: string) => giamsat([...rest, long, date, '--lang', 'vi'], env);
      for (const wrong of ['31/02/2026', '2026-13-01', 'mai'])
        expect(await tried(wrong)).toEqual({
          code: 2,
          out: '',
          err: expect.stringContaining(`${long} ${wrong}: không phải ngày có thật; viết 05/03/2026`) as never,
        });
      for (const right of ['5/3/2026', '05-03-2026', '2026-03-05'])
        expect((await tried(right)).err).not.toContain('không phải ngày');
    }
  });

  it('shows each group with what belongs to it when no command is named', async () => {
    for (const group of root.commands.filter((each) => each.commands.length > 0)) {
      const { code, err } = await giamsat([group.name()], env);
      expect(code).toBe(2);
      for (const each of group.commands) expect(err).toContain(each.name());
    }
  });
});
