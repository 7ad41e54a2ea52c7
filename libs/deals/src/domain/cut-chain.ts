import type { CompensationKind } from '@evenhand/kernel';
import { Rational } from '@evenhand/money';
import type { PlatformFees } from './marketplace-policy';
import type { CutBounds } from './platform-fee';

/** One link of the chain of cuts over a gross amount. */
export interface ChainCut {
  readonly partyId: string;
  readonly role: 'platform' | 'agency';
  readonly of: 'gross' | 'remainder' | 'on_top';
  readonly share: string;
  /** Least and most it takes of one earning, minor units as text. */
  readonly minMinor?: string;
  readonly maxMinor?: string;
}

interface AgencyCut {
  readonly of: 'gross' | 'remainder';
  readonly share: string;
  /** Left out where the mandate states none. */
  readonly bounds?: readonly CutBounds[];
}

/** An agency's cuts as its mandate states them. */
export interface AgencyCuts {
  readonly agencyId: string;
  readonly cuts: Readonly<Record<CompensationKind, AgencyCut>>;
}

/**
 * The cuts of one kind in the order they are taken: the platform's fee of the gross, then the agencies' from the
 * outermost to the one nearest the influencer. A share of zero is no cut and is left out. Of the bounds stated, those in
 * `currency` hold.
 */
export function cutChain(
  kind: CompensationKind,
  fees: PlatformFees,
  platformPartyId: string,
  agencies: readonly AgencyCuts[],
  currency: string,
): readonly ChainCut[] {
  const fee = fees[kind];
  const platform: ChainCut = {
    partyId: platformPartyId,
    role: 'platform',
    of: fee.of,
    share: fee.share,
    ...boundsIn(currency, fee.bounds),
  };
  const chain = agencies.map(({ agencyId, cuts }): ChainCut => ({
    partyId: agencyId,
    role: 'agency',
    of: cuts[kind].of,
    share: cuts[kind].share,
    ...boundsIn(currency, cuts[kind].bounds ?? []),
  }));
  return [platform, ...chain].filter((cut) => !Rational.parse(cut.share).equals(Rational.ZERO));
}

function boundsIn(currency: string, bounds: readonly CutBounds[]): Pick<ChainCut, 'minMinor' | 'maxMinor'> {
  const stated = bounds.find((each) => each.currency === currency);
  return {
    ...(stated && stated.minMinor !== null && { minMinor: `${stated.minMinor}` }),
    ...(stated && stated.maxMinor !== null && { maxMinor: `${stated.maxMinor}` }),
  };
}
