import { AuditModule } from '@evenhand/audit';
import { CampaignsModule } from '@evenhand/campaigns';
import { DealsModule } from '@evenhand/deals';
import { IdentityModule } from '@evenhand/identity';
import { LedgerModule } from '@evenhand/ledger';
import { PartiesModule } from '@evenhand/parties';
import { PayoutsModule } from '@evenhand/payouts';
import { PlatformModule, type PlatformOptions } from '@evenhand/platform';
import { PrivacyModule } from '@evenhand/privacy';
import { SalesModule } from '@evenhand/sales';
import { type DynamicModule, Module } from '@nestjs/common';

const MAX_CONNECTIONS = 4;

/** The contexts whose use cases the commands call. */
@Module({})
export class ProductModule {
  static with(options: Pick<PlatformOptions, 'settings' | 'clock'>): DynamicModule {
    return {
      module: ProductModule,
      imports: [
        PlatformModule.withoutQueues({ ...options, applicationName: 'evenhand-cli', maxConnections: MAX_CONNECTIONS }),
        IdentityModule,
        PartiesModule,
        CampaignsModule,
        DealsModule,
        LedgerModule,
        SalesModule,
        PayoutsModule,
        AuditModule,
        PrivacyModule,
      ],
    };
  }
}
