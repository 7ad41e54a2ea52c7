export { toBrief, BriefType } from './brief.types';
export { CampaignsApiModule } from './campaigns.api.module';
export { DeliverableKindEnum } from './campaigns.enums';
export { campaignsPolicy } from './campaigns.policy';
export { CompensationInput, fromCompensationInput } from './compensation.inputs';
export { CompensationType, toCompensation } from './compensation.types';
