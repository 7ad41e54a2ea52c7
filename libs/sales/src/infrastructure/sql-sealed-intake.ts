import { UnitOfWork } from '@evenhand/kernel';
import { FieldCipher, resealColumns, type SealedColumn } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { SealedIntake } from '../application/reseal-intake';
import { contextOf as contextOfPart } from './files/typeorm-import-store';
import { contextOf as contextOfDelivery } from './webhooks/typeorm-delivery-store';
import { contextOf as contextOfSecret } from './webhooks/typeorm-source-repository';

const SEALED: readonly SealedColumn[] = [
  {
    table: 'sales.source_secrets',
    column: 'sealed',
    key: ['brand_id', 'secret_id'],
    more: ['source_id'],
    contextOf: ({ source_id = '', secret_id = '' }) => contextOfSecret(source_id, secret_id),
  },
  {
    table: 'sales.deliveries',
    column: 'sealed_body',
    key: ['brand_id', 'delivery_id'],
    contextOf: ({ brand_id = '', delivery_id = '' }) => contextOfDelivery(brand_id, delivery_id),
  },
  {
    table: 'sales.import_parts',
    column: 'sealed',
    key: ['brand_id', 'import_id', 'part_number'],
    contextOf: ({ brand_id = '', import_id = '', part_number = '' }) =>
      contextOfPart(brand_id, import_id, Number(part_number)),
  },
];

@Injectable()
export class SqlSealedIntake extends SealedIntake {
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
