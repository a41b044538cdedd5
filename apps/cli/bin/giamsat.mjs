#!/usr/bin/env node
// Thin on purpose: the link that npm makes must exist before anything is built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(fileURLToPath(main))) {
  console.error('giamsat chưa được dựng: hãy chạy npm run build · not built yet: run npm run build');
  process.exit(4);
}
await import(main.href);
