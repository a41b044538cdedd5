import type { StarterConfig } from './config.js';
import { choosePort } from './engines/index.js';

export interface Ports {
  readonly api: number;
  /** Where the worker says how it is. */
  readonly worker: number;
  readonly temporal: number;
  readonly ui: number;
  readonly postgres: number;
}

/** All ports before anything starts, so that a taken one is told at once. */
export async function choosePorts(config: StarterConfig): Promise<Ports> {
  return {
    api: await choosePort('GIAMSAT_API_PORT', config.GIAMSAT_API_PORT, 4600),
    worker: await choosePort('GIAMSAT_WORKER_PORT', config.GIAMSAT_WORKER_PORT, 4604),
    temporal: await choosePort('GIAMSAT_TEMPORAL_PORT', config.GIAMSAT_TEMPORAL_PORT, 4601),
    ui: await choosePort('GIAMSAT_UI_PORT', config.GIAMSAT_UI_PORT, 4602),
    postgres: await choosePort('GIAMSAT_PG_PORT', config.GIAMSAT_PG_PORT, 4603),
  };
}
