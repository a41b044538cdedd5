import type { CompiledProcedure, OfficeId, PartyId } from '../definition/definition.js';
import { procedureLibrary } from './library.js';

/** The supervised party, in every procedure. */
export const SUBJECT_PARTY: PartyId = 'unit';

export const officesOf = (procedure: CompiledProcedure, party: PartyId): OfficeId[] =>
  Object.entries(procedure.offices).flatMap(([office, of]) => (of === party ? [office] : []));

/** Offices of a supervised unit: held in its register they reach its own cases, and nothing else. */
export const unitOffices = (): OfficeId[] => [
  ...new Set(
    procedureLibrary()
      .listProcedures()
      .flatMap(({ compiled }) => officesOf(compiled, SUBJECT_PARTY)),
  ),
];
