import { z } from 'zod';
import type { RouteSpec } from './route.js';
import { byId } from './routes-case.js';
import { instant, pageById, pageOf } from './values.js';
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

const password = z.string().min(1).max(256);
/** six digits of the authenticator, or one recovery code */
const code = z.string().min(6).max(32);
/** what somebody new is called at the door */
const newLogin = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$/);
/** a login, or the id of a person */
const byAccount = z.strictObject({ account: z.string().min(1).max(64) });

const account = z.object({
  person: z.string(),
  login: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  /** waits for its owner to choose a password */
  oneTime: z.boolean(),
  secondFactor: z.boolean(),
});
/** `password` opens once, to be changed, until `until`; it is told here and never again */
const oneTime = z.object({ person: z.string(), login: z.string(), password: z.string(), until: instant });

const base64 = z.base64();
const remotePayload = z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() });

export const accountRoutes = {
  login: {
    method: 'POST',
    path: '/session',
    access: 'everybody',
    summary: { vi: 'Đăng nhập', en: 'Sign in' },
    body: z.strictObject({
      login: z.string().min(1).max(64),
      password,
      /** asked for by CODE_NEEDED, of whoever has a second factor */
      code: code.optional(),
      /** `browser`: an HttpOnly cookie and no token in the answer; `token`: for `Authorization: Bearer` */
      as: z.enum(['browser', 'token']).default('token'),
      /** of an earlier answer; a browser has it in a cookie */
      device: z
        .string()
        .regex(/^[\w-]{43}$/)
        .optional(),
    }),
    response: z.object({
      person,
      token: z.string().nullable(),
      /** to be sent with the next sign-in from here: guesses made elsewhere then do not keep one waiting. Opens nothing */
      device: z.string().nullable(),
      /** for the header X-CSRF-Token of every change that a browser asks for */
      csrf: z.string().nullable(),
      expiresAt: instant,
      /** nothing but a change of the password is open */
      mustChange: z.boolean(),
    }),
    problems: ['LOGIN_FAILED', 'CODE_NEEDED', 'THROTTLED', 'BUSY'],
  },
  logout: {
    method: 'DELETE',
    path: '/session',
    access: 'person',
    beforeChange: true,
    summary: { vi: 'Đăng xuất', en: 'Sign out' },
    response: z.object({ ended: z.literal(true) }),
    problems: ['FOREIGN_ORIGIN'],
  },
  confirmSession: {
    method: 'POST',
    path: '/session/confirmation',
    access: 'person',
    summary: {
      vi: 'Nhập lại mật khẩu trước khi ban hành văn bản',
      en: 'Give the password again, for five minutes of acts that issue',
    },
    body: z.strictObject({ password, code: code.optional() }),
    response: z.object({ until: instant }),
    problems: ['PROOF_WRONG', 'CODE_NEEDED', 'THROTTLED', 'BUSY'],
  },
  listSessions: {
    method: 'GET',
    path: '/sessions',
    access: 'person',
    summary: { vi: 'Các phiên làm việc của tôi', en: 'Where I am signed in' },
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['browser', 'token']),
          openedAt: instant,
          seenAt: instant,
          expiresAt: instant,
          current: z.boolean(),
        }),
      ),
    }),
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/:id',
    access: 'person',
    summary: { vi: 'Kết thúc một phiên làm việc của tôi', en: 'End one of my sessions' },
    params: byId,
    response: z.object({ ended: z.literal(true) }),
    problems: ['NOT_FOUND', 'FOREIGN_ORIGIN'],
  },
  me: {
    method: 'GET',
    path: '/me',
    access: 'person',
    beforeChange: true,
    summary: { vi: 'Tôi và các chức trách của tôi hôm nay', en: 'Who I am and the offices I hold today' },
    response: z.object({
      person,
      login: z.string(),
      offices: z.array(office),
      mustChange: z.boolean(),
      /** `required`: I hold an office that issues papers, and this installation asks those for it */
      secondFactor: z.object({ enrolled: z.boolean(), required: z.boolean() }),
      csrf: z.string().nullable(),
    }),
  },
  changePassword: {
    method: 'PUT',
    path: '/me/password',
    access: 'person',
    beforeChange: true,
    summary: { vi: 'Đổi mật khẩu', en: 'Change my password; ends my other sessions' },
    body: z.strictObject({ password, code: code.optional(), next: password }),
    response: z.object({ changed: z.literal(true) }),
    problems: ['PROOF_WRONG', 'CODE_NEEDED', 'THROTTLED', 'BUSY'],
  },
  enrolFactor: {
    method: 'POST',
    path: '/me/second-factor',
    access: 'person',
    proof: true,
    summary: {
      vi: 'Tạo khóa xác thực hai lớp; chỉ hiện một lần',
      en: 'A new secret for an authenticator, shown once; counts after its first code',
    },
    /** `uri` as an authenticator reads it (otpauth), `secret` for typing it in */
    response: z.object({ uri: z.string(), secret: z.string() }),
    problems: ['SECOND_FACTOR_OFF', 'FOREIGN_ORIGIN'],
  },
  confirmFactor: {
    method: 'PUT',
    path: '/me/second-factor',
    access: 'person',
    summary: {
      vi: 'Xác nhận bằng mã đầu tiên; nhận mã dự phòng',
      en: 'Confirm it by its first code; the answer holds the recovery codes, shown once',
    },
    body: z.strictObject({ code }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
    problems: ['PROOF_WRONG', 'NOT_FOUND', 'THROTTLED', 'SECOND_FACTOR_OFF'],
  },
  decodePayloads: {
    method: 'POST',
    path: '/codec/decode',
    access: 'administrator',
    summary: {
      vi: 'Mở nội dung Temporal lưu (giao thức remote codec); mỗi lần đều ghi lại',
      en: 'Open what Temporal stores (its remote codec protocol); each reading is put on record',
    },
    body: z.object({ payloads: z.array(remotePayload).min(1).max(1_000) }),
    response: z.object({ payloads: z.array(remotePayload) }),
    problems: ['PAYLOAD_UNREADABLE'],
  },
  listAccounts: {
    method: 'GET',
    path: '/accounts',
    access: 'administrator',
    summary: { vi: 'Các tài khoản', en: 'All accounts' },
    query: pageById,
    response: pageOf(account),
  },
  createAccount: {
    method: 'POST',
    path: '/accounts',
    access: 'administrator',
    proof: true,
    summary: { vi: 'Tạo tài khoản', en: 'A new account, for a new person or for one who is known' },
    /** `administrator`: keeps the accounts as the caller does, from the same register */
    body: z.union([
      z.strictObject({ login: newLogin, person: z.uuid(), administrator: z.boolean().default(false) }),
      z.strictObject({
        login: newLogin,
        name: z.string().trim().min(1).max(120),
        email: z.email().max(200).optional(),
        administrator: z.boolean().default(false),
      }),
    ]),
    response: oneTime,
    status: 201,
    problems: ['LOGIN_TAKEN', 'BUSY'],
  },
  disableAccount: {
    method: 'POST',
    path: '/accounts/:account/disable',
    access: 'administrator',
    proof: true,
    summary: {
      vi: 'Khóa tài khoản',
      en: 'Disable an account: signed out everywhere, and nothing more rests on its offices',
    },
    params: byAccount,
    response: account,
    problems: ['NOT_ALLOWED', 'FOREIGN_ORIGIN'],
  },
  enableAccount: {
    method: 'POST',
    path: '/accounts/:account/enable',
    access: 'administrator',
    proof: true,
    summary: { vi: 'Mở lại tài khoản', en: 'Enable an account again' },
    params: byAccount,
    response: account,
    problems: ['FOREIGN_ORIGIN'],
  },
  resetPassword: {
    method: 'POST',
    path: '/accounts/:account/reset-password',
    access: 'administrator',
    proof: true,
    summary: { vi: 'Cấp lại mật khẩu dùng một lần', en: 'Give a one-time password; signs the person out everywhere' },
    params: byAccount,
    /** `secondFactor`: takes a lost authenticator and its recovery codes away too */
    body: z.strictObject({ secondFactor: z.boolean().default(false) }),
    response: oneTime,
    problems: ['NOT_ALLOWED', 'BUSY'],
  },
} as const satisfies Record<string, RouteSpec>;
