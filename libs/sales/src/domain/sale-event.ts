/** What could tell by whom an order came, or a line of it. */
export interface Claims {
  readonly code?: string | null;
  /** Further codes, tried after `code` in this order. */
  readonly additionalCodes?: readonly string[];
  /** Clicks that led to it, as the destination of the link was told them: `click_…`. When they were is ours to know. */
  readonly clickIds?: readonly string[];
  readonly linkSlug?: string | null;
  /** When the link was clicked, where the source knows it. */
  readonly clickedAt?: Date | null;
}

/**
 * One line of an order; claims of its own decide for it, those of the order where they lead nowhere. All amounts are
 * minor units of the order's currency; tax and shipping are what the price *contains*.
 */
export interface SaleLine extends Claims {
  /** The shop's id of the line, by which a later refund may name it. */
  readonly lineId?: string | null;
  readonly sku?: string | null;
  /** Whole units, at least 1. */
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  /** Discount on the whole line, not per unit. */
  readonly discountMinor?: bigint;
  /** Tax contained in the price of the whole line; 0 where the shop adds tax on top. */
  readonly taxMinor?: bigint;
  /** Shipping contained in the price of the whole line. */
  readonly shippingMinor?: bigint;
}

/** An order as a shop tells it. Exactly one of `lines` and `baseMinor` is given. */
export interface SaleEvent extends Claims {
  /** Where it comes from, e.g. "shopify" or "csv"; together with `externalId` it names the order forever. */
  readonly source: string;
  readonly externalId: string;
  /** What people call the order, e.g. "#1001". */
  readonly orderNumber: string;
  /**
   * The customer's e-mail address, or a token that stands for it. It is no part of the content and is never kept: what
   * compares customers is the token alone.
   */
  readonly customer?: string | null;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines?: readonly SaleLine[];
  /** The commission base itself, where the source knows no lines. */
  readonly baseMinor?: bigint | null;
  readonly occurredAt: Date;
}

/** Units of one line given back; the line is named by its `lineId`, or by `sku` where only one line has it. */
export interface RefundLine {
  readonly lineId?: string | null;
  readonly sku?: string | null;
  readonly quantity: number;
}

/** What a confirmed risk hold takes back: all that one sale still earns for. The shop gave nothing back by it. */
export interface TakeBack {
  /** A line of the sale, counting from 1; null where its order has no lines. */
  readonly ofLine: number | null;
}

/** A refund as a shop tells it: exactly one of `full`, or `lines` and/or `amountMinor`. */
export interface RefundEvent {
  /** The source of the order it refunds. */
  readonly source: string;
  readonly externalId: string;
  /** `externalId` of the order. */
  readonly saleExternalId: string;
  readonly currency: string;
  /** Everything that is left of the order. */
  readonly full?: boolean;
  /** Where it is a {@link TakeBack}, which no shop says. */
  readonly takeBack?: TakeBack | null;
  readonly lines?: readonly RefundLine[];
  /** Part of the order's commission base given back, in minor units. */
  readonly amountMinor?: bigint | null;
  readonly occurredAt: Date;
}
