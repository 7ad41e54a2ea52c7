import { DealsModule } from '@evenhand/deals';
import { Module } from '@nestjs/common';
import { RequestContextModule } from '../graphql';
import { CommentResolver } from './comment.resolver';
import { CommentsOfVersion } from './comments-of-version';
import { BidClashesResolver } from './bid-clashes.resolver';
import { ClashesOfBid } from './clashes-of-bid';
import { DealAnswer } from './deal-answer';
import { DealResolver } from './deal.resolver';
import { DeliverableResolver } from './deliverable.resolver';
import { DisputeResolver } from './dispute.resolver';
import { DisputesOfDeal } from './disputes-of-deal';
import { FilesController } from './files.controller';
import { FulfilmentResolver } from './fulfilment.resolver';
import { GiftDutyResolver } from './gift-duty.resolver';
import { GiftValueResolver } from './gift-value.resolver';
import { GiftResolver } from './gift.resolver';
import { MarketplacePolicyResolver } from './marketplace-policy.resolver';
import { MetricsOfDeliverable } from './metrics-of-deliverable';
import { MetricsResolver } from './metrics.resolver';
import { PublicationResolver } from './publication.resolver';
import { InfluencerRatingResolver, PartyRatingResolver } from './rating.resolvers';
import { Ratings } from './ratings';
import { ReviewResolver } from './review.resolver';
import { ReviewsOfDeal } from './reviews-of-deal';
import { SplitPreviewResolver } from './split-preview.resolver';

@Module({
  imports: [DealsModule, RequestContextModule],
  controllers: [FilesController],
  providers: [
    CommentResolver,
    CommentsOfVersion,
    BidClashesResolver,
    ClashesOfBid,
    DealAnswer,
    DealResolver,
    DeliverableResolver,
    DisputeResolver,
    FulfilmentResolver,
    GiftDutyResolver,
    DisputesOfDeal,
    GiftResolver,
    GiftValueResolver,
    MarketplacePolicyResolver,
    MetricsOfDeliverable,
    MetricsResolver,
    PublicationResolver,
    PartyRatingResolver,
    InfluencerRatingResolver,
    Ratings,
    ReviewResolver,
    ReviewsOfDeal,
    SplitPreviewResolver,
  ],
})
export class DealsApiModule {}
