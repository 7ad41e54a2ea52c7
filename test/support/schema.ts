/**
 * The API's description in GraphQL's schema language and the table of who may select which field, made from the resolver
 * classes and the policy without any database:
 *
 *     npm run schema              writes schema.graphql and docs/access.md
 *     npm run schema -- --check   exits 1 where one of the two is not what the code says
 *
 * Both name the changes that would break clients written against schema.graphql as it was.
 */
import { buildSchema, findBreakingChanges, printSchema } from 'graphql';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withErrorTypes } from '../../apps/api/src/graphql/access/policy';
import { policy } from '../../apps/api/src/policy';
import { accessReport } from './access/access-report';
import { apiSchema } from './access/api-schema';

const ROOT = resolve(__dirname, '../..');
const HEADER = '# Generated from the resolvers by `npm run schema`; do not edit.\n\n';
const CHANGED_LINES_SHOWN = 20;

function reportBreakingChanges(before: string, now: string): void {
  const changes = findBreakingChanges(buildSchema(before), buildSchema(now));
  if (changes.length === 0) return;
  console.log(`${changes.length} of the changes break clients:`);
  for (const { description } of changes) console.log(`  ${description}`);
}

/** The first lines that stand in one of the two alone. */
function reportChangedLines(before: string, now: string): void {
  const linesBefore = before.split('\n');
  const linesNow = now.split('\n');
  const [knownBefore, knownNow] = [new Set(linesBefore), new Set(linesNow)];
  const changes = [
    ...linesBefore.filter((line) => !knownNow.has(line)).map((line) => `- ${line}`),
    ...linesNow.filter((line) => !knownBefore.has(line)).map((line) => `+ ${line}`),
  ];
  for (const change of changes.slice(0, CHANGED_LINES_SHOWN)) console.log(`  ${change}`);
  if (changes.length > CHANGED_LINES_SHOWN) console.log(`  … and ${changes.length - CHANGED_LINES_SHOWN} lines more`);
}

/** Writes the file, or with `--check` says how it differs and fails. */
function bringUpToDate(name: string, now: string): void {
  const file = resolve(ROOT, name);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (before === now) {
    console.log(`${name} is what the code says.`);
    return;
  }
  if (before !== null && name.endsWith('.graphql')) reportBreakingChanges(before, now);
  if (process.argv.includes('--check')) {
    console.log(`${name} is not what the code says:`);
    reportChangedLines(before ?? '', now);
    process.exitCode = 1;
  } else {
    writeFileSync(file, now);
    console.log(`Wrote ${name}.`);
  }
}

async function main(): Promise<void> {
  const schema = await apiSchema();
  bringUpToDate('schema.graphql', `${HEADER}${printSchema(schema)}\n`);
  bringUpToDate('docs/access.md', accessReport(withErrorTypes(policy, schema), schema));
}

main().catch((error: unknown) => {
  console.error('No schema can be made of the resolvers:', error instanceof Error ? error.message : error);
  process.exit(1);
});
