import { type DealEarning, type DealShare, type FxRate, type PoolSplit, RateMissing } from '@evenhand/ledger';
import type { EarnedBonus } from '../bonus-repository';
import type { ReplayedSale } from './deal-replay';
import type { RecordedSaleFigures } from './raw-events';

type Figures = Readonly<Record<string, bigint | null>>;

/** How a sale as recorded, and its earning, are not what the raw events give; nothing where they are. */
export function findingsOfSale(
  { sale, netSalesBeforeMinor, grossMinor, grossReversedMinor, shares }: ReplayedSale,
  recorded: RecordedSaleFigures | undefined,
  earning: DealEarning | undefined,
): readonly string[] {
  const { orderBaseMinor, orderRefundedBaseMinor, orderTakenBackMinor } = sale;
  const { baseMinor, refundedBaseMinor, commissionMinor, commissionReversedMinor } = sale;
  const ordered = { orderBaseMinor, orderRefundedBaseMinor, orderTakenBackMinor };
  const given = { ...ordered, baseMinor, refundedBaseMinor, commissionMinor, commissionReversedMinor };
  const ofSale = recorded ? unequal('the sale', { ...recorded }, given) : ['the sale is not recorded'];
  // What earns nothing has no earning.
  if (!earning) return commissionMinor === 0n ? ofSale : [...ofSale, 'the ledger holds no earning for it'];
  const held = {
    baseMinor: earning.baseMinor,
    baseReversedMinor: earning.baseReversedMinor,
    netSalesBeforeMinor: earning.netSalesBeforeMinor,
    grossMinor: earning.grossMinor,
    grossReversedMinor: earning.grossReversedMinor,
  };
  const wanted = {
    baseMinor,
    baseReversedMinor: refundedBaseMinor,
    netSalesBeforeMinor,
    grossMinor,
    grossReversedMinor,
  };
  return [...ofSale, ...unequal('the ledger', held, wanted), ...unequalShares(earning.shares, shares)];
}

/** How the rate of a sale is not the one that is published; nothing where it is. */
export function findingsOfRate(recorded: FxRate, published: FxRate | RateMissing | undefined): readonly string[] {
  const { rate, date, source } = recorded;
  const has = `the sale has the rate ${rate} by ${source} of ${date}`;
  if (!published || published instanceof RateMissing) return [`${has}, of which day none is published`];
  if (published.rate === rate && published.source === source) return [];
  return [`${has}, published is ${published.rate} by ${published.source}`];
}

/** How a bonus as recorded is not what the deal's terms give. */
export function findingsOfBonus(
  bonus: EarnedBonus,
  split: PoolSplit | undefined,
  earning: DealEarning | undefined,
): readonly string[] {
  if (!split) return ['the deal has no such bonus'];
  if (!earning) return ['the ledger holds no earning for it'];
  const isReversed = bonus.reversedAt !== null;
  const { grossMinor } = split;
  const shares = split.shares.map(({ partyId, role, amountMinor }) => {
    return { partyId, role, amountMinor, reversedMinor: isReversed ? amountMinor : 0n };
  });
  const held = { grossMinor: earning.grossMinor, grossReversedMinor: earning.grossReversedMinor };
  const wanted = { grossMinor, grossReversedMinor: isReversed ? grossMinor : 0n };
  return [...unequal('the ledger', held, wanted), ...unequalShares(earning.shares, shares)];
}

function unequal(who: string, recorded: Figures, given: Figures): readonly string[] {
  return Object.entries(given).flatMap(([name, amount]) => {
    const held = recorded[name] ?? null;
    return held === amount ? [] : [`${who} has ${name} ${held}, the raw events give ${amount}`];
  });
}

function unequalShares(held: readonly DealShare[], given: readonly DealShare[]): readonly string[] {
  const places = Array.from({ length: Math.max(held.length, given.length) }, (_, place) => place);
  return places.flatMap((place) => {
    const [recorded, wanted] = [shareText(held[place]), shareText(given[place])];
    return recorded === wanted ? [] : [`share ${place + 1} is ${recorded}, the raw events give ${wanted}`];
  });
}

function shareText(share: DealShare | undefined): string {
  if (!share) return 'nothing';
  return `${share.amountMinor} less ${share.reversedMinor} for the ${share.role} ${share.partyId}`;
}
