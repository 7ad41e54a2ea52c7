import { Injectable } from '@nestjs/common';
import type { CampaignView } from './campaign-views';
import { CampaignEnding, type EndCampaignCommand } from './end-campaign';

/** Files a closed campaign. Throws NotFound, Forbidden, InvalidTransition. */
@Injectable()
export class CompleteCampaign {
  constructor(private readonly ending: CampaignEnding) {}

  execute(command: EndCampaignCommand): Promise<CampaignView> {
    return this.ending.run(command, 'complete');
  }
}
