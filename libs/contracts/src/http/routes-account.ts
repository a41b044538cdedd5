import { z } from 'zod';
import type { RouteSpec } from './route.js';
import { instant } from './values.js';
import { person, unit } from './views.js';

const office = z.object({
  grant: z.string(),
  office: z.string(),
  unit: unit.nullable(),
  campaign: z.string().nullable(),
  case: z.string().nullable(),
  team: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable(),
});

export const accountRoutes = {
  login: {
    method: 'POST',
    path: '/session',
    access: 'everybody',
    summary: { vi: 'Đăng nhập', en: 'Sign in' },
    body: z.strictObject({
      login: z.string().min(1).max(64),
      password: z.string().min(1).max(256),
      /** `browser`: an HttpOnly cookie and no token in the answer; `token`: for `Authorization: Bearer` */
      as: z.enum(['browser', 'token']).default('token'),
    }),
    response: z.object({ person, token: z.string().nullable(), expiresAt: instant }),
    problems: ['LOGIN_FAILED', 'THROTTLED'],
  },
  logout: {
    method: 'DELETE',
    path: '/session',
    access: 'person',
    summary: { vi: 'Đăng xuất', en: 'Sign out' },
    response: z.object({ ended: z.literal(true) }),
    problems: ['FOREIGN_ORIGIN'],
  },
  me: {
    method: 'GET',
    path: '/me',
    access: 'person',
    summary: { vi: 'Tôi và các chức trách của tôi hôm nay', en: 'Who I am and the offices I hold today' },
    response: z.object({ person, login: z.string(), offices: z.array(office) }),
  },
} as const satisfies Record<string, RouteSpec>;
