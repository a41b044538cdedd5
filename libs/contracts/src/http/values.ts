import type { Instant } from '@giamsat/procedure';
import { z } from 'zod';
import { form } from './issues.js';

const STEP = { vi: 'phải là mã bước như self-report', en: 'must be a step such as self-report' };

/** Opaque id of a person, unit, case, campaign or paper part: never a name. */
export const id = form(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  vi: 'phải là một mã, không dấu cách',
  en: 'must be an id, without spaces',
});
/** `self-report`, or step and item: `remediation-progress/<measure>`. */
export const stepKey = form(/^[a-z0-9.-]{1,64}(\/[A-Za-z0-9._-]{1,64})?$/, STEP);
export const stepId = form(/^[a-z0-9.-]{1,64}$/, STEP);
export const office = form(/^[a-zA-Z0-9-]{1,64}$/, {
  vi: 'phải là mã chức trách như document-office',
  en: 'must be an office such as document-office',
});
export const outcome = form(/^[a-z0-9-]{1,64}$/, {
  vi: 'phải là kết quả như accepted',
  en: 'must be an outcome such as accepted',
});

export const civilDate = z.iso.date();
/** Canonical UTC, milliseconds included. */
export const instant = z.iso.datetime({ precision: 3 }) as z.ZodType<Instant, Instant>;
/** A day; an instant in procedures counted in seconds. */
export const when = z.union([civilDate, instant]);

/** A legal number such as `1247-QĐ/TU`: a value, never a sentence. */
export const paperNumber = form(/^[\p{L}\p{N}.\-/*()]{1,40}$/u, {
  vi: 'phải là số, ký hiệu như 12-BC/ĐU, không dấu cách',
  en: 'must be a number such as 12-BC/ĐU, without spaces',
});
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** What a person writes: goes to the content store, only its hash into commands and events. */
export const text = z.string().trim().min(1).max(8000);

export const span = z.strictObject({ n: z.int().min(1).max(400), unit: z.enum(['wd', 'cd', 'months', 's']) });
/** The paper's own words: by that day, or before it. */
export const paperDate = z.strictObject({ on: when, kind: z.enum(['by', 'before']).default('by') });
export const dates = z.strictObject({
  document: when.optional(),
  sent: when.optional(),
  received: when.optional(),
});

/** The same in a correction: what is not named stays, null takes the date away. */
export const datesCorrected = z.strictObject({
  document: when.nullable().optional(),
  sent: when.nullable().optional(),
  received: when.nullable().optional(),
});

/** State secrets are refused at every door (Law on State Secrets 2018, three degrees). */
export const SECRET_MARKINGS = ['mat', 'toi-mat', 'tuyet-mat'] as const;

/** A paper by its identity. `keptOutside`: who keeps it and since when, no content. */
export const paper = z.strictObject({
  kind: form(/^[\p{L}-]{1,24}$/u, {
    vi: 'phải là loại văn bản viết tắt: BC, KH, TB, CV …',
    en: 'must be a kind of paper: BC, KH, TB, CV …',
  }),
  number: paperNumber.optional(),
  date: when.optional(),
  /** number in the register of incoming or outgoing papers */
  register: paperNumber.optional(),
  signedAs: z.enum(['T/M', 'K/T', 'T/L', 'Q.']).optional(),
  hash: sha256.optional(),
  keptOutside: z.strictObject({ keeper: office, on: when }).optional(),
  /** a marked paper is refused, and nothing of it kept */
  marking: z.enum(SECRET_MARKINGS).optional(),
});

/** Every list goes by key, not by number of page: what is added meanwhile moves nothing. */
export const page = z.strictObject({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Lists in the order of their ids. */
export const pageById = page.extend({ after: z.uuid().optional() });
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
