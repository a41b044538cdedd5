import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.giamsat/**'] },
  ...tseslint.configs.recommended,
  {
    // Loaded by path as CommonJS, by the SDK and by the tools that know no other form.
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: ['./test/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Nest injects by the class value: a type-only import would break it.
    files: ['libs/**/*.ts', 'workflows/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'error' },
  },
  {
    // The core decides over careers: the same answer everywhere, every time. No clock, no locale, no randomness, no I/O.
    files: ['libs/procedure/src/**/*.ts'],
    ignores: ['libs/procedure/src/source/**', '**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'fetch', 'Intl'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The moment comes in as an argument.',
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'The moment comes in as an argument.',
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'No randomness in the core.',
        },
        {
          selector: 'MemberExpression[property.name=/^get(FullYear|Month|Date|Day|Hours|Minutes)$/]',
          message: 'Local time getters depend on the machine.',
        },
        { selector: 'MemberExpression[property.name=/^toLocale/]', message: 'Locale output depends on the machine.' },
        {
          selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: 'All cases of a worker share the core: it keeps no state.',
        },
      ],
      'no-restricted-imports': ['error', { patterns: ['node:*', 'zod', 'yaml', '@nestjs/*', 'typeorm', 'pg'] }],
    },
  },
  {
    files: ['workflows/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            'node:*',
            'zod',
            'yaml',
            '@nestjs/*',
            'typeorm',
            'pg',
            '@giamsat/contracts/http',
            '@giamsat/procedure/source',
          ],
        },
      ],
    },
  },
);
