import { z } from 'zod';
import type { RouteSpec } from './route.js';
import { civilDate, pageById, pageOf } from './values.js';
import { procedureItem, unit, words } from './views.js';

export const referenceRoutes = {
  listProcedures: {
    method: 'GET',
    path: '/procedures',
    access: 'person',
    summary: { vi: 'Các quy trình', en: 'Procedures shipped' },
    response: z.object({ items: z.array(procedureItem) }),
  },
  getProcedure: {
    method: 'GET',
    path: '/procedures/:name',
    access: 'person',
    summary: { vi: 'Toàn văn một quy trình', en: 'The full text of a procedure, `id@version` or the newest of `id`' },
    params: z.strictObject({ name: z.string().max(96) }),
    /** `source` as in the file, `compiled` as it travels */
    response: z.object({ source: z.looseObject({}), compiled: z.looseObject({}) }),
    problems: ['NOT_FOUND'],
  },
  listCalendars: {
    method: 'GET',
    path: '/calendars',
    access: 'person',
    summary: { vi: 'Các lịch làm việc', en: 'Calendars shipped' },
    response: z.object({ items: z.array(z.object({ id: z.string(), name: words, announcedTo: civilDate })) }),
  },
  countDue: {
    method: 'GET',
    path: '/calendar/due',
    access: 'person',
    summary: { vi: 'Tính một thời hạn', en: 'A date and its derivation' },
    query: z.strictObject({
      calendar: z.string().max(64).default('VN'),
      after: civilDate,
      rule: z
        .string()
        .max(16)
        .regex(/^\d{1,3} ?(wd|cd|months)$/, 'n wd, n cd or n months'),
    }),
    response: z.object({
      due: civilDate,
      provisional: z.boolean(),
      skipped: z.array(z.object({ date: z.string(), why: z.string() })),
      rolledFrom: civilDate.nullable(),
    }),
    problems: ['NOT_FOUND'],
  },
  listUnits: {
    method: 'GET',
    path: '/units',
    access: 'planner',
    summary: { vi: 'Các đơn vị', en: 'Units' },
    query: pageById,
    response: pageOf(unit.extend({ kind: z.string(), parent: z.string().nullable() })),
  },
  listPeople: {
    method: 'GET',
    path: '/people',
    access: 'planner',
    summary: { vi: 'Cán bộ', en: 'People' },
    query: pageById,
    response: pageOf(
      z.object({
        id: z.string(),
        name: z.string(),
        code: z.string().nullable(),
        login: z.string().nullable(),
        reachable: z.boolean(),
      }),
    ),
  },
} as const satisfies Record<string, RouteSpec>;
