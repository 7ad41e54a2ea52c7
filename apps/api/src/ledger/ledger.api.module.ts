import { LedgerModule } from '@evenhand/ledger';
import { Module } from '@nestjs/common';
import { LedgerResolver } from './ledger.resolver';

@Module({ imports: [LedgerModule], providers: [LedgerResolver] })
export class LedgerApiModule {}
