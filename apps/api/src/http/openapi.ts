import { randomBytes } from 'node:crypto';
import {
  KEY_HEADER,
  PREFIX,
  problem,
  PROBLEM_TYPE,
  problemsOf,
  ROUTES,
  type RouteSpec,
  statusOf,
} from '@giamsat/contracts/http';
import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';

const DOCS = `${PREFIX}/docs`;
const OPENAPI = `${PREFIX}/openapi.json`;

/** The document and a page to read it, made of the route table. */
export function serveDocs(app: INestApplication): void {
  app.use(DOCS, withNonce);
  SwaggerModule.setup(DOCS, app, openapi(), { jsonDocumentUrl: OPENAPI, customSiteTitle: 'giamsat' });
}

/** The page runs the scripts and styles that were sent with it and nothing that found its way into it. */
function withNonce(_: Request, response: Response, next: NextFunction): void {
  const nonce = randomBytes(16).toString('base64');
  const send = response.send.bind(response);
  response.setHeader(
    'Content-Security-Policy',
    [
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; style-src-attr 'unsafe-inline'`,
      `img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ].join('; '),
  );
  response.send = (body: unknown) =>
    send(typeof body === 'string' ? body.replace(/<(script|style|link)\b/g, `<$1 nonce="${nonce}"`) : body);
  next();
}

export function openapi(): OpenAPIObject {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const path = `${PREFIX}${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'giamsat',
      version: '1',
      description: 'Sign in with POST /api/session, then send `Authorization: Bearer <token>`.',
    },
    paths,
    components: {
      schemas: { Problem: schema(problem, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'giamsat_session' },
      },
    },
  } as OpenAPIObject;
}

function operation(name: string, route: RouteSpec): object {
  return {
    operationId: name,
    tags: [route.path.split('/')[1]],
    summary: `${route.summary.vi} · ${route.summary.en}`,
    ...(route.access === 'everybody' ? { security: [] } : { security: [{ bearer: [] }, { cookie: [] }] }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...keyParameter(route)],
    ...(route.body
      ? { requestBody: { required: true, ...content('application/json', schema(route.body, 'input')) } }
      : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'OK',
        ...content('application/json', schema(route.response, 'output')),
      },
      ...problems(route),
    },
  };
}

function problems(route: RouteSpec): Record<string, object> {
  const codes = problemsOf(route);
  return Object.fromEntries(
    [...new Set(codes.map(statusOf))].map((status) => [
      String(status),
      {
        description: codes.filter((code) => statusOf(code) === status).join(' · '),
        ...content(PROBLEM_TYPE, { $ref: '#/components/schemas/Problem' }),
      },
    ]),
  );
}

function parameters(of: z.ZodObject | undefined, place: 'path' | 'query'): object[] {
  if (!of) return [];
  const { properties = {}, required = [] } = schema(of, 'input') as { properties?: object; required?: string[] };
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: value as object,
  }));
}

const keyParameter = (route: RouteSpec): object[] =>
  route.keyed ? [{ name: KEY_HEADER, in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }] : [];

const content = (type: string, value: object): object => ({ content: { [type]: { schema: value } } });

function schema(of: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io, reused: 'inline' });
  return rest;
}
