import type { Logger } from '@temporalio/worker';

export declare const BUNDLE_PATH: string;
export declare function bundleWorkflows(options?: {
  workflowsPath?: string;
  logger?: Logger;
  /** webpack aliases; tests put a predictable core in place of the real one */
  alias?: Record<string, string>;
  /** modules that all cases of a worker share: only what keeps no state */
  preload?: string[];
}): Promise<{ code: string; sourceMap: string }>;
