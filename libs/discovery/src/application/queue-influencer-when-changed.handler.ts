import { Injectable } from '@nestjs/common';
import { QueueCandidate } from './queue-candidate';

/** A profile that changed may be what a search has waited for. */
@Injectable()
export class QueueInfluencerWhenChanged extends QueueCandidate {
  readonly name = 'queue-influencer-when-changed';
  readonly eventType = 'parties.influencer_changed';
  protected readonly kind = 'influencers';
}
