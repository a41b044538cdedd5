import { execFile } from 'node:child_process';
import { join } from 'node:path';

const test = join(import.meta.dirname, '..');

/** As `npm run` starts them, which builds first; here nothing is run. */
const asked = (script: string, ...argv: string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((resolve) => {
    const tsx = ['--conditions=source', '--import', import.meta.resolve('tsx')];
    const env = { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: join(test, 'tsconfig.json') };
    execFile(process.execPath, [...tsx, join(test, script, 'main.ts'), ...argv], { env }, (failed, out, error) =>
      resolve({ code: Number(failed?.code ?? 0), out, error }),
    );
  });

describe('the long scripts', () => {
  it.each(['bench', 'chaos', 'fuzz'])('tell what they take: %s', async (script) => {
    const { code, out } = await asked(script, '--help');
    expect(out).toContain(`Usage: npm run ${script} -- [options]`);
    expect(code).toBe(0);
  });

  it.each([
    ['chaos', ['--minutes', '0'], "'0' is invalid. It is a number above 0."],
    ['chaos', ['--plant', 'rose'], "'rose' is invalid. Allowed choices are forget-commands"],
    ['bench', ['--only', 'stairs'], "'stairs' is invalid. Allowed choices are launch, step"],
    ['fuzz', ['--slow'], "unknown option '--slow'"],
    ['bench', ['walls'], 'too many arguments'],
  ])('name what is wrong and do nothing: %s %j', async (script, argv, text) => {
    const { code, out, error } = await asked(script, ...argv);
    expect(error).toContain(text);
    expect(error).toContain(`Usage: npm run ${script} -- [options]`);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
