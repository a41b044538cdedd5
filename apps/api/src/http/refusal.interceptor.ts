import { type RouteName, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { catchError, type Observable } from 'rxjs';
import { Rights } from '../rights/rights.js';
import { CALL, type CarryingCall } from './call.js';
import { traceOf } from './doorkeeper.js';
import { ProblemException } from './problem-exception.js';
import { ROUTE } from './serves.js';

/** Where a command is refused, whoever tried it and why is put on record; an accepted one is in the ledger. */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly rights: Rights,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = this.reflector.get<RouteName | undefined>(ROUTE, context.getHandler());
    const route: RouteSpec | undefined = name && ROUTES[name];
    if (!route?.keyed) return next.handle();
    return next.handle().pipe(
      catchError(async (thrown: unknown) => {
        await this.note(route, context.switchToHttp().getRequest<CarryingCall>(), thrown);
        throw thrown;
      }),
    );
  }

  private async note(route: RouteSpec, request: CarryingCall, thrown: unknown): Promise<void> {
    const call = request[CALL];
    if (!call || !(thrown instanceof ProblemException) || thrown.problem.status >= 500) return;
    const { who, standing, params } = call;
    const { id } = (params ?? {}) as { id?: string };
    const { code } = thrown.problem;
    await this.rights.note({ person: who.person, standing, outcome: 'refused', code, ...traceOf(route, id) });
  }
}
