import type { PartialSource } from './procedure-file.js';
import type { LayeredYaml } from './yaml-file.js';
export function checkProcedure(_yaml: LayeredYaml, _parts: PartialSource): void {}
