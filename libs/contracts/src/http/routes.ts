import { accountRoutes } from './routes-account.js';
import { campaignRoutes } from './routes-campaign.js';
import { caseRoutes } from './routes-case.js';
import { correctionRoutes } from './routes-correction.js';
import { measureRoutes } from './routes-measure.js';
import { organisationRoutes } from './routes-organisation.js';
import { referenceRoutes } from './routes-reference.js';
import type { RouteSpec } from './route.js';

/** Every route there is. Controllers, OpenAPI, guards, client and command line read this table and nothing else. */
export const ROUTES = {
  ...accountRoutes,
  ...campaignRoutes,
  ...caseRoutes,
  ...correctionRoutes,
  ...measureRoutes,
  ...organisationRoutes,
  ...referenceRoutes,
} as const satisfies Record<string, RouteSpec>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
