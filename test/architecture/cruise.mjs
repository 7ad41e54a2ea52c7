/**
 * Checks folders against .dependency-cruiser.cjs, each as if it were the root of the repository:
 *
 *     node test/architecture/cruise.mjs FOLDER...
 *
 * Prints one JSON object: folder → { modules: number, violations: [{ rule, from, to }] }. A process of its own, since
 * Jest cannot load dependency-cruiser, which is published as ES modules that use import.meta.
 */
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { forbidden, options } = createRequire(import.meta.url)(path.join(ROOT, '.dependency-cruiser.cjs'));
const FOLDERS_WITH_CODE = ['apps', 'libs', 'test'];

async function check(folder) {
  const { enhancedResolveOptions, tsConfig, ...others } = options;
  const alias = aliasesOf(folder);
  const { output } = await cruise(
    FOLDERS_WITH_CODE.filter((name) => fs.existsSync(path.join(folder, name))),
    { ...others, baseDir: folder, validate: true, ruleSet: { forbidden } },
    { ...enhancedResolveOptions, alias },
    { tsConfig: extractTSConfig(path.join(ROOT, tsConfig.fileName)) },
  );
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { modules: output.summary.totalCruised, violations };
}

/** `@evenhand/<lib>` within `folder`, as tsconfig.json has it for the repository. */
function aliasesOf(folder) {
  const libs = path.join(folder, 'libs');
  const names = fs.existsSync(libs) ? fs.readdirSync(libs) : [];
  return Object.fromEntries(names.map((name) => [`@evenhand/${name}$`, path.join(libs, name, 'src/index.ts')]));
}

const results = {};
for (const folder of process.argv.slice(2)) {
  process.chdir(folder);
  results[folder] = await check(path.resolve(folder));
}
console.log(JSON.stringify(results));
