import { setFlagsFromString } from 'node:v8';

/**
 * What a workflow task makes is forgotten when it ends: with the 16 MB that V8 gives new objects, collecting them is a tenth
 * of what a step costs in node. In MB; holds for the threads that run workflows, which start later.
 */
setFlagsFromString('--max-semi-space-size=64');

/**
 * A worker keeps little and works much, so V8 collects its whole heap every other second, and each time forgets what it had
 * compiled of functions that live for one call; to compile them again is a tenth of what a step costs in node. In percent of
 * what lives, up to half of what V8 may take at all: from 25 MB to 200 before it collects.
 */
setFlagsFromString('--heap-growing-percent=700');
