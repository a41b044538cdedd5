import 'reflect-metadata';
import { createIo } from './cli/io.js';
import { run } from './cli/program.js';

// a reader that has seen enough (`| head`) is no fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const write = { out: (text: string) => console.log(text), err: (text: string) => console.error(text) };
process.exitCode = await run(
  process.argv.slice(2),
  createIo(process.env, write, process.stdin.isTTY && process.stdout.isTTY),
);
