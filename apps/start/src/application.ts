import type { RoleUrls } from './database.js';
import type { Ports } from './ports.js';
import type { ProcessName } from './processes.js';

/** Where the servers are and what the application is told about them. */
export interface Surroundings {
  readonly home: string;
  readonly urls: RoleUrls;
  readonly ports: Ports;
  /** Every setting the processes of the application and the command line run with. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ApplicationProcess {
  readonly name: ProcessName;
  /** Arguments of `node`. */
  readonly args: readonly string[];
  /** Asked again and again until it answers true. */
  isReady(around: Surroundings): Promise<boolean>;
}

/** What the starter runs on the servers. A parameter, so that its own tests need neither worker nor api. */
export interface Application {
  readonly processes: readonly ApplicationProcess[];
  /**
   * Once per home folder, repeated when it did not come to its end.
   * @returns what a newcomer has to know of it (the accounts), shown at every start
   */
  loadDemo?(around: Surroundings): Promise<string>;
}
