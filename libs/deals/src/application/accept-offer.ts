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
import { nextNotice } from '../domain/dated-term';
import { ClashesWithExclusivity, sentenceOf } from '../domain/errors';
import { feesOnTopOf } from './escrow-need';
import { ExclusivityWatch } from './exclusivity-watch';
import { newDeal } from './new-deal';
import { TermRepository } from './term-repository';
import { TermsCompiler } from './terms-compiler';
import { type CodeWishes, TrackingCodeIssuer } from './tracking-code-issuer';

export interface AcceptOfferCommand {
  readonly actor: Actor;
  readonly bidId: string;
  readonly offerNumber: number;
  /** The brand's wishes; only the brand's side may state them. */
  readonly codeWishes: CodeWishes;
  /** Said by who has seen what the offer clashes with and agrees all the same; refused without it where it clashes. */
  readonly acceptClashes?: boolean;
}

/**
 * Turns an offer into a deal, all in one transaction: the bid is accepted and budget committed, terms and split plans
 * are frozen, deliverables, gift and tracking codes come into being.
 * Throws what BidAcceptance states, ClashesWithExclusivity, CutsExceedWhole, AgencyTwiceInChain, InvalidTrackingCode,
 * TrackingCodeTaken; nothing is written then.
 */
@Injectable()
export class AcceptOffer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidAcceptance,
    private readonly budgets: BudgetCommitments,
    private readonly exclusivities: ExclusivityWatch,
    private readonly compiler: TermsCompiler,
    private readonly codes: TrackingCodeIssuer,
    private readonly deals: DealRepository,
    private readonly terms: TermRepository,
    private readonly money: DealMoney,
    private readonly journal: DealJournal,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: AcceptOfferCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(command.actor, async (tx) => {
      const now = this.clock.now();
      const { deal, note } = await this.agree(tx, command, now);
      await this.budgets.commitFees(tx, deal.bidId, feesOnTopOf(deal.need, deal.terms.compensation));
      await this.money.ensureBook(tx, deal);
      await this.deals.insert(tx, deal);
      await this.exclusivities.take(tx, deal);
      await this.keepDates(tx, deal);
      const accepted = { event: 'deal_accepted', subjectId: deal.id, from: null, to: deal.state, note } as const;
      await this.journal.record(tx, deal, [accepted], now);
      return { dealId: deal.id };
    });
  }

  /** The deal, and for its history what it was accepted in spite of. */
  private async agree(tx: Transaction, command: AcceptOfferCommand, now: Date): Promise<AgreedDeal> {
    const { actor, bidId, offerNumber, codeWishes, acceptClashes = false } = command;
    const offer = await this.bids.accept(tx, { actor, bidId, offerNumber, now });
    if (Object.keys(codeWishes).length > 0 && !actsForOrganisation(actor, offer.brandId, 'manager')) {
      throw new Forbidden('Only the brand chooses tracking codes.');
    }
    const clashes = await this.exclusivities.clashesAtAcceptance(tx, offer, now);
    if (clashes.length > 0 && !acceptClashes) throw new ClashesWithExclusivity(clashes);
    const note = clashes.length > 0 ? `In spite of: ${sentenceOf(clashes)}` : null;
    const terms = await this.compiler.compile(tx, offer, now);
    const by = actor.kind === 'person' ? actor.userId : null;
    const number = (await this.deals.countBetween(tx, offer.campaignId, offer.influencerId)) + 1;
    const deal = newDeal(this.ids, offer, terms, { by, at: now, number });
    if (!terms.compensation.commission) return { deal, note };
    return { deal: { ...deal, codes: await this.codes.issue(tx, deal, codeWishes, now) }, note };
  }

  /** From now on the end of usage rights and exclusivity is told. */
  private async keepDates(tx: Transaction, deal: Deal): Promise<void> {
    const { usageRights, exclusivity } = deal.terms.brief;
    for (const [term, period] of [
      ['usage_rights', usageRights],
      ['exclusivity', exclusivity],
    ] as const) {
      const next = period && nextNotice(period, deal.acceptedAt, null);
      if (next) await this.terms.insert(tx, deal, term, period, next);
    }
  }
}

interface AgreedDeal {
  readonly deal: Deal;
  readonly note: string | null;
}
