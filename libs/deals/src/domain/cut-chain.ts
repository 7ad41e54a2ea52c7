import type { CompensationKind } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import type { PlatformFees } from './marketplace-policy';

/** One link of the chain of cuts over a gross amount. */
export interface ChainCut {
  readonly partyId: string;
  readonly role: 'platform' | 'agency';
  readonly of: 'gross' | 'remainder';
  readonly share: string;
}

/** An agency's cuts as its mandate states them. */
export interface AgencyCuts {
  readonly agencyId: string;
  readonly cuts: Readonly<Record<CompensationKind, { readonly of: 'gross' | 'remainder'; readonly share: string }>>;
}

/**
 * The cuts of one kind in the order they are taken: the platform's fee of the gross, then the agencies' from the
 * outermost to the one nearest the influencer. A share of zero is no cut and is left out.
 */
export function cutChain(
  kind: CompensationKind,
  fees: PlatformFees,
  platformPartyId: string,
  agencies: readonly AgencyCuts[],
): readonly ChainCut[] {
  const platform: ChainCut = { partyId: platformPartyId, role: 'platform', of: 'gross', share: fees[kind] };
  const chain = agencies.map(({ agencyId, cuts }): ChainCut => ({
    partyId: agencyId,
    role: 'agency',
    of: cuts[kind].of,
    share: cuts[kind].share,
  }));
  return [platform, ...chain].filter((cut) => !Rational.parse(cut.share).equals(Rational.ZERO));
}
