const fs = require('node:fs');
const path = require('node:path');

const swcrc = JSON.parse(fs.readFileSync(path.join(__dirname, '.swcrc'), 'utf8'));
const { exclude: _builtOnly, ...buildOptions } = swcrc;
// Without ".js" at the end of imports: global setup and teardown run outside Jest's module mapper.
const swcOptions = { ...buildOptions, module: { ...buildOptions.module, resolveFully: false } };

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // The first test that asks for a database waits for the server and the migrations.
  testTimeout: 30_000,
  testEnvironment: 'node',
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testRegex: '(\\.|-)spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleFileExtensions: ['js', 'ts', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swcOptions, sourceMaps: 'inline', swcrc: false }],
    '^.+\\.m?js$': '<rootDir>/test/support/jest-esm-to-cjs.cjs',
  },
  transformIgnorePatterns: [],
  moduleNameMapper: { '^@evenhand/(.*)$': '<rootDir>/libs/$1/src/index.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
};
