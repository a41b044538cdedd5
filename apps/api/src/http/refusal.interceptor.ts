import { type RouteName, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { catchError, type Observable } from 'rxjs';
import { Rights } from '../rights/rights.js';
import { CALL, type CarryingCall } from './call.js';
import { noteRefusal } from './refusals.js';
import { ROUTE } from './serves.js';

/** What is refused behind the door, as the doorkeeper does with what is refused at it. */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly rights: Rights,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = this.reflector.get<RouteName | undefined>(ROUTE, context.getHandler());
    const route: RouteSpec | undefined = name && ROUTES[name];
    const trace = context.switchToHttp().getRequest<CarryingCall>()[CALL]?.trace;
    if (!route || !trace) return next.handle();
    return next.handle().pipe(
      catchError(async (thrown: unknown) => {
        await noteRefusal(this.rights, route, trace, thrown);
        throw thrown;
      }),
    );
  }
}
