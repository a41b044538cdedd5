import type { Instant } from '@giamsat/procedure';
import { z } from 'zod';

/** Opaque id of a person, unit, case, campaign or paper part: never a name. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** `self-report`, or step and item: `remediation-progress/<measure>`. */
export const stepKey = z.string().regex(/^[a-z0-9.-]{1,64}(\/[A-Za-z0-9._-]{1,64})?$/);
export const stepId = z.string().regex(/^[a-z0-9.-]{1,64}$/);
export const office = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);
export const outcome = z.string().regex(/^[a-z0-9-]{1,64}$/);

export const civilDate = z.iso.date();
/** Canonical UTC, milliseconds included. */
export const instant = z.iso.datetime({ precision: 3 }) as z.ZodType<Instant, Instant>;
/** A day; an instant in procedures counted in seconds. */
export const when = z.union([civilDate, instant]);

/** A legal number such as `1247-QĐ/TU`: a value, never a sentence. */
export const paperNumber = z.string().regex(/^[\p{L}\p{N}.\-/*()]{1,40}$/u);
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

/** State secrets are refused at every door (Law on State Secrets 2018, three degrees). */
export const SECRET_MARKINGS = ['mat', 'toi-mat', 'tuyet-mat'] as const;

/** A paper by its identity. `keptOutside`: who keeps it and since when, no content. */
export const paper = z.strictObject({
  kind: z.string().regex(/^[\p{L}-]{1,24}$/u),
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
