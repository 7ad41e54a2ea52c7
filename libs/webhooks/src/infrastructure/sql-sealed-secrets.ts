import { UnitOfWork } from '@evenhand/kernel';
import { FieldCipher, resealColumns, type SealedColumn } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { SealedSecrets } from '../application/reseal-secrets';
import { contextOf } from './sql-endpoint-repository';

const SEALED: readonly SealedColumn[] = [
  {
    table: 'webhooks.secrets',
    column: 'sealed',
    key: ['secret_id'],
    more: ['endpoint_id'],
    contextOf: ({ endpoint_id = '', secret_id = '' }) => contextOf(endpoint_id, secret_id),
  },
];

@Injectable()
export class SqlSealedSecrets extends SealedSecrets {
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
