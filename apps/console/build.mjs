/**
 * Builds the console into dist/console, unless that is already the build of the present sources and packages:
 *
 *     node apps/console/build.mjs
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const HERE = import.meta.dirname;
const ROOT = path.resolve(HERE, '../..');
const OUTPUT = path.join(ROOT, 'dist/console');
const STAMP = path.join(ROOT, 'dist/console.stamp');

/** Changes with any file of this folder, and with any package. */
function inputsDigest() {
  const files = fs
    .readdirSync(HERE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const digest = createHash('sha256');
  for (const file of [path.join(ROOT, 'package-lock.json'), ...files]) {
    digest
      .update(`${path.relative(ROOT, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  }
  return digest.digest('hex');
}

function stampedDigest() {
  return fs.existsSync(OUTPUT) && fs.existsSync(STAMP) ? fs.readFileSync(STAMP, 'utf8') : undefined;
}

const digest = inputsDigest();
if (stampedDigest() !== digest) {
  console.log('Building the API console (some seconds; only after changes) …');
  const { build } = await import('vite');
  await build({ configFile: path.join(HERE, 'vite.config.mts'), logLevel: 'warn' });
  fs.writeFileSync(STAMP, digest);
}
