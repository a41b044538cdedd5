import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { TemporalWorker } from './temporal-worker.js';
import { CONFIG, DATABASE } from './tokens.js';

/** GET /healthz: the process lives. GET /readyz: it works: 200, or 503. Nothing else is told. */
@Injectable()
export class Health implements OnApplicationBootstrap, OnModuleDestroy {
  private server: Server | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly worker: TemporalWorker,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const port = this.config.GIAMSAT_WORKER_PORT;
    if (port === undefined) return;
    this.server = createServer((request, response) => {
      const ready =
        request.url === '/healthz'
          ? Promise.resolve(true)
          : request.url === '/readyz'
            ? this.isReady()
            : Promise.resolve(null);
      void ready.then((answer) => response.writeHead(answer === null ? 404 : answer ? 200 : 503).end());
    });
    await new Promise<void>((resolve, reject) => this.server!.once('error', reject).listen(port, resolve));
  }

  get port(): number | undefined {
    return (this.server?.address() as AddressInfo | null)?.port;
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private async isReady(): Promise<boolean> {
    return (
      this.worker.state === 'RUNNING' &&
      (await this.database.query('SELECT 1').then(
        () => true,
        () => false,
      ))
    );
  }
}
