import { LedgerModule } from '@evenhand/ledger';
import { PayoutsModule } from '@evenhand/payouts';
import { SalesModule } from '@evenhand/sales';
import { Module } from '@nestjs/common';
import { OrdersBehind } from './orders-behind';
import { PayoutBatchesResolver } from './payout-batches.resolver';
import { PayoutBatchContentsResolver, PayoutItemsResolver } from './payout-items.resolver';
import {
  EarningSharePostingsResolver,
  PayoutReportResolver,
  ReportSharePostingsResolver,
} from './payout-report.resolver';
import { PostingsOfShare } from './postings-of-share';

@Module({
  imports: [PayoutsModule, LedgerModule, SalesModule],
  providers: [
    OrdersBehind,
    PayoutBatchesResolver,
    PayoutItemsResolver,
    PayoutBatchContentsResolver,
    PayoutReportResolver,
    PostingsOfShare,
    EarningSharePostingsResolver,
    ReportSharePostingsResolver,
  ],
})
export class PayoutsApiModule {}
