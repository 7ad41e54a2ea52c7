import { type CommissionOffer, giftValueMinor } from '@evenhand/campaigns';
import { COMPENSATION_KINDS, type CompensationKind } from '@evenhand/kernel';
import { commissionPool, type SplitPlan, splitPool } from '@evenhand/ledger';
import { assertSameCurrency, currencyOf, type Money, moneyOf, Rational } from '@evenhand/money';
import { expandMilestones, expandPieces } from '../domain/milestone';
import type { DealTerms } from './deal';
import type { CommissionKind } from './deal-directory';
import { type DealScope, deliverableId } from './deliverable-id';

export interface QuotedPart {
  readonly partyId: string;
  readonly role: 'platform' | 'agency' | 'influencer';
  /** Exact rational of the gross from 0 to 1 as text. */
  readonly share: string;
  readonly amountMinor: bigint;
}

/** The cash released with one deliverable. */
export interface QuotedRelease {
  readonly deliverableKey: string;
  readonly sequence: number;
  /** The milestones of the deliverable. */
  readonly poolMinor: bigint;
  /** What the brand pays in all: the pool and a fee on top. */
  readonly grossMinor: bigint;
  readonly parts: readonly QuotedPart[];
}

export interface SplitQuote {
  readonly kind: CompensationKind;
  readonly currency: string;
  /** The net sales the example is computed for; null for cash. */
  readonly exampleSalesMinor: bigint | null;
  /** The rate that applies from the first sale on; null for cash. */
  readonly rate: string | null;
  /** The cash or the commission that is agreed on: what the plan splits. */
  readonly poolMinor: bigint;
  /** What the brand pays in all: the pool and a fee on top. */
  readonly grossMinor: bigint;
  /** Parts of the gross: a fee on top first, then in the order of the chain, the influencer last. */
  readonly parts: readonly QuotedPart[];
  /** Cash alone: what is released with each deliverable; their parts sum to `parts`. */
  readonly releases: readonly QuotedRelease[];
}

/** What each party would get of a bonus, once it is earned. */
export interface BonusQuote {
  readonly bonusId: string;
  readonly currency: string;
  readonly poolMinor: bigint;
  readonly grossMinor: bigint;
  readonly parts: readonly QuotedPart[];
}

export interface GiftQuote {
  readonly currency: string;
  readonly fairMarketValueMinor: bigint;
  readonly receiverId: string;
}

const EXAMPLE_MAJOR_UNITS = 100n;

/**
 * Exactly what each party gets of the terms: cash to the minor unit as it will be booked, commission on example net
 * sales counted from the first sale (100 major units unless given). A single unit that does not divide evenly may go to
 * another party on a real order, since the order's id decides it. Throws CurrencyMismatch.
 */
export function quoteSplits(terms: DealTerms, scope: DealScope, exampleSales: Money | null): readonly SplitQuote[] {
  return COMPENSATION_KINDS.flatMap((kind) => {
    const plan = terms.plans[kind];
    if (!plan) return [];
    return [kind === 'cash' ? quoteCash(terms, plan, scope) : quoteCommission(terms, plan, kind, exampleSales)];
  });
}

/** As commission, but for a single unit that does not divide evenly and that the bonus's own id decides. */
export function quoteBonuses({ compensation, plans }: DealTerms): readonly BonusQuote[] {
  const { commission } = compensation;
  if (!commission) return [];
  return commission.bonuses.flatMap(({ id, amountMinor, splitBy }) => {
    const plan = plans[splitBy];
    if (!plan) return [];
    const { grossMinor, shares } = splitPool(plan, amountMinor, 'example');
    return [{ bonusId: id, currency: commission.currency, poolMinor: amountMinor, grossMinor, parts: shares }];
  });
}

export function quoteGift(terms: DealTerms, receiverId: string): GiftQuote | null {
  const { gift } = terms.compensation;
  return gift && { currency: gift.currency, fairMarketValueMinor: giftValueMinor(gift), receiverId };
}

function quoteCash(terms: DealTerms, plan: SplitPlan, scope: DealScope): SplitQuote {
  const { cash } = terms.compensation;
  const specs = terms.brief.deliverables;
  const milestones = expandMilestones(cash?.milestones ?? [], specs);
  const releases = expandPieces(specs).flatMap((piece): readonly QuotedRelease[] => {
    const poolMinor = milestones
      .filter((part) => part.specKey === piece.specKey && part.sequence === piece.sequence)
      .reduce((sum, part) => sum + part.amountMinor, 0n);
    if (poolMinor === 0n) return [];
    const { grossMinor, shares } = splitPool(plan, poolMinor, deliverableId(scope, piece));
    return [{ deliverableKey: piece.specKey, sequence: piece.sequence, poolMinor, grossMinor, parts: shares }];
  });
  return {
    kind: 'cash',
    currency: cash?.currency ?? '',
    exampleSalesMinor: null,
    rate: null,
    poolMinor: releases.reduce((sum, release) => sum + release.poolMinor, 0n),
    grossMinor: releases.reduce((sum, release) => sum + release.grossMinor, 0n),
    parts: partsOfAll(releases),
    releases,
  };
}

/** Every party's parts of all releases, with its exact share of their sum. */
function partsOfAll(releases: readonly QuotedRelease[]): readonly QuotedPart[] {
  const grossMinor = releases.reduce((sum, release) => sum + release.grossMinor, 0n);
  return (releases[0]?.parts ?? []).map((part, index) => {
    const exact = releases.reduce((sum, release) => {
      const share = Rational.parse(release.parts[index]?.share ?? '0');
      return sum.add(share.multiply(Rational.of(release.grossMinor, grossMinor)));
    }, Rational.ZERO);
    const amountMinor = releases.reduce((sum, release) => sum + (release.parts[index]?.amountMinor ?? 0n), 0n);
    return { ...part, share: exact.toString(), amountMinor };
  });
}

function quoteCommission(
  terms: DealTerms,
  plan: SplitPlan,
  kind: CommissionKind,
  exampleSales: Money | null,
): SplitQuote {
  const commission = terms.compensation.commission;
  if (!commission) throw new RangeError('A commission plan without a commission.');
  const sales = exampleSales ?? exampleIn(commission.currency);
  assertSameCurrency(moneyOf(0n, commission.currency), sales);
  const rates = ratesOf(commission, kind);
  const poolMinor = commissionPool(rates, 0n, sales.amountMinor);
  const { grossMinor, shares } = splitPool(plan, poolMinor, 'example');
  return {
    kind,
    currency: commission.currency,
    exampleSalesMinor: sales.amountMinor,
    rate: rates.rate,
    poolMinor,
    grossMinor,
    parts: shares,
    releases: [],
  };
}

/** The rates of one kind: a livestream rate replaces the note rate with its tiers. */
function ratesOf(
  commission: CommissionOffer,
  kind: CommissionKind,
): Pick<CommissionOffer, 'rate' | 'tiers' | 'capMinor'> {
  const { rate, livestreamRate, tiers, capMinor } = commission;
  if (kind === 'note_commission' || livestreamRate === null) return { rate, tiers, capMinor };
  return { rate: livestreamRate, tiers: [], capMinor };
}

function exampleIn(currency: string): Money {
  return moneyOf(EXAMPLE_MAJOR_UNITS * 10n ** BigInt(currencyOf(currency).minorUnitDigits), currency);
}
