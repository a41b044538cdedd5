import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isBroken } from '@giamsat/contracts/temporal';
import { testEnv } from '../../test/support/index.js';
import { bundleWorkflows } from '../bundle.mjs';
import { MemoryLedger } from '../testing/memory-ledger.js';
import { createRig, finding, give, STUB_CORE } from '../testing/rig.js';

it('a workflow that cannot be followed is told from one that nobody serves just now', async () => {
  const { temporalAddress: address, namespace } = testEnv();
  const rig = await createRig({ address, namespace }, STUB_CORE);
  const ledger = new MemoryLedger();
  const handle = await rig.startStream({ id: randomUUID() });
  const broken = () => handle.describe().then((found) => isBroken(rig.client, found));
  const stop = await rig.startWorker(ledger);
  await give(handle, finding('f1'));
  expect(await broken()).toBe(false);
  await stop();
  expect(await broken()).toBe(false);
  const workflowsPath = fileURLToPath(new URL('../testing/other-case.ts', import.meta.url));
  await rig.startWorker(ledger, { workflowBundle: await bundleWorkflows({ workflowsPath, preload: [] }) });
  expect(await broken()).toBe(true);
  await rig.close();
}, 60_000);
