import { Attester } from '@giamsat/contracts/attest';
import { clientOver, Commander, connectionOptions } from '@giamsat/contracts/temporal';
import { openDatabase } from '@giamsat/database';
import { createMailer, type Mailer } from '@giamsat/notify';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { DeliveryActivity } from './delivery/delivery.activities.js';
import { EndReporter } from './delivery/end-reporter.js';
import { Health } from './health.js';
import { FanOut } from './launch/fan-out.js';
import { LaunchActivity } from './launch/launch.activities.js';
import { createLog, sdkLogger } from './log.js';
import { StreamActivity } from './stream/stream.activities.js';
import { Waker } from './stream/waker.js';
import { TemporalWorker } from './temporal-worker.js';
import { CONFIG, CONNECTION, DATABASE, LOG, MAILER, TEMPORAL } from './tokens.js';
import { Watchdog } from './watch/watchdog.js';

@Module({})
export class WorkerModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONNECTION) private readonly connection: NativeConnection,
    @Inject(MAILER) private readonly mailer: Mailer,
  ) {}

  static with(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOG, useValue: createLog(config.GIAMSAT_LOG_LEVEL) },
        {
          provide: DATABASE,
          useFactory: () =>
            openDatabase({
              url: config.DATABASE_URL_ENGINE,
              poolSize: config.GIAMSAT_ACTIVITIES,
              name: 'giamsat-worker',
            }),
        },
        {
          provide: CONNECTION,
          useFactory: (log: Logger) => {
            Runtime.install({ shutdownSignals: [], logger: sdkLogger(log) });
            return NativeConnection.connect(connectionOptions(config));
          },
          inject: [LOG],
        },
        {
          provide: TEMPORAL,
          useFactory: (connection: NativeConnection) => clientOver(connection, config),
          inject: [CONNECTION],
        },
        {
          provide: Commander,
          useFactory: (client: Client) => new Commander(client, new Attester(config.GIAMSAT_ATTEST_KEY)),
          inject: [TEMPORAL],
        },
        {
          provide: MAILER,
          useFactory: () =>
            createMailer({
              from: config.GIAMSAT_MAIL_FROM,
              smtpUrl: config.SMTP_URL,
              directory: config.GIAMSAT_MAIL_DIR,
            }),
        },
        Waker,
        StreamActivity,
        EndReporter,
        FanOut,
        LaunchActivity,
        DeliveryActivity,
        TemporalWorker,
        Watchdog,
        Health,
      ],
    };
  }

  /** Last of all: the worker has drained by now (`onModuleDestroy` comes first). */
  async onApplicationShutdown(): Promise<void> {
    this.mailer.close();
    await this.connection.close();
    await this.database.destroy();
  }
}
