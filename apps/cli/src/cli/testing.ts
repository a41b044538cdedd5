import { createIo } from './io.js';
import { run } from './program.js';

/** A command as a script would run it: what it printed and how it ended. */
export async function giamsat(
  line: string | string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const io = createIo(
    env,
    { out: (text) => void (printed.out += `${text}\n`), err: (text) => void (printed.err += `${text}\n`) },
    false,
  );
  const code = await run(Array.isArray(line) ? line : line.split(' '), io);
  return { code, ...printed };
}
