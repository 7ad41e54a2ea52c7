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
