import { BidOffers, type OfferSide } from '@evenhand/campaigns';
import { type Actor, actsForOrganisation, authorize, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { PricedTerms } from './offer-cost';
import { TermsCompiler } from './terms-compiler';

/** The offer on the table of an open bid, as far as the brand's cost follows from it. */
export interface OpenBidOffer {
  readonly bidId: string;
  readonly influencerId: string;
  readonly offerNumber: number;
  readonly side: OfferSide;
  readonly expiresAt: Date;
  readonly terms: PricedTerms;
}

export interface OpenBidOffers {
  readonly brandId: string;
  readonly offers: readonly OpenBidOffer[];
}

/** What other contexts may read of a campaign's open bids. */
@Injectable()
export class OpenBidTerms {
  constructor(
    private readonly bids: BidOffers,
    private readonly compiler: TermsCompiler,
  ) {}

  /** Offers that still stand, oldest bid first; for members of the brand, NotFound for anybody else. */
  async on(tx: Transaction, actor: Actor, campaignId: string, now: Date): Promise<OpenBidOffers> {
    const { brandId, bids } = await this.bids.openOn(tx, campaignId);
    authorize(actsForOrganisation(actor, brandId, 'viewer'), false, 'Campaign', 'compare its bids');
    const standing = bids.filter(({ expiresAt }) => expiresAt > now);
    const priced = await this.compiler.price(tx, standing);
    return {
      brandId,
      offers: standing.flatMap(({ bidId, influencerId, offerNumber, side, expiresAt }, index) => {
        const terms = priced[index];
        return terms ? [{ bidId, influencerId, offerNumber, side, expiresAt, terms }] : [];
      }),
    };
  }
}
