import { Injectable } from '@nestjs/common';
import type { CampaignView } from './campaign-views';
import { CampaignEnding, type EndCampaignCommand } from './end-campaign';

/** Calls a campaign off before it is completed; deals already made keep their terms. Throws NotFound, Forbidden, InvalidTransition. */
@Injectable()
export class CancelCampaign {
  constructor(private readonly ending: CampaignEnding) {}

  execute(command: EndCampaignCommand): Promise<CampaignView> {
    return this.ending.run(command, 'cancel');
  }
}
