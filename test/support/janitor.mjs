// Reads process-group ids, one a line; when its input closes the test run is over or dead, so it ends those groups and removes
// the folder named by its argument.
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

process.on('SIGINT', () => undefined);
const groups = [];
for await (const line of createInterface({ input: process.stdin })) groups.push(Number(line));
for (const group of groups) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
await rm(process.argv[2], { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
