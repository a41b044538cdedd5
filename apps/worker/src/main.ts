import 'reflect-metadata';
import './heap.js';
import { NestFactory } from '@nestjs/core';
import { readConfig } from './config.js';
import { WorkerModule } from './worker.module.js';

try {
  const config = readConfig(process.env);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: false,
    abortOnError: false,
  });
  app.enableShutdownHooks();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
