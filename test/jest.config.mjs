// One Jest for the whole project. `*.test.ts` are pure; `*.int.test.ts` get a real Postgres and Temporal from the global setup.
export default {
  rootDir: '..',
  testMatch: [
    '<rootDir>/{libs,apps}/*/src/**/*.test.ts',
    '<rootDir>/workflows/src/**/*.test.ts',
    '<rootDir>/test/**/*.test.ts',
  ],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs)/[^/]+/dist', '<rootDir>/workflows/dist', '<rootDir>/.giamsat'],
  // The files wait for servers more than they work: two at a time, also where Jest would leave one core to itself.
  maxWorkers: 2,
  testTimeout: 60_000,
};
