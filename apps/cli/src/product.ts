import { join } from 'node:path';
import type { Clock } from '@evenhand/kernel';
import { dataDirectoryOf, migrateQueues, readSettings, runMigrations, startEmbeddedPostgres } from '@evenhand/platform';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ProductModule } from './product.module';

/** The product's database and use cases, opened only by the commands that need them, and closed again. */
@Injectable()
export class Product {
  /**
   * Runs `work` on the database of `DATABASE_URL`; where that is unset, on the embedded one of `DATA_DIR`, which is
   * joined where it runs, else started for as long as the work takes, and brought to the present schema.
   */
  async withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
    const given = process.env['DATABASE_URL'];
    if (given) return work(given);
    const database = await startEmbeddedPostgres({
      dataDirectory: join(dataDirectoryOf(process.env), 'postgres'),
      onProgress: (step) => process.stderr.write(`${step}\n`),
    });
    try {
      await runMigrations(database.url);
      return await work(database.url);
    } finally {
      await database.stop();
    }
  }

  /** Runs `work` with the use cases of all contexts, at the present or the one that `clock` tells. */
  withUseCases<T>(
    work: (app: INestApplicationContext) => Promise<T>,
    { clock }: { readonly clock?: Clock } = {},
  ): Promise<T> {
    return this.withDatabase(async (databaseUrl) => {
      const settings = readSettings({ ...process.env, DATABASE_URL: databaseUrl });
      const app = await NestFactory.createApplicationContext(ProductModule.with({ settings, clock }), {
        logger: ['error'],
        abortOnError: false,
      });
      try {
        return await work(app);
      } finally {
        await app.close();
      }
    });
  }

  /** Brings the database to the present schema, the jobs' tables included where they live there. */
  migrate(onProgress: (name: string) => void): Promise<void> {
    return this.withDatabase(async (databaseUrl) => {
      await runMigrations(databaseUrl, onProgress);
      if (!process.env['REDIS_URL']) await migrateQueues(databaseUrl);
    });
  }
}
