import { officesIn, officesOf } from '@giamsat/procedure/source';

/** Offices that may plan: launch, do the steps of a campaign, or enter its papers. */
export const planningOffices = (): string[] =>
  officesIn(({ acts, steps, paperEntry }) => [
    ...(acts.launchWave ?? []),
    ...steps.flatMap((step) => (step.scope === 'campaign' ? step.perform : [])),
    ...paperEntry,
  ]);

/** Offices that are a seat in a team. */
export const teamOffices = (): string[] => officesIn((procedure) => officesOf(procedure, 'team'));

/** Offices that only read, by a mandate of their own; what they read is written down. */
export const auditOffices = (): string[] => officesIn((procedure) => officesOf(procedure, 'audit'));
