/** The api as a library: for tests that start it beside other processes, and for whoever checks its settings. */
export { ApiModule, type Surroundings } from './api.module.js';
export { Clock } from './clock.js';
export { type ApiConfig, apiVariables, readConfig } from './config.js';
export { createApi } from './create-api.js';
