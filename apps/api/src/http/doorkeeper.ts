import { idempotencyKey, KEY_HEADER, type RouteName, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import { ScopedDatabase } from '@giamsat/database';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { demandProof } from '../accounts/proof.js';
import { Sessions } from '../accounts/sessions.js';
import { Clock } from '../clock.js';
import { Rights } from '../rights/rights.js';
import { CALL, type Call, type CarryingCall, type SignedIn, type Standing } from './call.js';
import { mistakesIn } from './mistakes.js';
import { notFound, ProblemException } from './problem-exception.js';
import { ROUTE } from './serves.js';

/**
 * Stands before every route: who is it, what do they ask for, have they any business here. In this order, so that a
 * stranger learns neither what exists nor what a body should look like.
 */
@Injectable()
export class Doorkeeper implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly rights: Rights,
    private readonly clock: Clock,
    private readonly database: ScopedDatabase,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<RouteName | undefined>(ROUTE, context.getHandler());
    if (!name) return true; // `checkDoors` has seen that it says why.
    const route: RouteSpec = ROUTES[name];
    const request = context.switchToHttp().getRequest<CarryingCall>();
    const who = route.access === 'everybody' ? undefined : await this.known(route, request);
    if (who) this.database.become(this.rights.reader(who.person));
    const params = part(route.params, request.params, 'params');
    const standing = who ? await this.standing(route, who, params as { id?: string } | undefined) : [];
    if (who && route.proof) demandProof(who);
    const call = {
      params,
      query: part(route.query, request.query, 'query'),
      body: bodyOf(route, request),
      key: route.keyed ? keyOf(request) : '',
      who,
      standing,
      at: this.clock.now(),
      request,
      response: context.switchToHttp().getResponse<Response>(),
    };
    request[CALL] = call as unknown as Call;
    // Whoever only looks gets the answer of one moment; a command keeps no transaction open while it waits.
    if (who && route.method === 'GET') this.database.become(this.rights.reader(who.person), { reading: true });
    return true;
  }

  private async known(route: RouteSpec, request: Request): Promise<SignedIn> {
    const who = await this.sessions.who(request);
    if (who.mustChange && !route.beforeChange) throw new ProblemException('PASSWORD_CHANGE_NEEDED');
    return who;
  }

  private async standing(route: RouteSpec, { person }: SignedIn, params: { id?: string } = {}): Promise<Standing[]> {
    const { access } = route;
    const standing = await this.held(access, person, params.id ?? '');
    const isDenied = standing.length === 0 && access !== 'person';
    // On record before anything is shown: what cannot be written down is not read. A command is on record by itself.
    if (isDenied || isReading(route)) {
      const outcome = isDenied ? 'denied' : 'read';
      await this.rights.note({ person, standing, outcome, ...traceOf(route, params.id) });
    }
    if (isDenied) throw notFound();
    return standing;
  }

  private async held(access: RouteSpec['access'], person: string, id: string): Promise<Standing[]> {
    if (access === 'case' || access === 'campaign') return this.rights.on(access, id, person);
    if (access === 'administrator') return this.rights.asAdministrator(person);
    return access === 'planner' ? this.rights.asPlanner(person) : [];
  }
}

/** Shows something of a case: those that name it, and the list of what waits in all of them. */
const isReading = ({ access, keyed, readsCases }: RouteSpec): boolean =>
  readsCases ?? (!keyed && (access === 'case' || access === 'campaign'));

/** Which door, and what it was asked about: an id, whether or not there is such a thing. */
export const traceOf = ({ method, path, access }: RouteSpec, id: string | undefined) => ({
  act: `${method} ${path}`,
  ...(access === 'case' && { caseId: id ?? null }),
  ...(access === 'campaign' && { campaignId: id ?? null }),
});

function bodyOf(route: RouteSpec, request: Request): unknown {
  if (!route.body) return undefined;
  if (!request.is('application/json')) throw new ProblemException('NOT_JSON');
  if (!isStorable(request.body)) throw new ProblemException('INVALID');
  return part(route.body, request.body, '');
}

function part(schema: z.ZodType | undefined, value: unknown, name: string): unknown {
  if (!schema) return undefined;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ProblemException('INVALID', { errors: mistakesIn(schema, value, name) });
}

function keyOf(request: Request): string {
  const read = idempotencyKey.safeParse(request.get(KEY_HEADER));
  if (!read.success) throw new ProblemException('KEY_MISSING');
  return read.data.toLowerCase();
}

/** Postgres keeps no NUL and no half of a surrogate pair, neither in a text nor in the name of a field. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Surrogate}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each));
}
