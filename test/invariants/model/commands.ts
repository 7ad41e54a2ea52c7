import type { EscrowPurpose } from '@evenhand/ledger';
import * as fc from 'fast-check';

/** Days after the first of October 2026 at which things happen; a closed period ends on one. */
export type Day = number;

/**
 * What to do next, chosen before anything is known: `deal` and `pick` choose among what there is by then. Amounts are
 * small so that floors, shortages and roundings are met often.
 */
export type Command = { readonly day: Day } & (
  | { readonly do: 'credit' | 'pay'; readonly deal: number; readonly amount: bigint }
  | { readonly do: 'fund' | 'return'; readonly deal: number; readonly amount: bigint; readonly purpose: EscrowPurpose }
  | {
      readonly do: 'split';
      readonly deal: number;
      readonly bases: readonly bigint[];
      readonly isMilestone: boolean;
      readonly isLate: boolean;
      readonly byItem: boolean;
      readonly twist: Twist;
      readonly pick: number;
    }
  | { readonly do: 'reverse'; readonly refunds: readonly RefundChoice[]; readonly byItem: boolean }
  | { readonly do: 'release' | 'settle' }
  | { readonly do: 'freeze' | 'unfreeze'; readonly deal: number; readonly reason: string }
  | {
      readonly do: 'freezeEarnings' | 'unfreezeEarnings';
      readonly deal: number;
      readonly picks: readonly number[];
      readonly reason: string;
    }
  | { readonly do: 'send'; readonly parts: readonly PartChoice[] }
  | { readonly do: 'confirm' | 'reject'; readonly pick: number }
  | { readonly do: 'giveGift' | 'takeGiftBack'; readonly deal: number; readonly amount: bigint }
  | {
      readonly do: 'convert';
      readonly deal: number;
      readonly kind: 'brand_balance' | 'client_cash';
      readonly to: string;
      readonly amount: bigint;
      readonly isPublished: boolean;
    }
  | { readonly do: 'close'; readonly deal: number }
  | { readonly do: 'repeat' | 'change'; readonly pick: number }
);

/** One more item beside the new ones of a batch: the same again, another under its key, its source under another key. */
export type Twist = 'none' | 'same' | 'other request' | 'other key' | 'same as before' | 'source of before';

export interface RefundChoice {
  readonly pick: number;
  /** Of the sale's base; above ten it is more than the sale. */
  readonly tenths: bigint;
  readonly twice: boolean;
}

export interface PartChoice {
  /** Among the payees with anything available. */
  readonly pick: number;
  /** Of what is available; above a hundred it is more. */
  readonly percent: bigint;
}

const deal = fc.nat(3);
const pick = fc.nat(10_000);
const amount = fc.bigInt(1n, 600n);
const purpose = fc.constantFrom('cash' as const, 'commission_reserve' as const);
const twist: fc.Arbitrary<Twist> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('none' as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('same' as const, 'other request' as const, 'other key' as const),
  },
  { weight: 2, arbitrary: fc.constantFrom('same as before' as const, 'source of before' as const) },
);

const split = fc.record({
  do: fc.constant('split' as const),
  deal,
  bases: fc.array(fc.bigInt(0n, 900n), { minLength: 1, maxLength: 5 }),
  isMilestone: fc.nat(3).map((chance) => chance === 0),
  isLate: fc.boolean(),
  byItem: fc.boolean(),
  twist,
  pick,
});
const refund = fc.record({ pick, tenths: fc.bigInt(0n, 11n), twice: fc.boolean() });
const part = fc.record({ pick, percent: fc.bigInt(1n, 110n) });

const weighted: fc.WeightedArbitrary<Omit<Command, 'day'>>[] = [
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('credit' as const, 'pay' as const), deal, amount }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('fund' as const), deal, amount, purpose }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('return' as const), deal, amount: fc.bigInt(1n, 100n), purpose }),
  },
  { weight: 9, arbitrary: split },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('reverse' as const),
      refunds: fc.oneof(fc.tuple(refund), fc.array(refund, { minLength: 1, maxLength: 4 })),
      byItem: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('freeze' as const, 'unfreeze' as const),
      deal,
      reason: fc.constantFrom('dispute', 'risk'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('freezeEarnings' as const, 'unfreezeEarnings' as const),
      deal,
      picks: fc.array(pick, { minLength: 1, maxLength: 4 }),
      reason: fc.constantFrom('risk', 'other'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      parts: fc.oneof(fc.tuple(part), fc.array(part, { minLength: 1, maxLength: 3 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'reject' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('giveGift' as const, 'takeGiftBack' as const), deal, amount }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('convert' as const),
      deal,
      kind: fc.constantFrom('brand_balance' as const, 'client_cash' as const),
      to: fc.constantFrom('EUR', 'JPY', 'CNY'),
      amount: fc.bigInt(1n, 200n),
      isPublished: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), deal }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('repeat' as const, 'change' as const), pick }) },
];

/** Money for every deal, so that not all of a history is about what is not there. */
const FUNDING: readonly Command[] = [0, 1, 2, 3].flatMap((place): readonly Command[] => [
  { do: 'credit', deal: place, amount: 2000n, day: 0 },
  { do: 'fund', deal: place, amount: 300n, purpose: 'cash', day: 0 },
  { do: 'fund', deal: place, amount: 120n, purpose: 'commission_reserve', day: 0 },
]);

/** What is earned becomes available, is paid out, and some of it refunded afterwards. */
const ending: fc.Arbitrary<readonly Command[]> = fc
  .array(fc.record({ pick, percent: fc.bigInt(50n, 100n) }), { minLength: 4, maxLength: 4 })
  .map((choices) => [
    { do: 'release', day: 40 },
    ...choices.map((choice): Command => ({ do: 'send', parts: [choice], day: 41 })),
    ...choices.map((choice, place): Command => ({
      do: place % 2 === 0 ? 'confirm' : 'reject',
      pick: choice.pick,
      day: 42,
    })),
    ...choices.map((choice): Command => ({
      do: 'reverse',
      refunds: [{ pick: choice.pick, tenths: choice.percent / 10n, twice: false }],
      byItem: false,
      day: 43,
    })),
  ]);

/** Mostly on later and later days, so that a closed period leaves something to do; some look back. */
export function histories(maxLength: number): fc.Arbitrary<readonly Command[]> {
  const command = fc.oneof(...weighted);
  const step = fc.record({ command, day: fc.constantFrom(0, 0, 0, 1, 5, 12, -4, -4) });
  const steps = fc.array(step, { minLength: 1, maxLength, size: 'max' });
  return fc.tuple(fc.boolean(), steps, fc.option(ending, { nil: [] })).map(([isFunded, chosen, last]) => [
    ...(isFunded ? FUNDING : []),
    ...chosen.map((one, place) => {
      const day = one.command.do === 'close' ? place / 4 : Math.max(0, place / 4 + one.day);
      return { ...one.command, day } as Command;
    }),
    ...last,
  ]);
}
