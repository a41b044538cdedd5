import type { IncomingMessage } from 'node:http';
import { PREFIX, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import type { SecurityHeadersOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory, Reflector } from '@nestjs/core';
import { ScopedDatabase } from '@giamsat/database';
import type { NextFunction, Request } from 'express';
import { isSecure } from './accounts/sessions.js';
import { SignInTurns } from './accounts/turns.js';
import { ApiModule, type Surroundings } from './api.module.js';
import { asksSigners } from './config.js';
import { AnswerInterceptor } from './http/answer.interceptor.js';
import { checkDoors } from './http/check-doors.js';
import { isCodecPage, openToCodecPages } from './http/codec-origin.js';
import { Doorkeeper } from './http/doorkeeper.js';
import { inContext } from './http/in-context.js';
import { serveDocs } from './http/openapi.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RefusalInterceptor } from './http/refusal.interceptor.js';
import { createLog, requestLog } from './http/request-log.js';
import { Rights } from './rights/rights.js';

/** The largest body is a campaign of five thousand subjects. */
const BODY_LIMIT = '2mb';
/** Of somebody who has not said who he is: a login and a password. */
const STRANGERS_LIMIT = '8kb';

/** Answers are data: they may load nothing and stand in no frame. The one page there is has a policy of its own. */
const HEADERS: SecurityHeadersOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: "'none'", frameAncestors: "'none'" } },
  xFrameOptions: { action: 'deny' },
};

const isJson = ({ headers }: IncomingMessage): boolean => /^application\/json\b/i.test(headers['content-type'] ?? '');
const STRANGERS = Object.values<RouteSpec>(ROUTES).flatMap(({ access, path }) =>
  access === 'everybody' ? PREFIX + path : [],
);
const isOfStranger = ({ url = '' }: IncomingMessage): boolean => STRANGERS.includes(url.split('?')[0]!);

/** A sign-in that will find the queue full is sent away before anything is done for it: a flood is mostly those. */
const sparingly =
  (turns: SignInTurns) =>
  ({ method, url }: IncomingMessage, _: unknown, next: NextFunction): void => {
    if (method === ROUTES.login.method && url === '/') turns.refuseWhenFull();
    next();
  };

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
  app.set('trust proxy', around.config.GIAMSAT_TRUSTED_PROXIES ?? false);
  app.useSecurityHeaders(HEADERS);
  openToCodecPages(app, around.config);
  app.enableCsrfProtection({ exclude: (request: Request) => isCodecPage(around.config, request) });
  app.use(PREFIX + ROUTES.login.path, sparingly(app.get(SignInTurns)));
  app.useBodyParser('json', { limit: STRANGERS_LIMIT, type: (message) => isJson(message) && isOfStranger(message) });
  app.useBodyParser('json', { limit: BODY_LIMIT, type: isJson });
  // After the body has been read: its events would lose the context.
  app.use(inContext(app.get(ScopedDatabase), app.get(Rights)));
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(app.get(Doorkeeper));
  app.useGlobalInterceptors(new AnswerInterceptor(app.get(Reflector)), app.get(RefusalInterceptor));
  serveDocs(app);
  checkDoors(app);
  log.info(
    { secondFactor: asksSigners(around.config) ? 'signers' : 'off', secureCookies: isSecure(around.config) },
    'rules',
  );
  return app;
}
