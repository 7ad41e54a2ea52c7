import { createHash } from 'node:crypto';

/** Exact and plain, written anew for the model from the rules of rounding: nothing here is the product's. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** "0.125", "3/8" or "1". */
export function fractionOf(text: string): Fraction {
  const [over = '', under] = text.split('/');
  if (under !== undefined) return { over: BigInt(over), under: BigInt(under) };
  const [whole = '', decimals = ''] = over.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { over: -b.over, under: b.under });

/** To the nearest whole, a tie to the even one; for nothing below zero. */
export function halfEven({ over, under }: Fraction): bigint {
  const below = over / under;
  const twiceRest = 2n * (over - below * under);
  if (twiceRest !== under) return twiceRest > under ? below + 1n : below;
  return below % 2n === 0n ? below : below + 1n;
}

export interface ChainCut {
  readonly partyId: string;
  readonly role: string;
  readonly of: 'gross' | 'remainder' | 'on_top';
  readonly share: string;
  readonly minMinor?: string;
  readonly maxMinor?: string;
}

export interface Taking {
  readonly partyId: string;
  readonly role: string;
  readonly amountMinor: bigint;
}

/**
 * Who gets what of a pool: a cut on top first, then the takers of cuts in their order, and the payee what is left. A cut
 * out of its bounds takes the bound, one that wants more than is left takes what is left; of nothing nobody has bounds.
 */
export function takingsOf(
  payeeId: string,
  cuts: readonly ChainCut[],
  poolMinor: bigint,
  seed: string,
): readonly Taking[] {
  const pool: Fraction = { over: poolMinor, under: 1n };
  const taken = new Map<string, { readonly role: string; readonly weight: Fraction }>();
  const onTop: Taking[] = [];
  let rest = pool;
  for (const cut of cuts) {
    const { partyId, role, of } = cut;
    const wanted = times(of === 'remainder' ? rest : pool, fractionOf(cut.share));
    if (of === 'on_top') {
      const amountMinor = halfEven(inBounds({ over: halfEven(wanted), under: 1n }, cut, poolMinor));
      onTop.push({ partyId, role, amountMinor });
      continue;
    }
    const bounded = inBounds(wanted, cut, poolMinor);
    const amount = isMore(bounded, rest) ? rest : bounded;
    rest = minus(rest, amount);
    const before = taken.get(partyId);
    taken.set(partyId, { role, weight: before ? plus(before.weight, amount) : amount });
  }
  const chain = [...taken].map(([partyId, { role, weight }]) => ({ partyId, role, weight }));
  const parties = [...chain, { partyId: payeeId, role: 'influencer', weight: rest }];
  const amounts = largestRemainders(poolMinor, parties, seed);
  return [
    ...onTop,
    ...parties.map(({ partyId, role }, place) => ({ partyId, role, amountMinor: amounts[place] ?? 0n })),
  ];
}

const isMore = (a: Fraction, b: Fraction): boolean => a.over * b.under > b.over * a.under;

function inBounds(wanted: Fraction, { minMinor, maxMinor }: ChainCut, poolMinor: bigint): Fraction {
  if (poolMinor === 0n) return wanted;
  const [least, most] = [minMinor, maxMinor].map((text) => text !== undefined && { over: BigInt(text), under: 1n });
  if (least && isMore(least, wanted)) return least;
  return most && isMore(wanted, most) ? most : wanted;
}

export interface Weight {
  readonly partyId: string;
  readonly weight: Fraction;
}

/** Whole units by largest remainder, ties to the lowest digest of the seed and the party; in the order of the weights. */
export function largestRemainders(pool: bigint, weights: readonly Weight[], seed: string): readonly bigint[] {
  const total = weights.reduce((sum, { weight }) => plus(sum, weight), { over: 0n, under: 1n });
  if (total.over === 0n) return weights.map(() => 0n);
  // Part = pool · weight / total; every part over one denominator, so that remainders compare as whole numbers.
  const under = weights.reduce((product, { weight }) => product * weight.under, total.over);
  const parts = weights.map(({ partyId, weight }, place) => {
    const over = (pool * weight.over * total.under * (under / total.over)) / weight.under;
    return { place, floor: over / under, remainder: over % under, digest: digestOf(seed, partyId) };
  });
  const left = pool - parts.reduce((sum, { floor }) => sum + floor, 0n);
  const order = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? (a.digest < b.digest ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  );
  const lucky = new Set(order.slice(0, Number(left)).map(({ place }) => place));
  return parts.map(({ place, floor }) => (lucky.has(place) ? floor + 1n : floor));
}

function digestOf(seed: string, partyId: string): string {
  const bytes = Buffer.from(seed, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return createHash('sha256')
    .update(Buffer.concat([length, bytes, Buffer.from(partyId, 'utf8')]))
    .digest('hex');
}

export interface Terms {
  readonly rate: string;
  readonly tiers: readonly { readonly fromNetSalesMinor: bigint; readonly rate: string }[];
  readonly capMinor: bigint | null;
}

/** The commission on the sales that took the running net sales of a deal from one total to another. */
export function poolOf(terms: Terms, beforeMinor: bigint, afterMinor: bigint): bigint {
  if (terms.tiers.length === 0 && terms.capMinor === null) {
    return halfEven(times(fractionOf(terms.rate), { over: afterMinor - beforeMinor, under: 1n }));
  }
  return poolUpTo(terms, afterMinor) - poolUpTo(terms, beforeMinor);
}

function poolUpTo({ rate, tiers, capMinor }: Terms, netMinor: bigint): bigint {
  const steps = [{ fromNetSalesMinor: 0n, rate }, ...tiers];
  const exact = steps.reduce<Fraction>(
    (sum, step, place) => {
      const end = steps[place + 1]?.fromNetSalesMinor;
      const upTo = end === undefined || end > netMinor ? netMinor : end;
      if (upTo <= step.fromNetSalesMinor) return sum;
      return plus(sum, times(fractionOf(step.rate), { over: upTo - step.fromNetSalesMinor, under: 1n }));
    },
    { over: 0n, under: 1n },
  );
  const total = halfEven(exact);
  return capMinor !== null && total > capMinor ? capMinor : total;
}
