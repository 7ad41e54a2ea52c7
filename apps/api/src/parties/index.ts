export { PartiesApiModule } from './parties.api.module';
export { STAFF_ROLES, StaffRoleEnum } from './parties.enums';
export { partiesPolicy } from './parties.policy';
export { SessionAnswer } from './session-answer';
export { SignedInType } from './viewer.types';
