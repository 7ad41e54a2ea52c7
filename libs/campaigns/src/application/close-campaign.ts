import { Injectable } from '@nestjs/common';
import type { CampaignView } from './campaign-views';
import { CampaignEnding, type EndCampaignCommand } from './end-campaign';

/** Ends bidding on a published campaign; its deals go on. Throws NotFound, Forbidden, InvalidTransition. */
@Injectable()
export class CloseCampaign {
  constructor(private readonly ending: CampaignEnding) {}

  execute(command: EndCampaignCommand): Promise<CampaignView> {
    return this.ending.run(command, 'close');
  }
}
