import type { CompiledProcedure } from '@giamsat/procedure';
import { officesIn } from '@giamsat/procedure/source';

/** How every procedure calls the outcome by which a paper goes out. */
const ISSUED = 'issued';
/** The one act beside the steps by which one goes out. */
const ISSUING_ACT = 'issueInspection';

/** Changes what is on record, under one name and a second one, or a signed paper. */
const CORRECTING_ACT = 'correctEntry';

/** Whether a command sends a paper into the world or corrects one, whoever enters it: then the password is asked for again. */
export const issues = (command: { type: string; outcome?: string }): boolean =>
  [ISSUING_ACT, CORRECTING_ACT].includes(command.type) ||
  (command.type === 'completeStep' && command.outcome === ISSUED);

/** Offices that issue papers, by this procedure: their holders sign. */
export const signersIn = ({ steps, acts }: CompiledProcedure): string[] => [
  ...steps.flatMap(({ outcomes, perform }) => (outcomes[ISSUED] ? (outcomes[ISSUED].by ?? perform) : [])),
  ...(acts[ISSUING_ACT] ?? []),
];

/** The same by any procedure that is shipped. */
export const signingOffices = (): string[] => officesIn(signersIn);
