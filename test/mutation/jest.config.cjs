'use strict';

const { globalSetup: _run, globalTeardown: _end, ...base } = require('../../jest.config.cjs');

/** The tests of rules that need nothing beside themselves: no run is opened, no database asked for. */
module.exports = {
  ...base,
  roots: ['<rootDir>/libs/money/src', '<rootDir>/libs/ledger/src/domain'],
  testRegex: ['libs/money/src/[^/]*spec\\.ts$', 'libs/ledger/src/domain/[^/]*spec\\.ts$'],
  setupFiles: ['<rootDir>/test/mutation/same-examples.cjs'],
};
