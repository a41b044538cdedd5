import type { z } from 'zod';
import { problem, ProblemError, problemOf } from './problem.js';
import { CSRF_HEADER, KEY_HEADER, PREFIX, type RouteSpec } from './route.js';
import { type RouteName, ROUTES, type Routes } from './routes.js';

type In<S> = S extends z.ZodType ? z.input<S> : never;
type Part<R, K extends string> = K extends keyof R ? R[K] : undefined;
type Needs<R, K extends string> = K extends K ? (Part<R, K> extends z.ZodType ? K : never) : never;
/** A query whose every field may be left out may be left out itself. */
type Optional<R> = Part<R, 'query'> extends z.ZodType ? (object extends In<Part<R, 'query'>> ? 'query' : never) : never;
type Input<R> = { [K in Exclude<Needs<R, 'params' | 'query' | 'body'>, Optional<R>>]: In<Part<R, K>> } & {
  [K in Optional<R>]?: In<Part<R, K>>;
} & (R extends { keyed: true } ? { key: string } : unknown);
type Arguments<R> = object extends Input<R> ? [input?: Input<R>] : [input: Input<R>];

export type ResponseOf<N extends RouteName> = z.output<Routes[N]['response']>;
/** One function a route. Throws `ProblemError` for every answer that is not a success. */
export type Client = { [N in RouteName]: (...input: Arguments<Routes[N]>) => Promise<ResponseOf<N>> };

export interface ClientOptions {
  /** where the api is, without `/api`; '' in a browser of the same origin */
  baseUrl: string;
  /** absent in a browser, which has the cookie */
  token?: string;
  /** in a browser: what the sign-in, or `me`, told for its changes */
  csrf?: string;
  /**
   * Asked for the password, and a code of the second factor where `code` says so, when an act needs it given again; the act
   * is then sent once more. Without it the caller gets PROOF_NEEDED.
   */
  prove?: (needed: { code: boolean }) => Promise<{ password: string; code?: string }>;
  fetch?: typeof fetch;
}

interface Call {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  key?: string;
}

export function createClient(options: ClientOptions): Client {
  const entries = Object.entries(ROUTES).map(([name, route]) => [
    name,
    (call: Call = {}) => proving(options, () => send(options, route, call)),
  ]);
  return Object.fromEntries(entries) as Client;
}

async function proving(options: ClientOptions, act: () => Promise<unknown>): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'PROOF_NEEDED' || !options.prove) throw error;
    const proof = await options.prove({ code: error.problem.params.code === true });
    await send(options, ROUTES.confirmSession, { body: proof });
    return act();
  }
}

async function send(
  { baseUrl, token, csrf, fetch: via = fetch }: ClientOptions,
  route: RouteSpec,
  call: Call,
): Promise<unknown> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(call.params?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(name, String(value));
  const answer = await via(`${baseUrl}${PREFIX}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(csrf ? { [CSRF_HEADER]: csrf } : {}),
      ...(call.key ? { [KEY_HEADER]: call.key } : {}),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const parsed = problem.safeParse(body);
  const retryAfter = Number(answer.headers.get('retry-after')) || undefined;
  throw new ProblemError(parsed.success ? parsed.data : problemOf('UNAVAILABLE'), retryAfter);
}
