import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory, Reflector } from '@nestjs/core';
import { ApiModule, type Surroundings } from './api.module.js';
import { AnswerInterceptor } from './http/answer.interceptor.js';
import { checkDoors } from './http/check-doors.js';
import { Doorkeeper } from './http/doorkeeper.js';
import { serveDocs } from './http/openapi.js';
import { ProblemFilter } from './http/problem.filter.js';
import { createLog, requestLog } from './http/request-log.js';

/** The largest body is a campaign of five thousand subjects. */
const BODY_LIMIT = '2mb';

/** The application, ready to listen. Closing it leaves database and Temporal open. */
export async function createApi(around: Surroundings): Promise<NestExpressApplication> {
  const log = createLog(around.config.GIAMSAT_LOG_LEVEL);
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.on(around), {
    logger: false,
    bodyParser: false,
    abortOnError: false,
    return503OnClosing: true,
    routeConflictPolicy: { duplicate: 'error' },
    routeResolutionStrategy: 'specificity',
  });
  app.use(requestLog(log));
  app.useSecurityHeaders({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  app.enableCsrfProtection();
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(app.get(Doorkeeper));
  app.useGlobalInterceptors(new AnswerInterceptor(app.get(Reflector)));
  serveDocs(app);
  checkDoors(app);
  return app;
}
