import { BidAcceptance, BudgetCommitments } from '@evenhand/campaigns';
import {
  type Actor,
  actsForOrganisation,
  Clock,
  Forbidden,
  IdGenerator,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Deal } from './deal';
import { DealMoney } from './deal-money';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';
import { feesOnTopOf } from './escrow-need';
import { newDeal } from './new-deal';
import { TermsCompiler } from './terms-compiler';
import { type CodeWishes, TrackingCodeIssuer } from './tracking-code-issuer';

export interface AcceptOfferCommand {
  readonly actor: Actor;
  readonly bidId: string;
  readonly offerNumber: number;
  /** The brand's wishes; only the brand's side may state them. */
  readonly codeWishes: CodeWishes;
}

/**
 * Turns an offer into a deal, all in one transaction: the bid is accepted and budget committed, terms and split plans
 * are frozen, deliverables, gift and tracking codes come into being.
 * Throws what BidAcceptance states, CutsExceedWhole, AgencyTwiceInChain, InvalidTrackingCode, TrackingCodeTaken; nothing is
 * written then.
 */
@Injectable()
export class AcceptOffer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidAcceptance,
    private readonly budgets: BudgetCommitments,
    private readonly compiler: TermsCompiler,
    private readonly codes: TrackingCodeIssuer,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: AcceptOfferCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(command.actor, async (tx) => {
      const now = this.clock.now();
      const deal = await this.agree(tx, command, now);
      await this.budgets.commitFees(tx, deal.bidId, feesOnTopOf(deal.need, deal.terms.compensation));
      await this.money.ensureBook(tx, deal);
      await this.deals.insert(tx, deal);
      const accepted = { event: 'deal_accepted', subjectId: deal.id, from: null, to: deal.state, note: null } as const;
      await this.journal.record(tx, deal, [accepted], now);
      return { dealId: deal.id };
    });
  }

  private async agree(tx: Transaction, command: AcceptOfferCommand, now: Date): Promise<Deal> {
    const { actor, bidId, offerNumber, codeWishes } = command;
    const offer = await this.bids.accept(tx, { actor, bidId, offerNumber, now });
    if (Object.keys(codeWishes).length > 0 && !actsForOrganisation(actor, offer.brandId, 'manager')) {
      throw new Forbidden('Only the brand chooses tracking codes.');
    }
    const terms = await this.compiler.compile(tx, offer, now);
    const by = actor.kind === 'person' ? actor.userId : null;
    const number = (await this.deals.countBetween(tx, offer.campaignId, offer.influencerId)) + 1;
    const deal = newDeal(this.ids, offer, terms, { by, at: now, number });
    if (!terms.compensation.commission) return deal;
    return { ...deal, codes: await this.codes.issue(tx, deal, codeWishes, now) };
  }
}
