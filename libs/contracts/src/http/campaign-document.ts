import { z } from 'zod';
import { form } from './issues.js';
import { civilDate, office, paperDate, paperNumber, stepId, when } from './values.js';

/** A unit by its code or id, a person by login or id: a coordinator writes what he can read. */
const reference = form(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, {
  vi: 'phải là mã đơn vị hoặc tên đăng nhập, không dấu cách',
  en: 'must be a code, a login or an id, without spaces',
});
const name = z.string().trim().min(1).max(300);
const paperOf = { number: paperNumber.optional(), date: when };

/** The person who stays in an office for the whole campaign, unless the office changes hands. */
const officeHolder = z.strictObject({
  office,
  person: reference,
  from: civilDate.optional(),
  to: civilDate.optional(),
});

const team = z.strictObject({
  id: reference,
  head: reference,
  deputies: z.array(reference).max(20).default([]),
  members: z.array(reference).max(50).default([]),
  secretary: reference,
});

const subject = z.strictObject({
  unit: reference,
  /** a body, or a Party member (then `member` names who) */
  kind: z.enum(['body', 'member']).default('body'),
  member: reference.optional(),
  wave: z.int().min(1).max(99).default(1),
  /** asked for where the procedure knows teams */
  team: reference.optional(),
  areaOfficer: reference.optional(),
  /** head and contact of the unit; absent = who holds that office in the unit's register */
  head: reference.optional(),
  contact: reference.optional(),
});

/**
 * A campaign as a coordinator writes it (the command line's YAML file) and as the draft keeps it. References are resolved
 * by the server each time it checks, so that a file survives a change of who holds what.
 */
export const campaignDocument = z.strictObject({
  /** shown on screens; never goes into events */
  title: name,
  /** `id@version` */
  procedure: form(/^[a-z0-9-]+@[A-Za-z0-9.-]+$/, {
    vi: 'phải là quy trình và phiên bản, như vn-party-supervision@2026',
    en: 'must be a procedure and its version, like vn-party-supervision@2026',
  }),
  /** absent = the calendar the procedure names */
  calendar: z.string().max(64).optional(),
  /** level of the supervising body; picks the figure where a rule goes by level */
  level: z.string().max(32),
  year: z.int().min(1990).max(2100),
  quarter: z.int().min(1).max(4).optional(),
  ownerUnit: reference,
  /** entered after the fact: moments are shown, nothing is sent */
  historical: z.boolean().default(false),
  /** asked for where the procedure has the step it stands for */
  programme: z.strictObject(paperOf).optional(),
  plan: z.strictObject({
    ...paperOf,
    signer: reference.optional(),
    signedAs: z.enum(['T/M', 'K/T', 'T/L', 'Q.']).optional(),
    /** dates the plan gives, by step */
    dates: z.record(stepId, paperDate).default({}),
    /** known sessions of collective bodies, by party */
    sessions: z.record(z.string().max(64), z.array(civilDate).max(60)).default({}),
  }),
  decision: z.strictObject(paperOf).optional(),
  /** absent = one wave */
  waves: z
    .array(z.strictObject({ wave: z.int().min(1).max(99), from: civilDate, to: civilDate.optional() }))
    .max(99)
    .default([]),
  teams: z.array(team).max(200).default([]),
  offices: z.array(officeHolder).max(500).default([]),
  subjects: z.array(subject).max(5000).default([]),
});
export type CampaignDocument = z.output<typeof campaignDocument>;
export type CampaignDocumentInput = z.input<typeof campaignDocument>;
