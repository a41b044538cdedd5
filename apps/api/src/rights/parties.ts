import type { CompiledProcedure } from '@giamsat/procedure';
import { officesOf, procedureLibrary } from '@giamsat/procedure/source';

const compiled = (): CompiledProcedure[] =>
  procedureLibrary()
    .listProcedures()
    .map((shipped) => shipped.compiled);

/** Offices that may plan: launch, do the steps of a campaign, or enter its papers. */
export const planningOffices = (): string[] => [
  ...new Set(
    compiled().flatMap((procedure) => [
      ...(procedure.acts.launchWave ?? []),
      ...procedure.steps.flatMap((step) => (step.scope === 'campaign' ? step.perform : [])),
      ...procedure.paperEntry,
    ]),
  ),
];

/** Offices that only read, by a mandate of their own; what they read is written down. */
export const auditOffices = (): string[] => [
  ...new Set(compiled().flatMap((procedure) => officesOf(procedure, 'audit'))),
];
