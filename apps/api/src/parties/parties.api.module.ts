import { DiscoveryModule } from '@evenhand/discovery';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { ChainPolicyResolver } from './chain-policy.resolver';
import { DeliveryAddressResolver } from './delivery-address.resolver';
import { InfluencerResolver } from './influencer.resolver';
import { MandateResolver } from './mandate.resolver';
import { MembersResolver } from './members.resolver';
import { PayoutAccountResolver } from './payout-account.resolver';
import { SessionAnswer } from './session-answer';
import { SignUpResolver } from './sign-up.resolver';

@Module({
  imports: [DiscoveryModule, PartiesModule],
  providers: [
    ChainPolicyResolver,
    DeliveryAddressResolver,
    InfluencerResolver,
    MandateResolver,
    MembersResolver,
    PayoutAccountResolver,
    SessionAnswer,
    SignUpResolver,
  ],
  exports: [SessionAnswer],
})
export class PartiesApiModule {}
