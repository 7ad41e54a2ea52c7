import type {
  EarningDraft,
  EscrowCommand,
  PayoutTransfer,
  RecordGiftReceivedCommand,
  RecordGiftReturnedCommand,
  Reversal,
} from '@evenhand/ledger';

/** A brand's money at the bank, as told to the product; the actor is added there. */
export interface Receipt {
  readonly brandId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly bankReference: string;
  readonly receivedAt: Date;
  readonly idempotencyKey: string;
}

export interface ConversionOrder {
  readonly brandId: string;
  readonly idempotencyKey: string;
  readonly kind: 'brand_balance' | 'client_cash';
  readonly fromCurrency: string;
  readonly toCurrency: string;
  readonly amountMinor: bigint;
  readonly date: string;
}

/** One command with everything in it, given alike to the product and to the model; `at` is what the clock says. */
export type Event = { readonly at: Date } & (
  | { readonly do: 'credit' | 'pay'; readonly command: Receipt }
  | { readonly do: 'fund' | 'return'; readonly command: EscrowCommand }
  | { readonly do: 'split' | 'splitByItem'; readonly brandId: string; readonly drafts: readonly EarningDraft[] }
  | { readonly do: 'reverse' | 'reverseByItem'; readonly brandId: string; readonly reversals: readonly Reversal[] }
  | { readonly do: 'release' | 'settle' }
  | { readonly do: 'freeze' | 'unfreeze'; readonly dealId: string; readonly reason: string }
  | {
      readonly do: 'freezeEarnings' | 'unfreezeEarnings';
      readonly brandId: string;
      readonly sources: readonly EarningDraft['source'][];
      readonly reason: string;
    }
  | { readonly do: 'send' | 'confirm' | 'reject'; readonly transfers: readonly PayoutTransfer[] }
  | { readonly do: 'giveGift'; readonly command: RecordGiftReceivedCommand }
  | { readonly do: 'takeGiftBack'; readonly command: RecordGiftReturnedCommand }
  | { readonly do: 'convert'; readonly command: ConversionOrder }
  /** A day of UTC that ends at `before`. */
  | { readonly do: 'close'; readonly brandId: string; readonly before: Date }
);

/** A rule that an item breaks, and what the error names: the item's key, or the source it is about. */
export interface Refusal {
  readonly code: string;
  readonly about: string | null;
}

/** What became of one item: what it says besides its transaction is plain text, compared as such. */
export type Answer =
  | {
      readonly key: string;
      /** Null where it does not say. */ readonly isDuplicate: boolean | null;
      readonly says: string;
    }
  | { readonly refused: readonly Refusal[] };
