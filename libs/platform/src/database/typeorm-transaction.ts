import { Transaction, type Actor } from '@evenhand/kernel';
import type { EntityManager } from 'typeorm';

/** A TypeORM transaction with the actor whose rights apply in it. */
export class TypeormTransaction extends Transaction {
  constructor(
    override readonly actor: Actor,
    readonly manager: EntityManager,
  ) {
    super();
  }
}

/** The entity manager of an open transaction; for repositories only. */
export function managerOf(tx: Transaction): EntityManager {
  if (tx instanceof TypeormTransaction) return tx.manager;
  throw new TypeError('This repository needs a database transaction.');
}

interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The driver's client: it can prepare statements, and TypeORM's runner costs as much again as a short one does. */
export interface DriverClient {
  query(statement: string | PreparedStatement): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Runs a statement that each connection parses once, under its name; for long statements on hot paths. */
export async function queryPrepared(
  tx: Transaction,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  const client: DriverClient = await managerOf(tx).queryRunner?.connect();
  return (await client.query({ name, text, values })).rows;
}
