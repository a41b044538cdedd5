import { type Db, type FrozenPlan, offices, people, references } from '@giamsat/database';
import type { CompiledProcedure } from '@giamsat/procedure';
import { SUBJECT_PARTY } from '@giamsat/procedure/source';
import type { Given } from './plan-grants.js';

/** `passed`: another unit stands in its place, and an office given on the case for the first one counts no more. */
type Planned = FrozenPlan['subjects'][number] & { passed?: boolean };

export interface Holders {
  /** people who would answer for this office in the case of this subject; empty = nobody */
  of(office: string, subject: Planned): string[];
  isReachable(person: string): boolean;
}

/**
 * Who would hold which office in cases that do not stand yet, by the same order as in cases that do: on the case, in its
 * team, in the campaign, in the register of the unit (offices of the supervised party) or of the owner (all others).
 */
export async function plannedHolders(
  db: Db,
  plan: {
    campaign: string;
    owner: string;
    subjects: Planned[];
    procedure: CompiledProcedure;
    on: string;
    /** offices that issuing the plan will give */
    given?: Given[];
  },
): Promise<Holders> {
  const { campaign, owner, subjects, procedure, on, given = [] } = plan;
  const teams = [...new Set(subjects.flatMap(({ team }) => team ?? []))];
  const units = [owner, ...new Set(subjects.map(({ unit }) => unit))];
  const cases = subjects.map(({ caseId }) => caseId);
  const [inUnits, inCampaign, onCases] = await Promise.all([
    offices.inUnits(db, { units, on }),
    offices.inCampaign(db, { campaign, teams, on }),
    references.officesOnCases(db, { cases, on }),
  ]);
  const held = new Map<string, string[]>();
  const hold = (at: string | null | undefined, { office, person }: { office: string; person: string }): void => {
    const place = `${at} ${office}`;
    held.set(place, [...(held.get(place) ?? []), person]);
  };
  for (const grant of given) hold(Object.values(grant.scope)[0], grant);
  for (const grant of [...onCases, ...inCampaign, ...inUnits])
    hold(grant.case ?? grant.team ?? grant.campaign ?? grant.unit, grant);
  const known = await people.findMany(db, [...new Set([...held.values()].flat())]);
  return {
    of(office, { caseId, team, unit, passed }) {
      const isOfUnit = procedure.offices[office] === SUBJECT_PARTY;
      const onCase = isOfUnit && passed ? undefined : caseId;
      const places = [onCase, team, campaign, isOfUnit ? unit : owner].map((at) => held.get(`${at} ${office}`) ?? []);
      return places.find((holders) => holders.length > 0) ?? [];
    },
    isReachable: (person) => Boolean(known[person]?.email),
  };
}

/** Offices the procedure writes to in a case: the debtor's contact in time, the ladder's addressees afterwards. */
export function toldOffices(procedure: CompiledProcedure, only?: ReadonlySet<string>): string[] {
  const steps = procedure.steps.filter(({ scope, id }) => scope === 'case' && (only?.has(id) ?? true));
  const contacts = steps.flatMap(({ actor, remind, ladder }) =>
    remind || ladder ? (procedure.contact[actor] ?? []) : [],
  );
  const rungs = steps.flatMap(({ ladder }) => procedure.ladders[ladder ?? ''] ?? []);
  return [...new Set([...contacts, ...rungs.flatMap(({ to }) => to)])].filter((office) => office in procedure.offices);
}

/** Who answers for the unit itself: may do its steps. */
export function headOffices(procedure: CompiledProcedure): string[] {
  const steps = procedure.steps.filter(({ scope, actor }) => scope === 'case' && actor === SUBJECT_PARTY);
  return [...new Set(steps.flatMap(({ perform }) => perform))].filter(
    (office) => procedure.offices[office] === SUBJECT_PARTY,
  );
}

/**
 * A vacant office stops no notice as long as somebody beside the debtor is told of it on the same ladder. The contact of
 * the supervised unit is told first of all: without him nobody above may be (design §4.6).
 */
export function isClimbedOver(
  procedure: CompiledProcedure,
  office: string,
  isHeld: (office: string) => boolean,
): boolean {
  if (procedure.contact[SUBJECT_PARTY] === office) return false;
  const steps = procedure.steps.filter(({ scope }) => scope === 'case');
  const ladders = [...new Set(steps.flatMap(({ ladder }) => ladder ?? []))].map((id) => procedure.ladders[id] ?? []);
  return ladders.every((rungs) => {
    const told = rungs.flatMap(({ to }) => to);
    const debtor = told[0];
    return !told.includes(office) || told.some((other) => other !== office && other !== debtor && isHeld(other));
  });
}
