import { z } from 'zod';
import { commandAnswer } from './commands.js';
import type { RouteSpec } from './route.js';
import { COMMAND_PROBLEMS } from './routes-case.js';
import { dates, id, office, pageOf, paper, when } from './values.js';
import { unit } from './views.js';

/** What a unit owes in the case of another one (design §4.11): that, and nothing else of the case. */
export const measureRoutes = {
  listOwedMeasures: {
    method: 'GET',
    path: '/owed-measures',
    access: 'person',
    summary: {
      vi: 'Việc khắc phục mà đơn vị tôi phải làm trong hồ sơ của đơn vị khác',
      en: 'Measures that my unit owes in the case of another unit',
    },
    response: pageOf(
      z.object({
        case: z.string(),
        measure: z.string(),
        /** of the campaign */
        title: z.string(),
        procedure: z.string(),
        /** who owes it */
        unit,
        step: z.string(),
        status: z.string(),
        due: when.nullable(),
        nature: z.string(),
        text: z.string().nullable(),
        /** the person may report on it now */
        open: z.boolean(),
      }),
    ),
  },
  reportMeasure: {
    method: 'POST',
    path: '/owed-measures/:id/:measure/report',
    access: 'person',
    idIsOf: 'case',
    summary: { vi: 'Báo cáo kết quả việc đó', en: 'Report on such a measure' },
    params: z.strictObject({ id: z.uuid(), measure: id }),
    body: z.strictObject({ dates: dates.default({}), paper: paper.optional(), capacity: office.optional() }),
    response: commandAnswer,
    keyed: true,
    problems: ['NOT_FOUND', ...COMMAND_PROBLEMS],
  },
} as const satisfies Record<string, RouteSpec>;
