import type { Transaction } from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type BankFile, BankFileStore, type NewBankFile, type UsedAccount } from '../application/bank-file';

/** Keeps files encrypted: they hold bank details. */
@Injectable()
export class SealedBankFileStore extends BankFileStore {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async find(tx: Transaction, batchId: string): Promise<BankFile | null> {
    const [row] = await managerOf(tx).query<{ file_name: string; sealed_text: string }[]>(
      'select file_name, sealed_text from payouts.bank_files where batch_id = $1',
      [batchId],
    );
    return row ? { fileName: row.file_name, text: this.cipher.open(row.sealed_text, contextOf(batchId)) } : null;
  }

  override async add(tx: Transaction, file: NewBankFile, accounts: readonly UsedAccount[]): Promise<void> {
    const sealed = this.cipher.seal(file.text, contextOf(file.batchId));
    await managerOf(tx).query(
      `insert into payouts.bank_files (batch_id, file_name, sealed_text, exported_by, exported_at)
       values ($1, $2, $3, $4, $5)`,
      [file.batchId, file.fileName, sealed, file.exportedBy, file.exportedAt],
    );
    await managerOf(tx).query(
      `insert into payouts.item_accounts (item_id, account_id, set_at, hint)
       select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[])`,
      [
        accounts.map((account) => account.itemId),
        accounts.map((account) => account.accountId),
        accounts.map((account) => account.setAt),
        accounts.map((account) => account.hint),
      ],
    );
  }
}

/** Seals the text to its row, so that it does not open in another. */
export function contextOf(batchId: string): string {
  return `payouts.bank_files:${batchId}`;
}
