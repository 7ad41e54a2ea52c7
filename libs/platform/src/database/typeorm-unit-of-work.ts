import { systemActor, type Actor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { runAgain } from './run-again';
import { SET_ACTOR_SQL, sessionSettingsOf, setActorText } from './session-settings';
import { type DriverClient, managerOf, opened, sendTogether, TypeormTransaction } from './typeorm-transaction';

const BEGIN = {
  'read write': 'start transaction',
  'read only': 'start transaction isolation level repeatable read read only',
} as const;

/** Transactions on TypeORM's pool: actor set per transaction, reruns after serialisation failures and deadlocks. */
@Injectable()
export class TypeormUnitOfWork extends UnitOfWork {
  private savepoints = 0;
  private readonly elevated = new WeakSet<Transaction>();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override run<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runAgain(() => this.once(actor, 'read write', work));
  }

  override read<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.once(actor, 'read only', work);
  }

  override lastly<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
    opened(tx).endSoon();
    return work();
  }

  override async asSystem<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
    if (this.elevated.has(tx) || tx.actor.kind === 'system') return work();
    setActor(tx, systemActor('use case'));
    this.elevated.add(tx);
    try {
      return await work();
    } finally {
      this.elevated.delete(tx);
      setActor(tx, tx.actor);
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

  private async once<T>(actor: Actor, access: keyof typeof BEGIN, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client: DriverClient = await runner.connect();
      sendTogether(client);
      const begun = client.query(`${BEGIN[access]}; ${setActorText(actor)}`);
      // TypeORM has to know: it refuses row locks otherwise, and `save` would open and commit a transaction of its own.
      Object.assign(runner, { isTransactionActive: true });
      const tx = new TypeormTransaction(actor, runner.manager, client, access);
      const result = await inside(tx, begun, () => work(tx));
      await tx.finish('commit');
      return result;
    } finally {
      await runner.release();
    }
  }
}

/** The result of the work in a transaction that begins meanwhile. Where it could not begin, that is the error to tell. */
async function inside<T>(tx: TypeormTransaction, begun: Promise<unknown>, work: () => Promise<T>): Promise<T> {
  try {
    const [result] = await Promise.all([work(), begun]);
    return result;
  } catch (error) {
    await tx.finish('rollback').catch(() => undefined);
    await begun;
    throw error;
  }
}

/**
 * Goes ahead of the next statement, with which it leaves. Nobody waits for it: it fails only after a failed statement, when
 * PostgreSQL refuses all others too and undoes the setting with the rest.
 */
function setActor(tx: Transaction, actor: Actor): void {
  const { client } = opened(tx);
  sendTogether(client);
  const statement = { name: 'platform.set_actor', text: SET_ACTOR_SQL, values: sessionSettingsOf(actor) };
  client.query(statement).catch(() => undefined);
}
