/**
 * Procedures as they were released, by hash, for as long as cases run under them. A case carries the hash alone (design §3.8);
 * whoever replays it in ten years finds here what it meant, whatever compiles a procedure file then.
 */
import type { CompiledProcedure } from '../definition/definition.js';
import drill1 from './drill@1.json' with { type: 'json' };
import fda2009 from './fda-483@2009.json' with { type: 'json' };
import party2022 from './vn-party-supervision@2022.json' with { type: 'json' };
import party2026 from './vn-party-supervision@2026.json' with { type: 'json' };

const released = [drill1, fda2009, party2022, party2026] as unknown as CompiledProcedure[];
const byHash = new Map(released.map((procedure) => [procedure.hash, procedure]));

/** Undefined for one that was never released, such as a file of one's own. */
export const releasedProcedure = (hash: string): CompiledProcedure | undefined => byHash.get(hash);
