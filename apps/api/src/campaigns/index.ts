export { CampaignsApiModule } from './campaigns.api.module';
export { campaignsPolicy } from './campaigns.policy';
