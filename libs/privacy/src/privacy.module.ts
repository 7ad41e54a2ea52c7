import { CampaignsModule } from '@evenhand/campaigns';
import { DealsModule } from '@evenhand/deals';
import { DiscoveryModule } from '@evenhand/discovery';
import { IdentityModule } from '@evenhand/identity';
import { LedgerModule } from '@evenhand/ledger';
import { MessagesModule } from '@evenhand/messages';
import { NotificationsModule } from '@evenhand/notifications';
import { PartiesModule } from '@evenhand/parties';
import { PayoutsModule } from '@evenhand/payouts';
import { SalesModule } from '@evenhand/sales';
import { WebhooksModule } from '@evenhand/webhooks';
import { Module } from '@nestjs/common';
import { BeginErasure } from './application/begin-erasure';
import { ContinueErasures } from './application/continue-erasures';
import { EraseMyAccount } from './application/erase-my-account';
import { ErasePerson } from './application/erase-person';
import { ErasureStore } from './application/erasure-store';
import { ResealEverything } from './application/reseal-everything';
import { SqlErasureStore } from './infrastructure/sql-erasure-store';

const USE_CASES = [EraseMyAccount, ErasePerson, ContinueErasures, ResealEverything];

/** What a person may ask about the data of theirs that the other contexts hold. */
@Module({
  imports: [
    CampaignsModule,
    DealsModule,
    DiscoveryModule,
    IdentityModule,
    LedgerModule,
    MessagesModule,
    NotificationsModule,
    PartiesModule,
    PayoutsModule,
    SalesModule,
    WebhooksModule,
  ],
  providers: [...USE_CASES, BeginErasure, { provide: ErasureStore, useClass: SqlErasureStore }],
  exports: [...USE_CASES],
})
export class PrivacyModule {}
