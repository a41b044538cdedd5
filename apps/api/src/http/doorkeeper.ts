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
import { CALL, type Call, type CarryingCall, type SignedIn, type Standing, type Trace } from './call.js';
import { mistakesIn } from './mistakes.js';
import { notFound, ProblemException } from './problem-exception.js';
import { noteRefusal } from './refusals.js';
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
    const response = context.switchToHttp().getResponse<Response>();
    if (route.access === 'everybody') {
      const params = part(route.params, request.params, 'params');
      request[CALL] = { params, ...this.asked(route, request), response } as unknown as Call;
      return true;
    }
    const who = await this.sessions.who(request);
    this.database.become(this.rights.reader(who.person));
    const trace: Trace = { person: who.person, standing: [], act: `${route.method} ${route.path}` };
    try {
      request[CALL] = { ...(await this.admitted(route, request, who, trace)), response } as unknown as Call;
    } catch (thrown) {
      await noteRefusal(this.rights, route, trace, thrown);
      throw thrown;
    }
    // Whoever only looks gets the answer of one moment; a command keeps no transaction open while it waits.
    if (route.method === 'GET') this.database.become(this.rights.reader(who.person), { reading: true });
    return true;
  }

  /** What is found on the way goes into `trace`, so that a refusal is put on record with as much as was known by then. */
  private async admitted(route: RouteSpec, request: CarryingCall, who: SignedIn, trace: Trace) {
    if (who.mustChange && !route.beforeChange) throw new ProblemException('PASSWORD_CHANGE_NEEDED');
    const params = part(route.params, request.params, 'params') as { id?: string } | undefined;
    const [id, named] = [params?.id ?? '', idIsOf(route)];
    if (named) trace[`${named}Id`] = id;
    trace.standing = await this.held(route.access, who.person, id);
    if (trace.standing.length === 0 && route.access !== 'person') throw notFound();
    // On record before anything is shown: what cannot be written down is not read. A command is on record by itself.
    if (isReading(route)) await this.rights.note({ ...trace, outcome: 'read' });
    if (route.proof) demandProof(who);
    return { params, ...this.asked(route, request), who, standing: trace.standing, trace };
  }

  private asked(route: RouteSpec, request: CarryingCall) {
    return {
      query: part(route.query, request.query, 'query'),
      body: bodyOf(route, request),
      key: route.keyed ? keyOf(request) : '',
      at: this.clock.now(),
      request,
    };
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

/** What `:id` names, where that is a case or a campaign, whether or not there is such a thing. */
const idIsOf = ({ access, idIsOf: of }: RouteSpec): 'case' | 'campaign' | undefined =>
  of ?? (access === 'case' || access === 'campaign' ? access : undefined);

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
