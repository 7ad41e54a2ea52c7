import type { Actor, Transaction } from '@evenhand/kernel';
import type { Brief } from '../domain/brief';
import type { Compensation } from '../domain/compensation';

/** An offer that both sides agree on, with the brief as it stood. */
export interface AcceptedOffer {
  readonly bidId: string;
  readonly offerNumber: number;
  readonly campaignId: string;
  readonly campaignTitle: string;
  readonly brandId: string;
  readonly influencerId: string;
  readonly agencyId: string | null;
  readonly compensation: Compensation;
  readonly brief: Brief;
}

export interface AcceptBidCommand {
  readonly actor: Actor;
  readonly bidId: string;
  /** The offer the actor has in front of them; refused where a later one exists. */
  readonly offerNumber: number;
  readonly now: Date;
}

/** Turns the offer on the table into an accepted one, inside the transaction that makes the deal. */
export abstract class BidAcceptance {
  /**
   * Locks the campaign's limits, then the bid; commits budget and one place under the deal cap.
   * Throws NotFound, Forbidden, InvalidTransition, OfferSuperseded, NotYourTurn, OfferExpired, CampaignClosed,
   * DecisionDeadlinePassed, DealCapReached, BudgetExceeded; nothing is written then.
   */
  abstract accept(tx: Transaction, command: AcceptBidCommand): Promise<AcceptedOffer>;
}

/** What an accepted bid takes of its campaign's budget beside and after its acceptance; acts with the system's rights. */
export abstract class BudgetCommitments {
  /**
   * Commits what the brand pays on top of an offer that this transaction has just accepted, minor units per currency.
   * Throws BudgetExceeded.
   */
  abstract commitFees(tx: Transaction, bidId: string, feesMinor: ReadonlyMap<string, bigint>): Promise<void>;

  /**
   * Gives back what the bid committed, the fees with it, for a deal cancelled before any work. Idempotent per bid. Call
   * it after deciding that the deal may be cancelled.
   */
  abstract release(tx: Transaction, bidId: string, feesMinor: ReadonlyMap<string, bigint>, now: Date): Promise<void>;
}
