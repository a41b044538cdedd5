// Builds dist/workflow-bundle.js: `node workflows/bundle.mjs`. Worker, replay and tests run the same bundle.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const here = dirname(fileURLToPath(import.meta.url));
export const BUNDLE_PATH = join(here, 'dist', 'workflow-bundle.js');

/**
 * Evaluated once and shared by all cases of a worker, frozen: pure, without a state of their own. Anything else is evaluated
 * for every case again, and what is evaluated again is never compiled well. The first sets the engine for all of them.
 */
const SHARED = [join(here, 'src', 'few-frames.ts'), '@giamsat/procedure', '@giamsat/contracts/workflow'];

/** The workflows and the core in one script, with its source map inside. */
export function bundleWorkflows({
  workflowsPath = join(here, 'src', 'index.ts'),
  logger = quiet,
  alias = {},
  preload = SHARED,
} = {}) {
  return bundleWorkflowCode({
    workflowsPath,
    preloadModules: preload,
    failureConverterPath: join(here, '..', 'libs', 'contracts', 'failure-converter.cjs'),
    logger,
    webpackConfigHook: (config) => ({
      ...config,
      // Every case evaluates what is not shared: a flat and small script cut a replay by a third (design §5).
      mode: 'production',
      // What is shared is required for its evaluation alone: `sideEffects` would leave it out.
      optimization: { ...config.optimization, concatenateModules: true, sideEffects: false },
      resolve: { ...config.resolve, alias: { ...config.resolve.alias, ...alias }, conditionNames: ['source', '...'] },
      module: { ...config.module, rules: config.module.rules.map(forThisNode) },
    }),
  });
}

/** The SDK compiles for the Node of 2017, in whose terms every `{ ...state }` is a slow helper. */
const forThisNode = (rule) =>
  rule.use?.options?.jsc
    ? {
        ...rule,
        use: { ...rule.use, options: { ...rule.use.options, jsc: { ...rule.use.options.jsc, target: 'es2022' } } },
      }
    : rule;

const report = (_level, message) => console.error(message);
const nothing = () => undefined;
const quiet = {
  log: report,
  error: (m) => report('ERROR', m),
  warn: (m) => report('WARN', m),
  info: nothing,
  debug: nothing,
  trace: nothing,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code } = await bundleWorkflows();
  await mkdir(dirname(BUNDLE_PATH), { recursive: true });
  await writeFile(BUNDLE_PATH, code);
  console.log(`workflow bundle: ${Math.round(code.length / 1024)} KB with its source map`);
}
