'use strict';

/**
 * Runs a TypeScript file of this repository in a Node process of its own, for tests that need one to kill:
 *
 *     node test/support/run-typescript.cjs <file.ts> [arguments]
 */
const fs = require('node:fs');
const path = require('node:path');
const swc = require('@swc/core');

const root = path.resolve(__dirname, '../..');
const {
  exclude: _builtOnly,
  $schema: _schema,
  ...options
} = JSON.parse(fs.readFileSync(path.join(root, '.swcrc'), 'utf8'));

require.extensions['.ts'] = (module, filename) => {
  const { code } = swc.transformFileSync(filename, {
    ...options,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { ...options.jsc, baseUrl: root },
    module: { ...options.module, resolveFully: false },
  });
  module._compile(code, filename);
};

const [file, ...rest] = process.argv.slice(2);
process.argv = [process.execPath, path.resolve(file), ...rest];
require(path.resolve(file));
