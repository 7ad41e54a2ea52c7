export { ContinueErasures } from './application/continue-erasures';
export { EraseMyAccount } from './application/erase-my-account';
export { ErasePerson, type ErasePersonCommand } from './application/erase-person';
export { ResealEverything, type ResealedPlace } from './application/reseal-everything';
export type { Erasure } from './domain/erasure';
export { DealsStillOpen, MoneyStillDue, OnlyOwnerOfOrganisation, StaffRoleHeld } from './domain/errors';
export { PERSONAL_DATA } from './domain/personal-data';
export { PrivacyModule } from './privacy.module';
