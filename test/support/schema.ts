/**
 * The API's description in GraphQL's schema language, made from the resolver classes without any database:
 *
 *     npm run schema              writes schema.graphql
 *     npm run schema -- --check   exits 1 where schema.graphql is not what the code says
 *
 * Both name the changes that would break clients written against the file as it was.
 */
import 'reflect-metadata';
import { readSettings } from '@evenhand/platform';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiModule } from '../../apps/api/src/api.module';

const FILE = resolve(__dirname, '../../schema.graphql');
const HEADER = '# Generated from the resolvers by `npm run schema`; do not edit.\n\n';
const CHANGED_LINES_SHOWN = 20;

async function describeApi(): Promise<string> {
  const settings = readSettings({ DATABASE_URL: 'postgres://none.invalid/none', LOG_LEVEL: 'silent' });
  // In preview Nest resolves the module tree, from which the schema is made, and makes no provider.
  const app = await NestFactory.createApplicationContext(ApiModule.with(settings), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return `${HEADER}${printSchema(lexicographicSortSchema(app.get(GraphQLSchemaHost).schema))}\n`;
}

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

async function main(): Promise<void> {
  const now = await describeApi();
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : null;
  if (before === now) {
    console.log('schema.graphql is what the code says.');
    return;
  }
  if (before !== null) reportBreakingChanges(before, now);
  if (process.argv.includes('--check')) {
    console.log('schema.graphql is not what the code says:');
    reportChangedLines(before ?? '', now);
    process.exitCode = 1;
  } else {
    writeFileSync(FILE, now);
    console.log('Wrote schema.graphql.');
  }
}

main().catch((error: unknown) => {
  console.error('No schema can be made of the resolvers:', error instanceof Error ? error.message : error);
  process.exit(1);
});
