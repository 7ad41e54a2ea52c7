import 'reflect-metadata';
import { readSettings } from '@evenhand/platform';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema } from 'graphql';
import { ApiModule } from '../../../apps/api/src/api.module';

/** The API's schema, sorted, made from the resolver classes without any database. */
export async function apiSchema(): Promise<GraphQLSchema> {
  const settings = readSettings({ DATABASE_URL: 'postgres://none.invalid/none', LOG_LEVEL: 'silent' });
  // In preview Nest resolves the module tree, from which the schema is made, and makes no provider.
  const app = await NestFactory.createApplicationContext(ApiModule.with(settings), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return lexicographicSortSchema(app.get(GraphQLSchemaHost).schema);
}
