import { assertFitsBrief, BidOffers, CampaignDirectory, type Compensation } from '@evenhand/campaigns';
import {
  type Actor,
  actsForInfluencer,
  actsForOrganisation,
  authorize,
  Clock,
  hasStaffRole,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import type { Money } from '@evenhand/money';
import { PartyDirectory, type PartyName } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { EscrowNeed } from '../domain/deal';
import { chainSight } from './chain-sight';
import type { DealTerms, PinnedMandate } from './deal';
import type { CategorisedBrief, ExclusivityClash } from '../domain/exclusivity';
import { DealRepository } from './deal-repository';
import { nameOf } from './deal-view';
import type { DealScope } from './deliverable-id';
import { escrowNeedOf } from './escrow-need';
import { ExclusivityWatch, withoutDeals } from './exclusivity-watch';
import { type BonusQuote, type GiftQuote, quoteBonuses, quoteGift, quoteSplits, type SplitQuote } from './split-quote';
import { TermsCompiler } from './terms-compiler';

/** What to preview: a new bid, an answer to a bid, or an offer already made. */
export type SplitSubject =
  | {
      readonly type: 'new_bid';
      readonly campaignId: string;
      readonly influencerId: string;
      readonly compensation: Compensation;
    }
  | { readonly type: 'counter_offer'; readonly bidId: string; readonly compensation: Compensation }
  /** The latest offer where `offerNumber` is null; for an accepted bid the deal's frozen terms. */
  | { readonly type: 'offer'; readonly bidId: string; readonly offerNumber: number | null };

export interface PreviewSplitCommand {
  readonly actor: Actor;
  readonly subject: SplitSubject;
  /** Net sales that commissions are shown for; null for 100 major units. */
  readonly exampleSales: Money | null;
}

export interface SplitPreview {
  readonly policyVersion: number;
  readonly mandates: readonly PinnedMandate[];
  readonly splits: readonly SplitQuote[];
  /** What the brand puts aside when it funds the deal. */
  readonly need: EscrowNeed;
  readonly bonuses: readonly BonusQuote[];
  readonly gift: GiftQuote | null;
  /** What a deal made of it now would clash with; none for an offer that is a deal already. */
  readonly exclusivityClashes: readonly ExclusivityClash[];
  /** Names of every party in the splits. */
  readonly parties: ReadonlyMap<string, PartyName>;
}

interface PreviewedTerms {
  readonly terms: DealTerms;
  readonly scope: DealScope & { readonly brandId: string };
  /** Null where there is a deal already. */
  readonly proposed: CategorisedBrief | null;
}

/**
 * What each party would get of an offer, per kind, compiled as the acceptance would compile it now. A member of an agency
 * sees it without what other agencies take.
 * Throws NotFound, InvalidOffer, CutsExceedWhole, AgencyTwiceInChain, CurrencyMismatch.
 */
@Injectable()
export class PreviewSplit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bids: BidOffers,
    private readonly campaigns: CampaignDirectory,
    private readonly exclusivities: ExclusivityWatch,
    private readonly compiler: TermsCompiler,
    private readonly deals: DealRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, subject, exampleSales }: PreviewSplitCommand): Promise<SplitPreview> {
    return this.uow.read(actor, async (tx) => {
      const { terms, scope, proposed } = await this.termsOf(tx, actor, subject);
      const maySee = chainSight(actor, scope);
      const only = <T extends Pick<BonusQuote, 'parts'>>(quote: T): T => ({
        ...quote,
        parts: quote.parts.filter(maySee),
      });
      const splits = quoteSplits(terms, scope, exampleSales).map((split) => ({
        ...only(split),
        releases: split.releases.map(only),
      }));
      const bonuses = quoteBonuses(terms).map(only);
      const mandates = terms.mandates.filter(({ agencyId }) => maySee({ partyId: agencyId, role: 'agency' }));
      const need = escrowNeedOf(terms);
      const gift = quoteGift(terms, scope.influencerId);
      const exclusivityClashes = proposed ? await this.clashesOf(tx, actor, scope, proposed) : [];
      const ids = new Set(splits.flatMap((split) => split.parts.map((part) => part.partyId)));
      const parties = await this.parties.namesOf(tx, [...ids.add(scope.influencerId)]);
      for (const id of ids) nameOf(parties, id);
      return { policyVersion: terms.policyVersion, mandates, splits, need, bonuses, gift, exclusivityClashes, parties };
    });
  }

  private async termsOf(tx: Transaction, actor: Actor, subject: SplitSubject): Promise<PreviewedTerms> {
    if (subject.type === 'new_bid') {
      // The cuts of an influencer's agencies are for her side to see, and for a brand only once she has bid.
      authorize(actsForInfluencer(actor, subject.influencerId, 'viewer'), false, 'Influencer', 'preview this bid');
      return this.compile(tx, subject);
    }
    const offer = await this.bids.find(tx, subject.bidId, subject.type === 'offer' ? subject.offerNumber : null);
    const isASide =
      actsForOrganisation(actor, offer.brandId, 'viewer') || actsForInfluencer(actor, offer.influencerId, 'viewer');
    authorize(isASide || hasStaffRole(actor, 'operator'), false, 'Bid', 'preview this offer');
    const deal = await this.deals.findByBid(tx, subject.bidId);
    if (subject.type === 'counter_offer') return this.compile(tx, { ...offer, compensation: subject.compensation });
    if (!deal || deal.offerNumber !== offer.offerNumber) return this.compile(tx, offer);
    return { terms: deal.terms, scope: { ...offer, dealNumber: deal.number }, proposed: null };
  }

  private async compile(
    tx: Transaction,
    offer: { readonly campaignId: string; readonly influencerId: string; readonly compensation: Compensation },
  ): Promise<PreviewedTerms> {
    const { campaignId, influencerId, compensation } = offer;
    const { brief, brandId } = await this.campaigns.biddable(tx, campaignId);
    assertFitsBrief(compensation, null, brief);
    const terms = await this.compiler.compile(tx, { brandId, influencerId, compensation, brief }, this.clock.now());
    const dealNumber = (await this.deals.countBetween(tx, campaignId, influencerId)) + 1;
    return { terms, scope: { campaignId, brandId, influencerId, dealNumber }, proposed: brief };
  }

  private async clashesOf(
    tx: Transaction,
    actor: Actor,
    { influencerId, brandId }: PreviewedTerms['scope'],
    brief: CategorisedBrief,
  ): Promise<readonly ExclusivityClash[]> {
    const [clashes = []] = await this.exclusivities.clashesOf(tx, [{ influencerId, brandId, brief }], this.clock.now());
    return actsForInfluencer(actor, influencerId, 'viewer') ? clashes : withoutDeals(clashes);
  }
}
