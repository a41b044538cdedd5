import { ScopedDatabase } from '@giamsat/database';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Engine } from '../commands/engine.js';
import { Unguarded } from '../http/serves.js';

const LIMIT_MS = 2_000;

/** For whoever keeps the process running: no session, and nothing about anybody in the answer. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly engine: Engine,
  ) {}

  /** The process answers. */
  @Get('healthz')
  @Unguarded('asked by whoever keeps the process running, says nothing of cases')
  health(): object {
    return { status: 'ok' };
  }

  /** What it needs answers too. */
  @Get('readyz')
  @Unguarded('asked by whoever keeps the process running, says nothing of cases')
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const [postgres, temporal] = await Promise.all([
      answers(this.database.query('SELECT 1')),
      answers(this.engine.check()),
    ]);
    response.status(postgres && temporal ? 200 : 503);
    return { status: postgres && temporal ? 'ready' : 'waiting', postgres, temporal };
  }
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), LIMIT_MS)));
  try {
    return await Promise.race([question.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
