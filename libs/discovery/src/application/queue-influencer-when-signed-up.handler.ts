import { Injectable } from '@nestjs/common';
import { QueueCandidate } from './queue-candidate';

/** A new profile is new to every search for influencers. */
@Injectable()
export class QueueInfluencerWhenSignedUp extends QueueCandidate {
  readonly name = 'queue-influencer-when-signed-up';
  readonly eventType = 'parties.influencer_signed_up';
  protected readonly kind = 'influencers';
}
