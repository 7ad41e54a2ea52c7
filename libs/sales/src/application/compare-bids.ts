import { type OpenBidOffer, OpenBidTerms, SettledDeals } from '@evenhand/deals';
import { type Actor, Clock, InvalidInput, NotFound, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { InfluencerDirectory, PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { PastResult } from '../domain/forecast';
import { type BidderFacts, compareBid, type ComparedBid, type SalesAssumption } from './bid-comparison';
import { PastResults } from './past-results';

export interface CompareBidsQuery {
  readonly actor: Actor;
  readonly campaignId: string;
  /** Null to go by what the influencers did before. */
  readonly assumption: SalesAssumption | null;
  /** How many of the cheapest to answer. */
  readonly first: number;
}

/**
 * The open bids of a campaign by what they would cost its brand, cheapest expectation first, those without one last. It
 * stands here because sales know both deals and what they sold; nothing of another brand's deals leaves it but quartiles.
 * Throws NotFound for whoever is not of the brand, InvalidInput.
 */
@Injectable()
export class CompareBids {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly openBids: OpenBidTerms,
    private readonly settled: SettledDeals,
    private readonly pastResults: PastResults,
    private readonly parties: PartyDirectory,
    private readonly influencers: InfluencerDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, campaignId, assumption, first }: CompareBidsQuery): Promise<readonly ComparedBid[]> {
    if (assumption && assumption.livestreamMinor > assumption.netSales.amountMinor) {
      throw new InvalidInput('expectedLivestreamSales', 'Livestreams cannot sell more than all together.');
    }
    return this.uow.read(actor, async (tx) => {
      const now = this.clock.now();
      const { brandId, offers } = await this.openBids.on(tx, actor, campaignId, now);
      const factsOf = await this.factsOf(tx, offers, now);
      return offers
        .map((offer) => compareBid(offer, brandId, factsOf(offer), assumption))
        .sort(byExpectedCost)
        .slice(0, first);
    });
  }

  private async factsOf(
    tx: Transaction,
    offers: readonly OpenBidOffer[],
    now: Date,
  ): Promise<(offer: OpenBidOffer) => BidderFacts> {
    const influencerIds = offers.map(({ influencerId }) => influencerId);
    const names = await this.parties.namesOf(tx, influencerIds);
    const platforms = offers[0]?.terms.brief.channels ?? [];
    const followers = await this.influencers.followersOn(tx, influencerIds, platforms);
    const past = await this.uow.asSystem(tx, async () => {
      const deals = await this.settled.of(tx, influencerIds, now);
      const results = await this.pastResults.of(tx, deals);
      return deals.flatMap((deal, index) => {
        const result = results[index];
        return result ? [{ deal, result }] : [];
      });
    });
    return ({ influencerId, terms }) => {
      const influencer = names.get(influencerId);
      if (!influencer) throw new NotFound('Influencer');
      const hers = past.filter(({ deal }) => deal.influencerId === influencerId);
      const currency = terms.compensation.commission?.currency;
      const resultsOf = (some: typeof hers): readonly PastResult[] => some.map(({ result }) => result);
      return {
        influencer,
        followers: followers.get(influencerId) ?? null,
        results: resultsOf(hers.filter(({ deal }) => deal.currency === currency)),
        allResults: resultsOf(hers),
      };
    };
  }
}

/** By currency, then by the expected cost; amounts of two currencies are not compared. */
function byExpectedCost(left: ComparedBid, right: ComparedBid): number {
  const [one, other] = [left.effectiveCost, right.effectiveCost];
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
  if (one.currency !== other.currency) return one.currency < other.currency ? -1 : 1;
  return one.expected < other.expected ? -1 : one.expected > other.expected ? 1 : 0;
}
