export { ContinueErasures } from './application/continue-erasures';
export { EraseMyAccount } from './application/erase-my-account';
export { ErasePerson, type ErasePersonCommand } from './application/erase-person';
export type { Erasure } from './domain/erasure';
export { DealsStillOpen, MoneyStillDue, OnlyOwnerOfOrganisation, StaffRoleHeld } from './domain/errors';
export { PrivacyModule } from './privacy.module';
