import { DomainError } from '@evenhand/kernel';

/** Somebody still counts on work or on an answer. */
export class DealsStillOpen extends DomainError {
  readonly code = 'DEALS_STILL_OPEN';

  constructor(openDeals: number, openBids: number) {
    super('Deals, bids or campaigns are still open. Complete, cancel or withdraw them first.', { openDeals, openBids });
  }
}

/** Erasing would lose it: there would be no account left to pay to. */
export class MoneyStillDue extends DomainError {
  readonly code = 'MONEY_STILL_DUE';

  constructor(openBalances: number, unsettledPayouts: number) {
    super('Money is still due or on its way. Wait until it has been paid and confirmed.', {
      openBalances,
      unsettledPayouts,
    });
  }
}

export class OnlyOwnerOfOrganisation extends DomainError {
  readonly code = 'ONLY_OWNER_OF_ORGANISATION';

  constructor(organisations: readonly string[]) {
    super('An organisation with other members would be left without an owner. Make one of them an owner first.', {
      organisations,
    });
  }
}

export class StaffRoleHeld extends DomainError {
  readonly code = 'STAFF_ROLE_HELD';

  constructor() {
    super('Whoever holds a role of the staff gives it up first.');
  }
}
