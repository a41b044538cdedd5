import type { CompiledProcedure } from '@giamsat/procedure';
import { officesIn } from '@giamsat/procedure/source';

/** How every procedure calls the outcome by which a paper goes out. */
const ISSUED = 'issued';
/** The one act beside the steps by which one goes out. */
const ISSUING_ACT = 'issueInspection';

/** Whether a command sends a paper into the world, whoever enters it: then the password is asked for again. */
export const issues = (command: { type: string; outcome?: string }): boolean =>
  command.type === ISSUING_ACT || (command.type === 'completeStep' && command.outcome === ISSUED);

/** Offices that issue papers, by this procedure: their holders sign. */
export const signersIn = ({ steps, acts }: CompiledProcedure): string[] => [
  ...steps.flatMap(({ outcomes, perform }) => (outcomes[ISSUED] ? (outcomes[ISSUED].by ?? perform) : [])),
  ...(acts[ISSUING_ACT] ?? []),
];

/** The same by any procedure that is shipped. */
export const signingOffices = (): string[] => officesIn(signersIn);
