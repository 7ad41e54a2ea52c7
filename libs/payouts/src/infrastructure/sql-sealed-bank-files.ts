import { UnitOfWork } from '@evenhand/kernel';
import { FieldCipher, resealColumns, type SealedColumn } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { SealedBankFiles } from '../application/reseal-bank-files';
import { contextOf } from './sealed-bank-file-store';

const SEALED: readonly SealedColumn[] = [
  {
    table: 'payouts.bank_files',
    column: 'sealed_text',
    key: ['batch_id'],
    contextOf: ({ batch_id = '' }) => contextOf(batch_id),
  },
];

@Injectable()
export class SqlSealedBankFiles extends SealedBankFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cipher: FieldCipher,
  ) {
    super();
  }

  override reseal() {
    return resealColumns(this.uow, this.cipher, SEALED);
  }
}
