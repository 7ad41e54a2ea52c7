import { LedgerModule } from '@evenhand/ledger';
import { Module } from '@nestjs/common';
import { LedgerResolver } from './ledger.resolver';
import { ReceiptResolver } from './receipt.resolver';

@Module({ imports: [LedgerModule], providers: [LedgerResolver, ReceiptResolver] })
export class LedgerApiModule {}
