import { DomainError } from '@evenhand/kernel';

/** One field that breaks a rule; `field` is its path, such as `deliverables.0.dueOn`. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

function sentence(problems: readonly Problem[]): string {
  return problems.map((problem) => `${problem.field}: ${problem.message}`).join(' ');
}

/** The brief or its limits break rules; all of them are named at once. */
export class InvalidBrief extends DomainError {
  readonly code = 'INVALID_BRIEF';

  constructor(readonly problems: readonly Problem[]) {
    super(`The brief cannot be used as it is. ${sentence(problems)}`, { problems });
  }
}

/** The offer breaks rules or leaves the brief's ranges; all problems are named at once. */
export class InvalidOffer extends DomainError {
  readonly code = 'INVALID_OFFER';

  constructor(readonly problems: readonly Problem[]) {
    super(`The offer does not fit this campaign. ${sentence(problems)}`, { problems });
  }
}

/** The links policy keeps everything on the platform, yet the brief leads off it. */
export class OffPlatformLink extends DomainError {
  readonly code = 'OFF_PLATFORM_LINK';

  constructor(findings: readonly { readonly field: string; readonly kind: string; readonly excerpt: string }[]) {
    const where = findings.map((finding) => `${finding.field} (“${finding.excerpt}”)`).join(', ');
    super(`This campaign's links policy forbids anything that leads off the platform: ${where}.`, { findings });
  }
}

/** The campaign takes no bids and no acceptances (any more). */
export class CampaignClosed extends DomainError {
  readonly code = 'CAMPAIGN_CLOSED';

  constructor(state: string) {
    super(`This campaign is ${state}: it takes no bids, counter-offers or acceptances.`, { state });
  }
}

export class BidDeadlinePassed extends DomainError {
  readonly code = 'BID_DEADLINE_PASSED';

  constructor(deadline: Date) {
    super(`Bids were due by ${deadline.toISOString()}.`, { deadline: deadline.toISOString() });
  }
}

/** Negotiation goes on for a while after the bid deadline, and that while is over. */
export class DecisionDeadlinePassed extends DomainError {
  readonly code = 'DECISION_DEADLINE_PASSED';

  constructor(deadline: Date) {
    super(`Offers of this campaign could be made and accepted until ${deadline.toISOString()}.`, {
      deadline: deadline.toISOString(),
    });
  }
}

/** One influencer has at most one open bid on a campaign. */
export class OpenBidExists extends DomainError {
  readonly code = 'OPEN_BID_EXISTS';

  constructor() {
    super('There is already an open bid of this influencer on this campaign.');
  }
}

/** The side that made the latest offer waits for the other side's answer. */
export class NotYourTurn extends DomainError {
  readonly code = 'NOT_YOUR_TURN';

  constructor() {
    super('The latest offer is from your side: it is the other side that answers it.');
  }
}

/** The offer named is not the latest any more. */
export class OfferSuperseded extends DomainError {
  readonly code = 'OFFER_SUPERSEDED';

  constructor(offerNumber: number, latestOfferNumber: number) {
    super(`Offer ${offerNumber} was replaced by offer ${latestOfferNumber}.`, { offerNumber, latestOfferNumber });
  }
}

export class OfferExpired extends DomainError {
  readonly code = 'OFFER_EXPIRED';

  constructor(offerNumber: number, expiredAt: Date) {
    super(`Offer ${offerNumber} expired at ${expiredAt.toISOString()}.`, {
      offerNumber,
      expiredAt: expiredAt.toISOString(),
    });
  }
}

/** Accepting would commit more than the campaign's budget; how much is left is the brand's secret. */
export class BudgetExceeded extends DomainError {
  readonly code = 'BUDGET_EXCEEDED';

  constructor(currency: string) {
    super(`What is left of this campaign's ${currency} budget does not cover the offer.`, { currency });
  }
}

export class DealCapReached extends DomainError {
  readonly code = 'DEAL_CAP_REACHED';

  constructor() {
    super('This campaign has reached its number of deals.');
  }
}
