import type { CompiledProcedure, OfficeId, PartyId } from '../definition/definition.js';
import { SUBJECT_PARTY } from '../case/duties.js';
import { procedureLibrary } from './library.js';

export { SUBJECT_PARTY };

export const officesOf = (procedure: CompiledProcedure, party: PartyId): OfficeId[] =>
  Object.entries(procedure.offices).flatMap(([office, of]) => (of === party ? [office] : []));

/** What any of the shipped procedures names, each once. */
export const officesIn = (of: (procedure: CompiledProcedure) => OfficeId[]): OfficeId[] => [
  ...new Set(
    procedureLibrary()
      .listProcedures()
      .flatMap(({ compiled }) => of(compiled)),
  ),
];

/** Offices of a supervised unit: held in its register they reach its own cases, and nothing else. */
export const unitOffices = (): OfficeId[] => officesIn((procedure) => officesOf(procedure, SUBJECT_PARTY));
