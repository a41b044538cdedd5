import { setFlagsFromString } from 'node:v8';

/**
 * What a workflow task makes is forgotten when it ends: with the 16 MB that V8 gives new objects, collecting them is a tenth
 * of what a step costs in node. In MB; holds for the threads that run workflows, which start later.
 */
setFlagsFromString('--max-semi-space-size=64');

/**
 * A worker keeps little and works much: under load V8 collects its whole heap every other second, and forgets each time what
 * it had compiled of functions that live for one call. Collecting and compiling again is a tenth of what a step costs in node.
 * In percent of what lives, never more than half way to all that V8 may take: from 25 MB to 200 before it collects.
 */
setFlagsFromString('--heap-growing-percent=700');
