import type { Actor } from './actor';

/** An open database transaction. Opaque: only repositories look inside. */
export abstract class Transaction {
  /** Whose rights row-level security applies in this transaction. */
  abstract readonly actor: Actor;
}

/**
 * The only place that commits. `work` may run again after a serialisation failure or a deadlock,
 * so it must keep all its effects inside the transaction.
 */
export abstract class UnitOfWork {
  /** Runs `work` in one read-write transaction with the actor's rights. */
  abstract run<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T>;

  /** Runs `work` in one read-only transaction (one snapshot) with the actor's rights. */
  abstract read<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T>;

  /**
   * Runs `work`, the last of a reading transaction, which ends at once: its statements and the end travel together. None
   * of them may wait for the answer to another; what is asked later finds the transaction ended and throws.
   */
  abstract lastly<T>(tx: Transaction, work: () => Promise<T>): Promise<T>;

  /**
   * Runs `work` inside `tx` with the system's rights instead of the actor's: for what a rule must see or write
   * beyond the actor's own rows (rivals' commitments in a budget check). Decide what the actor may do before.
   */
  abstract asSystem<T>(tx: Transaction, work: () => Promise<T>): Promise<T>;

  /** Runs `work` behind a savepoint: when it throws, only its own effects are undone. */
  abstract savepoint<T>(tx: Transaction, work: () => Promise<T>): Promise<T>;
}
