import type { Transaction } from '@evenhand/kernel';
import type { DealSummary } from '../deal-directory';
import type { StoredFile } from './file';

export interface BegunFile {
  readonly id: string;
  readonly uploadedBy: string;
  readonly begunAt: Date;
}

/** A stored file with what decides whether a version may hold it. */
export interface OwnFile extends StoredFile {
  readonly begunAt: Date;
  readonly isAttached: boolean;
}

export type FileContent = Pick<StoredFile, 'name' | 'type' | 'sizeBytes' | 'sha256' | 'storedAt'>;

/** Files of deals, under the rights that apply in the transaction; their bytes are in the storage of files. */
export abstract class FileRepository {
  /** How many files of the user no version holds; the user begins no other until the transaction ends. */
  abstract countUnattached(tx: Transaction, userId: string): Promise<number>;

  abstract begin(tx: Transaction, deal: DealSummary, file: BegunFile): Promise<void>;

  /** All bytes are in storage. False where the file was removed meanwhile, or is not the actor's any more. */
  abstract finish(tx: Transaction, fileId: string, content: FileContent): Promise<boolean>;

  abstract find(tx: Transaction, fileId: string): Promise<OwnFile | null>;

  /** Those of these files that the user has uploaded for the deal, locked. */
  abstract lockOwn(
    tx: Transaction,
    dealId: string,
    userId: string,
    fileIds: readonly string[],
  ): Promise<readonly OwnFile[]>;

  /** The version holds these locked files, in this order. */
  abstract attach(tx: Transaction, deliverableId: string, number: number, fileIds: readonly string[]): Promise<void>;

  /** Locks a file that no version holds; false where there is none, or somebody else has it locked. */
  abstract lockUnattached(tx: Transaction, fileId: string): Promise<boolean>;

  abstract remove(tx: Transaction, fileId: string): Promise<void>;

  /** Files that were begun before the instant and that no version holds, oldest first. */
  abstract unattachedSince(tx: Transaction, before: Date, limit: number): Promise<readonly string[]>;
}
