export { temporalBinary, timeSkippingBinary, type FoundProgram } from './temporal-binary.js';
export { startTemporal, type TemporalOptions, type TemporalServer } from './temporal-server.js';
export { startPostgres, type PostgresOptions, type PostgresServer } from './postgres.js';
export { choosePort, freePort, isFree } from './ports.js';
export { waitUntil } from './wait-until.js';
