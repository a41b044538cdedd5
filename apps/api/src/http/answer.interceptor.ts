import { type RouteName, ROUTES } from '@giamsat/contracts/http';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { ROUTE } from './serves.js';

/** What leaves is what the table promises: fields it does not name are left out, an answer it does not know is our fault. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = this.reflector.get<RouteName | undefined>(ROUTE, context.getHandler());
    return name ? next.handle().pipe(map((answer) => ROUTES[name].response.parse(answer))) : next.handle();
  }
}
