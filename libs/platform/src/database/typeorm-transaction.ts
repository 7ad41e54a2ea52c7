import { Transaction, type Actor } from '@evenhand/kernel';
import type { Socket } from 'node:net';
import type { EntityManager } from 'typeorm';

/** A TypeORM transaction with the actor whose rights apply in it. */
export class TypeormTransaction extends Transaction {
  private isOver = false;
  private end: Promise<unknown> | null = null;

  constructor(
    override readonly actor: Actor,
    readonly manager: EntityManager,
    readonly client: DriverClient,
    private readonly access: 'read only' | 'read write',
  ) {
    super();
  }

  /** Ends the transaction together with the statements that are given until settled promises have gone on. */
  endSoon(): void {
    if (this.access !== 'read only') throw new TypeError('What is written is committed when all of its work is done.');
    this.end = new Promise((resolve, reject) => {
      sendTogether(this.client, () => {
        this.isOver = true;
        this.client.query('commit').then(resolve, reject);
      });
    });
    // Whoever began the transaction waits for it, unless something else goes wrong first.
    this.end.catch(() => undefined);
  }

  /** Ends the transaction by `command`, where it does not end by itself. */
  finish(command: 'commit' | 'rollback'): Promise<unknown> {
    return this.end ?? this.client.query(command);
  }

  assertOpen(): void {
    if (this.isOver) throw new TypeError('The transaction has ended: what comes last may not wait for an answer.');
  }
}

/** The entity manager of an open transaction; for repositories only. */
export function managerOf(tx: Transaction): EntityManager {
  return opened(tx).manager;
}

export function opened(tx: Transaction): TypeormTransaction {
  if (!(tx instanceof TypeormTransaction)) throw new TypeError('This repository needs a database transaction.');
  tx.assertOpen();
  return tx;
}

interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The driver's client: it can prepare statements, and TypeORM's runner costs as much again as a short one does. */
export interface DriverClient {
  query(statement: string | PreparedStatement): Promise<{ readonly rows: readonly unknown[] }>;
  readonly connection: { readonly stream: Socket };
}

/**
 * What the client is given until the promises that are settled have gone on leaves in one packet, with what `last` adds:
 * a packet costs as much as a small statement.
 */
export function sendTogether({ connection: { stream } }: DriverClient, last?: () => void): void {
  stream.cork();
  process.nextTick(() => {
    last?.();
    stream.uncork();
  });
}

/** Runs a statement that each connection parses once, under its name; for long statements on hot paths. */
export async function queryPrepared(
  tx: Transaction,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  return (await opened(tx).client.query({ name, text, values })).rows;
}
