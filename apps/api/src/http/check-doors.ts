import { type RouteName, ROUTES } from '@giamsat/contracts/http';
import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE, UNGUARDED } from './serves.js';

/** Key under which Nest keeps the path of a handler. */
const PATH = 'path';

/** A door without a policy does not boot, nor does a table with a route that nobody serves. */
export function checkDoors(app: INestApplication): void {
  const scanner = app.get(MetadataScanner);
  const served = new Set<RouteName>();
  const open: string[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService).getControllers()) {
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name] as object;
      if (!Reflect.hasMetadata(PATH, handler)) continue;
      const route = Reflect.getMetadata(ROUTE, handler) as RouteName | undefined;
      if (route) served.add(route);
      else if (!Reflect.hasMetadata(UNGUARDED, handler)) open.push(`${metatype?.name}.${name}`);
    }
  }
  const missing = (Object.keys(ROUTES) as RouteName[]).filter((name) => !served.has(name));
  if (open.length > 0) throw new Error(`Doors without a policy: ${open.join(', ')}`);
  if (missing.length > 0) throw new Error(`Routes that nobody serves: ${missing.join(', ')}`);
}
