import type { Transaction } from '@evenhand/kernel';
import type { Erasure, ErasureStep } from '../domain/erasure';

/** Erasures and how far each has come, with the system's rights. */
export abstract class ErasureStore {
  /** False where there is one of the same person. */
  abstract add(tx: Transaction, erasure: Erasure): Promise<boolean>;
  abstract find(tx: Transaction, userId: string): Promise<Erasure | null>;
  /** Ids of those that are not finished, the oldest first. */
  abstract unfinished(tx: Transaction, limit: number): Promise<readonly string[]>;
  /** Nobody else works on it before the transaction ends; null where somebody does, or where it is finished. */
  abstract lock(
    tx: Transaction,
    erasureId: string,
  ): Promise<{ readonly erasure: Erasure; readonly done: readonly string[] } | null>;
  abstract markDone(tx: Transaction, erasureId: string, step: ErasureStep, at: Date): Promise<void>;
  abstract finish(tx: Transaction, erasureId: string, at: Date): Promise<void>;
}
