import { systemActor, type Actor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { runAgain } from './run-again';
import { SET_ACTOR_SQL, sessionSettingsOf, setActorText } from './session-settings';
import { type DriverClient, managerOf, TypeormTransaction } from './typeorm-transaction';

/** Transactions on TypeORM's pool: actor set per transaction, reruns after serialisation failures and deadlocks. */
@Injectable()
export class TypeormUnitOfWork extends UnitOfWork {
  private savepoints = 0;
  private readonly elevated = new WeakSet<Transaction>();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override run<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runAgain(() => this.once(actor, 'start transaction', work));
  }

  override read<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.once(actor, 'start transaction isolation level repeatable read read only', work);
  }

  override async asSystem<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
    if (this.elevated.has(tx) || tx.actor.kind === 'system') return work();
    await setActor(tx, systemActor('use case'));
    this.elevated.add(tx);
    try {
      return await work();
    } finally {
      this.elevated.delete(tx);
      // After a failed statement PostgreSQL refuses this one too, and undoes the setting with the rest.
      await setActor(tx, tx.actor).catch(() => undefined);
    }
  }

  override async savepoint<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
    const manager = managerOf(tx);
    this.savepoints += 1;
    const name = `sp_${this.savepoints}`;
    await manager.query(`savepoint ${name}`);
    try {
      const result = await work();
      await manager.query(`release savepoint ${name}`);
      return result;
    } catch (error) {
      await manager.query(`rollback to savepoint ${name}`);
      throw error;
    }
  }

  private async once<T>(actor: Actor, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client: DriverClient = await runner.connect();
      // One message for both: a round trip costs as much as a small statement.
      await client.query(`${begin}; ${setActorText(actor)}`);
      // TypeORM has to know: it refuses row locks otherwise, and `save` would open and commit a transaction of its own.
      Object.assign(runner, { isTransactionActive: true });
      const result = await inside(client, new TypeormTransaction(actor, runner.manager), work);
      await client.query('commit');
      return result;
    } finally {
      await runner.release();
    }
  }
}

async function inside<T>(client: DriverClient, tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await work(tx);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function setActor(tx: Transaction, actor: Actor): Promise<unknown> {
  return managerOf(tx).query(SET_ACTOR_SQL, [...sessionSettingsOf(actor)]);
}
