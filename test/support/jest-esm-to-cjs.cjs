'use strict';

/**
 * Jest's transform for JavaScript. Nest 12 and others are published as ES modules only; Node loads them by require(), but
 * Jest's own loader cannot before Node 24.9. So ES modules become CommonJS here, and all else is left as it is.
 */
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const swc = require('@swc/core');

const TRANSFORM_VERSION = hash(fs.readFileSync(__filename), require('@swc/core/package.json').version);
const typeOfFolder = new Map();

function hash(...parts) {
  const sha256 = crypto.createHash('sha256');
  for (const part of parts) sha256.update(part).update('\0');
  return sha256.digest('hex');
}

/** Whether the nearest package.json makes `.js` files of this folder ES modules. */
function isModuleFolder(folder) {
  if (!typeOfFolder.has(folder)) typeOfFolder.set(folder, readModuleType(folder));
  return typeOfFolder.get(folder);
}

function readModuleType(folder) {
  const manifest = path.join(folder, 'package.json');
  if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
  const parent = path.dirname(folder);
  return parent !== folder && isModuleFolder(parent);
}

function isEsModule(file) {
  if (file.endsWith('.mjs')) return true;
  return !file.endsWith('.cjs') && isModuleFolder(path.dirname(file));
}

module.exports = {
  getCacheKey: (source, file) => hash(TRANSFORM_VERSION, String(isEsModule(file)), file, source),

  process(source, file) {
    if (!isEsModule(file)) return { code: source };
    return swc.transformSync(source, {
      filename: file,
      swcrc: false,
      configFile: false,
      sourceMaps: false,
      isModule: true,
      jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } },
      module: { type: 'commonjs', ignoreDynamic: false },
    });
  },
};
