import { type RouteName, ROUTES, type RouteSpec } from '@giamsat/contracts/http';
import {
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import { type AnswerOf, CALL, type Call, type CarryingCall } from './call.js';

export const ROUTE = 'giamsat:route';
export const UNGUARDED = 'giamsat:unguarded';

type Handler<N extends RouteName> = (call: Call<N>) => Promise<AnswerOf<N>> | AnswerOf<N>;

/** Puts a method behind a route of the table: method, path, status, guard, parsing and answer all come from there. */
export function Serves<N extends RouteName>(name: N) {
  const route: RouteSpec = ROUTES[name];
  return <H extends Handler<N>>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>): void => {
    const decorators: MethodDecorator[] = [
      RequestMapping({ path: route.path, method: RequestMethod[route.method] }),
      HttpCode(route.status ?? 200),
      SetMetadata(ROUTE, name),
    ];
    for (const decorate of decorators) decorate(target, key, descriptor);
    TheCall()(target, key, 0);
  };
}

const TheCall = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<CarryingCall>()[CALL];
});

/** For the few doors that are no part of the table; the reason is written down where it is used. */
export const Unguarded = (reason: string) => SetMetadata(UNGUARDED, reason);
