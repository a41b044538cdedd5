import { z } from 'zod';
import { mistake } from './problem.js';
import { RECUSAL_REASONS, type RecusalReason, UNIT_KINDS, type UnitKind } from './register-mistakes.js';
import type { RouteSpec } from './route.js';
import { COMMAND_PROBLEMS } from './routes-case.js';
import { civilDate, office, page, pageById, pageOf, paperNumber, when } from './values.js';
import { person, unit } from './views.js';
import { warning } from './warnings.js';

/** An id, or the code of a unit; an id, a code or a login of a person. */
const reference = z.string().trim().min(1).max(64);
export const registerCode = z
  .string()
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u);
const unitKind = z.enum(Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]]);
export const unitName = z.string().trim().min(1).max(200);
export const personName = z.string().trim().min(1).max(120);
export const personEmail = z.email().max(254);
/** The paper an act on the organisation rests on. */
export const instrument = z.strictObject({
  kind: z.string().regex(/^[\p{L}-]{1,24}$/u),
  number: paperNumber,
  date: civilDate,
});
/** First day on which it holds; may lie ahead, for a decision is taken before its day. */
const on = civilDate;

const organisationAct = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('addUnit'),
    kind: unitKind,
    symbol: registerCode,
    name: unitName,
    parent: reference.optional(),
    on,
    instrument,
  }),
  z.strictObject({ type: z.literal('renameUnit'), unit: reference, name: unitName, on, instrument }),
  z.strictObject({ type: z.literal('moveUnit'), unit: reference, parent: reference, on, instrument }),
  z.strictObject({
    type: z.literal('mergeUnits'),
    units: z.array(reference).min(1).max(50),
    into: reference,
    on,
    instrument,
  }),
  z.strictObject({
    type: z.literal('splitUnit'),
    unit: reference,
    into: z.array(reference).min(2).max(20),
    on,
    instrument,
  }),
  z.strictObject({ type: z.literal('dissolveUnit'), unit: reference, on, instrument }),
]);

const period = { from: z.string(), to: z.string().nullable() };
const paperOf = instrument.nullable();
const treeUnit = unit.extend({
  kind: z.string(),
  parent: z.string().nullable(),
  /** the day it ends, when one is recorded */
  ends: z.string().nullable(),
  /** may the caller act on it */
  mine: z.boolean(),
});
const succession = z.object({
  unit,
  kind: z.enum(['merge', 'split', 'dissolve', 'rename']),
  on: z.string(),
  instrument: paperOf,
});
const held = z.object({
  grant: z.string(),
  person,
  office: z.string(),
  unit: unit.nullable(),
  campaign: z.string().nullable(),
  case: z.string().nullable(),
  team: z.string().nullable(),
  ...period,
  actingFor: person.nullable(),
});
const done = z.object({ commandId: z.string(), id: z.string().nullable() });
const reasons = Object.keys(RECUSAL_REASONS) as [RecusalReason, ...RecusalReason[]];
const recusal = z.object({
  id: z.string(),
  person,
  unit,
  reason: z.enum(reasons),
  ...period,
});
const byReference = z.strictObject({ id: reference });
const byUuid = z.strictObject({ id: z.uuid() });

export const organisationRoutes = {
  getTree: {
    method: 'GET',
    path: '/organisation/tree',
    access: 'planner',
    summary: { vi: 'Cây tổ chức vào một ngày', en: 'The tree of units as of a day' },
    query: z.strictObject({ at: civilDate.optional() }),
    response: z.object({ at: z.string(), units: z.array(treeUnit) }),
  },
  getUnit: {
    method: 'GET',
    path: '/units/:id',
    access: 'planner',
    summary: { vi: 'Một đơn vị qua thời gian', en: 'A unit through time: names, parents, successions, who holds what' },
    params: byReference,
    response: z.object({
      unit,
      kind: z.string(),
      ...period,
      mine: z.boolean(),
      names: z.array(z.object({ name: z.string(), ...period, instrument: paperOf })),
      parents: z.array(z.object({ unit, ...period, instrument: paperOf })),
      successors: z.array(succession),
      predecessors: z.array(succession),
      offices: z.array(held),
    }),
  },
  changeOrganisation: {
    method: 'POST',
    path: '/organisation/acts',
    access: 'planner',
    summary: {
      vi: 'Lập, đổi tên, chuyển, sáp nhập, chia tách, giải thể đơn vị',
      en: 'Add, rename, move, merge, split or dissolve a unit',
    },
    body: organisationAct,
    response: done,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  addPerson: {
    method: 'POST',
    path: '/people',
    access: 'planner',
    summary: { vi: 'Thêm cán bộ', en: 'Add a person' },
    body: z.strictObject({ code: registerCode.optional(), name: personName, email: personEmail.optional() }),
    response: done,
    status: 201,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  changePerson: {
    method: 'POST',
    path: '/people/:id',
    access: 'planner',
    summary: { vi: 'Sửa tên, địa chỉ thư của cán bộ', en: 'Change name or address of a person' },
    params: byReference,
    body: z.strictObject({ name: personName.optional(), email: personEmail.nullable().optional() }),
    response: done,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  listOffices: {
    method: 'GET',
    path: '/offices',
    access: 'planner',
    summary: { vi: 'Ai giữ chức trách gì vào một ngày', en: 'Who holds which office on a day' },
    query: page.extend({
      after: z.uuid().optional(),
      at: civilDate.optional(),
      unit: reference.optional(),
      person: reference.optional(),
    }),
    response: pageOf(held),
    problems: ['REGISTER_REFUSED'],
  },
  grantOffice: {
    method: 'POST',
    path: '/offices',
    access: 'planner',
    summary: {
      vi: 'Giao chức trách, hoặc giữ thay ai trong một thời gian',
      en: 'Grant an office, or let somebody act for its holder for a time',
    },
    /** exactly one of unit, campaign, case and team */
    body: z
      .strictObject({
        person: reference,
        office,
        unit: reference.optional(),
        campaign: z.uuid().optional(),
        case: z.uuid().optional(),
        team: z.string().max(110).optional(),
        from: civilDate,
        to: civilDate.optional(),
        actingFor: reference.optional(),
      })
      .refine(({ unit: of, campaign, case: on, team }) => [of, campaign, on, team].filter(Boolean).length === 1, {
        message: 'unit | campaign | case | team',
      }),
    response: done,
    status: 201,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  endOffice: {
    method: 'POST',
    path: '/offices/:id/end',
    access: 'planner',
    summary: { vi: 'Thôi giữ chức trách từ một ngày', en: 'End an office on a day' },
    params: byUuid,
    body: z.strictObject({ on }),
    response: done,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  revokeOffice: {
    method: 'POST',
    path: '/offices/:id/revoke',
    access: 'planner',
    summary: { vi: 'Thu hồi chức trách ngay', en: 'Take an office away at once' },
    params: byUuid,
    body: z.strictObject({}),
    response: done,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  listRecusals: {
    method: 'GET',
    path: '/recusals',
    access: 'planner',
    summary: { vi: 'Ai không được tham gia đoàn, vì sao', en: 'Who may not sit in a team, and why' },
    query: z.strictObject({ at: civilDate.optional(), person: reference.optional() }),
    response: z.object({ items: z.array(recusal) }),
    problems: ['REGISTER_REFUSED'],
  },
  addRecusal: {
    method: 'POST',
    path: '/recusals',
    access: 'planner',
    summary: { vi: 'Ghi việc rút khỏi đoàn', en: 'Record that somebody may not sit in a team' },

    body: z.strictObject({
      person: reference,
      unit: reference,
      reason: z.enum(reasons),
      from: civilDate,
      to: civilDate.optional(),
    }),
    response: done.extend({ warnings: z.array(warning) }),
    status: 201,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  endRecusal: {
    method: 'POST',
    path: '/recusals/:id/end',
    access: 'planner',
    summary: { vi: 'Kết thúc việc rút', en: 'End a recusal on a day' },
    params: byUuid,
    body: z.strictObject({ on }),
    response: done,
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  importRegister: {
    method: 'POST',
    path: '/organisation/import',
    access: 'planner',
    summary: {
      vi: 'Nhập đơn vị, cán bộ, chức trách từ XLSX hoặc CSV',
      en: 'Import units, people and offices from XLSX or CSV: all of it or nothing',
    },
    /** `data`: the file in base64 · `preview`: says what would happen and writes nothing */
    body: z.strictObject({
      name: z.string().min(1).max(200),
      data: z.base64().max(1_400_000),
      onConflict: z.enum(['stop', 'skip', 'update']).default('stop'),
      /** by the cell that a conflict is named with; `onConflict` is for all others */
      choices: z.record(z.string().min(1).max(200), z.enum(['skip', 'update'])).default({}),
      preview: z.boolean().default(true),
    }),
    response: z.object({
      commandId: z.string().nullable(),
      written: z.boolean(),
      rows: z.int(),
      /** what the file would do, entry by entry, with the cell it begins in */
      acts: z.array(
        z.object({
          at: z.string(),
          kind: z.enum(['unit', 'person', 'office']),
          does: z.enum(['add', 'change', 'same', 'skip']),
          subject: z.string(),
          fields: z.array(z.string()),
        }),
      ),
      conflicts: z.array(mistake),
      mistakes: z.array(mistake),
    }),
    keyed: true,
    problems: ['REGISTER_REFUSED'],
  },
  exportRegister: {
    method: 'GET',
    path: '/organisation/export',
    access: 'planner',
    summary: { vi: 'Xuất đơn vị, cán bộ, chức trách', en: 'Export units, people and offices' },
    /** a CSV holds one sheet */
    query: z.strictObject({
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
      sheet: z.enum(['units', 'people']).default('units'),
      at: civilDate.optional(),
    }),
    response: z.object({ name: z.string(), type: z.string(), data: z.base64() }),
  },
  listTransfers: {
    method: 'GET',
    path: '/transfers',
    access: 'person',
    readsCases: true,
    summary: {
      vi: 'Hồ sơ đang mở của đơn vị đã kết thúc: còn phải quyết định gì',
      en: 'Open cases of units that ended: what remains to be decided, by me or by a receiver',
    },
    query: pageById,
    response: pageOf(
      z.object({
        case: z.string(),
        campaign: z.string(),
        title: z.string(),
        /** as of the decision */
        unit,
        ended: z.string().nullable(),
        /** units that have ended and still stand in the case; for whoever decides */
        from: z.array(unit),
        successors: z.array(unit),
        /** open duties of the supervised units and `*`, all else; for a receiver those that are offered to it */
        duties: z.array(
          z.object({ key: z.string(), due: when.nullable(), owes: z.array(unit), offered: z.array(unit) }),
        ),
        /** for a receiver its own unit */
        offered: z.array(unit),
        accepted: z.array(unit),
        remains: z.enum(['decide', 'accept']),
        /** units of the caller that may accept */
        mine: z.array(z.string()),
      }),
    ),
  },
  acceptTransfer: {
    method: 'POST',
    path: '/transfers/:id/accept',
    access: 'person',
    idIsOf: 'case',
    summary: { vi: 'Tiếp nhận hồ sơ của đơn vị đã kết thúc', en: 'Take over the case of a unit that ended' },
    params: byUuid,
    body: z.strictObject({ unit: reference }),
    response: z.object({ commandId: z.string(), seq: z.int() }),
    keyed: true,
    problems: ['NOT_FOUND', ...COMMAND_PROBLEMS],
  },
} as const satisfies Record<string, RouteSpec>;
