import type { PayoutDestination } from '@evenhand/parties';
import type { Transaction } from '@evenhand/kernel';

/** One transfer as the bank is told of it. */
export interface BankFileEntry {
  readonly endToEndId: string;
  readonly payeeName: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly destination: PayoutDestination;
  /** What the payee reads on the statement. */
  readonly remittance: string;
}

export interface BankFile {
  readonly fileName: string;
  readonly text: string;
}

/** Turns transfers into the text of a file that a bank or a person reads. */
export abstract class BankFileFormat {
  abstract readonly extension: string;
  /** The same entries give the same bytes. */
  abstract write(entries: readonly BankFileEntry[]): string;
}

export interface NewBankFile extends BankFile {
  readonly batchId: string;
  readonly exportedBy: string | null;
  readonly exportedAt: Date;
}

/** An account as it was used for an item. */
export interface UsedAccount {
  readonly itemId: string;
  readonly accountId: string;
  readonly setAt: Date;
  readonly hint: string;
}

/** Files as they were exported, kept encrypted, so that a repeated export gives the same bytes. */
export abstract class BankFileStore {
  abstract find(tx: Transaction, batchId: string): Promise<BankFile | null>;
  abstract add(tx: Transaction, file: NewBankFile, accounts: readonly UsedAccount[]): Promise<void>;
}
