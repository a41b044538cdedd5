// Writes the compiled form of every shipped procedure that has none yet: `npm run release -w @giamsat/procedure`.
// What is there is never written again: cases that run are pinned to it.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { procedureLibrary } from '@giamsat/procedure/source';

for (const { compiled } of procedureLibrary().listProcedures()) {
  const name = `${compiled.id}@${compiled.version}.json`;
  const path = join(import.meta.dirname, 'src', 'released', name);
  if (existsSync(path)) continue;
  writeFileSync(path, `${JSON.stringify(compiled)}\n`);
  console.log(`${name}: ${compiled.hash}`);
}
