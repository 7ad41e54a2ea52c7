import type { Brief, Compensation } from '@evenhand/campaigns';
import type { CompensationKind, Transaction } from '@evenhand/kernel';
import { compileSplitPlan, CutsExceedWhole, type SplitPlan } from '@evenhand/ledger';
import { MandateDirectory, type MandateTerms, PLATFORM_PARTY_ID } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { cutChain } from '../domain/cut-chain';
import type { MarketplacePolicy } from '../domain/marketplace-policy';
import type { DealTerms } from './deal';
import type { PricedTerms } from './offer-cost';
import { MarketplacePolicyRepository } from './marketplace-policy-repository';

export interface AgreedOffer {
  readonly brandId: string;
  readonly influencerId: string;
  readonly compensation: Compensation;
  readonly brief: Brief;
}

/** Freezes an offer under the policy and the mandates of an instant: the same way for a preview as for a deal. */
@Injectable()
export class TermsCompiler {
  constructor(
    private readonly policies: MarketplacePolicyRepository,
    private readonly mandates: MandateDirectory,
  ) {}

  /**
   * Throws CutsExceedWhole where fee and mandates together take more than the whole, AgencyTwiceInChain where the
   * marketplace allows no chain like this one.
   */
  async compile(tx: Transaction, offer: AgreedOffer, now: Date): Promise<DealTerms> {
    const policy = await this.policies.current(tx);
    const { influencerId, brandId } = offer;
    const chain = await this.mandates.chainOf(tx, { influencerId, brandId, at: now });
    return {
      compensation: offer.compensation,
      brief: offer.brief,
      policyVersion: policy.version,
      mandates: chain.map(({ mandateId, version, agencyId }) => ({ mandateId, version, agencyId })),
      autoApprovalDays: policy.autoApprovalDays,
      cashHoldDays: policy.defaultHoldDays,
      plans: namingNobody(() => compilePlans(offer, policy, chain)),
    };
  }

  /** What the brand would pay by each of the offers under the policy of now: no agency's cut changes that. */
  async price(tx: Transaction, offers: readonly AgreedOffer[]): Promise<readonly PricedTerms[]> {
    const policy = await this.policies.current(tx);
    return offers.map((offer) => {
      const { compensation, brief } = offer;
      return { compensation, brief, plans: compilePlans(offer, policy, []) };
    });
  }
}

/** The answer goes to agencies too: none of them is told whose cut is the one too much. */
function namingNobody<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw error instanceof CutsExceedWhole ? new CutsExceedWhole(null) : error;
  }
}

function compilePlans(
  { influencerId, compensation }: AgreedOffer,
  policy: MarketplacePolicy,
  chain: readonly MandateTerms[],
): DealTerms['plans'] {
  const { cash, commission } = compensation;
  const planOf = (kind: CompensationKind, currency: string): SplitPlan => {
    const cuts = cutChain(kind, policy.platformFees, PLATFORM_PARTY_ID, chain, currency);
    return compileSplitPlan(influencerId, cuts, currency);
  };
  return {
    ...(cash && { cash: planOf('cash', cash.currency) }),
    ...(commission && {
      note_commission: planOf('note_commission', commission.currency),
      livestream_commission: planOf('livestream_commission', commission.currency),
    }),
  };
}
