import { Injectable } from '@nestjs/common';
import { QueueCandidate } from './queue-candidate';

/** A campaign that was published is new to every search for campaigns. */
@Injectable()
export class QueueCampaignWhenPublished extends QueueCandidate {
  readonly name = 'queue-campaign-when-published';
  readonly eventType = 'campaigns.campaign_published';
  protected readonly kind = 'campaigns';
}
