import type { CompiledProcedure } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';

/** The supervised party, in every procedure. */
export const SUBJECT_PARTY = 'unit';

const compiled = (): CompiledProcedure[] =>
  procedureLibrary()
    .listProcedures()
    .map((shipped) => shipped.compiled);

const officesOf = (procedure: CompiledProcedure, party: string): string[] =>
  Object.entries(procedure.offices).flatMap(([office, of]) => (of === party ? [office] : []));

/** Offices of a supervised unit: held in its register they reach its own cases, and nothing else. */
export const unitOffices = (): string[] => [
  ...new Set(compiled().flatMap((procedure) => officesOf(procedure, SUBJECT_PARTY))),
];

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
