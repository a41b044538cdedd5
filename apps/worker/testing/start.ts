import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '../src/config.js';
import { WorkerModule } from '../src/worker.module.js';

/** The worker with the settings a process would get. Whoever starts it closes it, before its world. */
export function startWorker({
  environment,
}: {
  environment: Record<string, string>;
}): Promise<INestApplicationContext> {
  const module = WorkerModule.with(readConfig({ ...environment, GIAMSAT_WORKER_PORT: '0' }));
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}
