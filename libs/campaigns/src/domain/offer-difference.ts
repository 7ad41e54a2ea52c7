import { formatMoney, moneyOf, Rational } from '@evenhand/money';
import {
  type CashOffer,
  type CommissionOffer,
  type Compensation,
  type GiftOffer,
  giftValueMinor,
} from './compensation';

/** One term of an offer as both sides read it: an amount, or words, a number or a rate exactly as they were stated. */
export type OfferTerm =
  | { readonly type: 'money'; readonly amountMinor: bigint; readonly currency: string }
  | { readonly type: 'rate' | 'text'; readonly text: string };

export type DifferenceKind = 'added' | 'removed' | 'changed';

/** One term that is not the same in both offers. */
export interface OfferDifference {
  /** Where it stands, such as `cash.amount`, `cash.milestones[video]` or `commission.tiers[1000.00]`. */
  readonly path: string;
  readonly kind: DifferenceKind;
  /** Null where the first offer has no such term. */
  readonly before: OfferTerm | null;
  /** Null where the second offer has no such term. */
  readonly after: OfferTerm | null;
}

/** Every term of the offer by its path, in the order in which offers are read. */
export function termsOfOffer({ cash, gift, commission }: Compensation): ReadonlyMap<string, OfferTerm> {
  return new Map([
    ...(cash ? cashTerms(cash) : []),
    ...(gift ? giftTerms(gift) : []),
    ...(commission ? commissionTerms(commission) : []),
  ]);
}

/** What changes from one offer to another; empty where both say the same, however a rate is written. */
export function differenceOf(before: Compensation, after: Compensation): readonly OfferDifference[] {
  const [earlier, later] = [termsOfOffer(before), termsOfOffer(after)];
  const paths = new Set([...earlier.keys(), ...later.keys()]);
  return [...paths].flatMap((path): readonly OfferDifference[] => {
    const [was, is] = [earlier.get(path) ?? null, later.get(path) ?? null];
    if (was && is && saysTheSame(was, is)) return [];
    return [{ path, kind: was ? (is ? 'changed' : 'removed') : 'added', before: was, after: is }];
  });
}

function saysTheSame(left: OfferTerm, right: OfferTerm): boolean {
  if (left.type === 'money' || right.type === 'money') {
    return left.type === 'money' && right.type === 'money'
      ? left.amountMinor === right.amountMinor && left.currency === right.currency
      : false;
  }
  if (left.type === 'rate' && right.type === 'rate')
    return Rational.parse(left.text).equals(Rational.parse(right.text));
  return left.text === right.text;
}

type Term = readonly [path: string, term: OfferTerm];

function cashTerms({ currency, amountMinor, milestones }: CashOffer): readonly Term[] {
  return [
    ['cash.amount', money(amountMinor, currency)],
    ...keyed('cash.milestones', milestones, (milestone) => milestone.deliverableKey).map(([path, milestone]): Term => [
      path,
      money(milestone.amountMinor, currency),
    ]),
  ];
}

function giftTerms(gift: GiftOffer): readonly Term[] {
  return [
    ['gift.fairMarketValue', money(giftValueMinor(gift), gift.currency)],
    ...keyed('gift.items', gift.items, (item) => item.name).flatMap(([path, item]): readonly Term[] => [
      [`${path}.quantity`, text(item.quantity)],
      [`${path}.fairMarketValue`, money(item.fairMarketValueMinor, gift.currency)],
    ]),
    ['gift.postingDutyDays', text(gift.postingDutyDays)],
  ];
}

function commissionTerms(commission: CommissionOffer): readonly Term[] {
  const { currency, livestreamRate, tiers, capMinor, bonuses } = commission;
  const tierKey = (from: bigint) => formatMoney(moneyOf(from, currency));
  return [
    ['commission.currency', text(currency)],
    ['commission.rate', rate(commission.rate)],
    ...(livestreamRate === null ? [] : [['commission.livestreamRate', rate(livestreamRate)] as const]),
    ...tiers.map((tier): Term => [`commission.tiers[${tierKey(tier.fromNetSalesMinor)}]`, rate(tier.rate)]),
    ...(capMinor === null ? [] : [['commission.cap', money(capMinor, currency)] as const]),
    ['commission.reserve', money(commission.reserveMinor, currency)],
    ['commission.base', text(commission.base)],
    ['commission.attributionModel', text(commission.attributionModel)],
    ['commission.attributionWindowDays', text(commission.attributionWindowDays)],
    ['commission.holdDays', text(commission.holdDays)],
    ...keyed('commission.bonuses', bonuses, (bonus) => bonus.id).flatMap(([path, bonus]): readonly Term[] => [
      [`${path}.amount`, money(bonus.amountMinor, currency)],
      bonus.metric === 'net_sales'
        ? [`${path}.fromNetSales`, money(bonus.threshold, currency)]
        : [`${path}.fromSalesCount`, text(bonus.threshold)],
      [`${path}.splitBy`, text(bonus.splitBy)],
    ]),
  ];
}

/** `list[key]` for each; a key that stands there again becomes `list[key#2]`, which no deliverable's key can be. */
function keyed<T>(list: string, items: readonly T[], keyOf: (item: T) => string): readonly (readonly [string, T])[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return [times === 1 ? `${list}[${key}]` : `${list}[${key}#${times}]`, item] as const;
  });
}

function money(amountMinor: bigint, currency: string): OfferTerm {
  return { type: 'money', amountMinor, currency };
}

function rate(stated: string): OfferTerm {
  return { type: 'rate', text: stated };
}

function text(value: string | number | bigint): OfferTerm {
  return { type: 'text', text: String(value) };
}
