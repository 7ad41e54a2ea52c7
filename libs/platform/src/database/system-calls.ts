import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { runAgain } from './run-again';
import { becomesSystemSql } from './session-settings';
import type { DriverClient } from './typeorm-transaction';

interface ResultRow {
  readonly result: unknown;
}

/**
 * Calls of database functions with the system's rights, each in a transaction of its own: PostgreSQL begins and commits
 * one for every statement by itself, so that a call is one round trip instead of three.
 */
@Injectable()
export class SystemCalls {
  constructor(private readonly dataSource: DataSource) {}

  /** What the function answers; `call` is its call with parameters, which each connection parses once, under its name. */
  call(name: string, call: string, values: readonly unknown[]): Promise<unknown> {
    const statement = { name, text: `select case when ${becomesSystemSql(name)} then ${call} end as result`, values };
    return runAgain(async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        const client: DriverClient = await runner.connect();
        const [row] = (await client.query(statement)).rows as readonly ResultRow[];
        return row?.result;
      } finally {
        await runner.release();
      }
    });
  }
}
