import { claimsAnything, clickIdsOf, codesOf, linkSlugOf } from './claims';
import type { Claims, RefundEvent, RefundLine, SaleEvent, SaleLine, TakeBack } from './sale-event';

/**
 * The canonical text of an event: what is kept unedited, and what tells a repetition from a conflict. Amounts are
 * decimal strings of minor units; absent and empty values are written alike. The customer is left out: a shop may correct or
 * forget one, and a new key would make the same order another.
 */
export function saleContent(event: SaleEvent): string {
  const clickIds = clickIdsOf(event);
  return JSON.stringify({
    source: event.source,
    externalId: event.externalId,
    orderNumber: event.orderNumber,
    codes: codesOf(event),
    // Left out where there are none, as in the events from before there were any.
    ...(clickIds.length > 0 && { clickIds }),
    linkSlug: linkSlugOf(event),
    clickedAt: instantText(event.clickedAt),
    currency: event.currency,
    lines: event.lines?.map(lineContent) ?? null,
    baseMinor: event.baseMinor?.toString() ?? null,
    occurredAt: instantText(event.occurredAt),
  });
}

/** What a line claims by itself; nothing where it claims nothing, as in the events from before lines could. */
function claimsContent(line: SaleLine): { readonly claims?: StoredClaims } {
  if (!claimsAnything(line)) return {};
  const clickedAt = instantText(line.clickedAt);
  return { claims: { codes: codesOf(line), clickIds: clickIdsOf(line), linkSlug: linkSlugOf(line), clickedAt } };
}

/** Reads back what {@link saleContent} wrote: its content is the same again. */
export function saleOfContent(content: string): SaleEvent {
  const { codes, lines, clickedAt, baseMinor, occurredAt, ...stored } = JSON.parse(content) as StoredSale;
  return {
    ...stored,
    ...claimsOfContent({ codes, clickedAt }),
    ...(lines && { lines: lines.map(lineOfContent) }),
    baseMinor: baseMinor === null ? null : BigInt(baseMinor),
    occurredAt: new Date(occurredAt ?? Number.NaN),
  };
}

function claimsOfContent({ codes, clickedAt }: Pick<StoredClaims, 'codes' | 'clickedAt'>): Claims {
  const [code = null, ...additionalCodes] = codes;
  return { code, additionalCodes, clickedAt: clickedAt === null ? null : new Date(clickedAt) };
}

export function refundContent(event: RefundEvent): string {
  return JSON.stringify({
    source: event.source,
    externalId: event.externalId,
    saleExternalId: event.saleExternalId,
    currency: event.currency,
    full: event.full ?? false,
    // Left out where it is not said, as in all that shops send.
    ...(event.takeBack && { takeBack: { ofLine: event.takeBack.ofLine } }),
    lines: (event.lines ?? []).map((line) => ({
      lineId: line.lineId ?? null,
      sku: line.sku ?? null,
      quantity: line.quantity,
    })),
    amountMinor: event.amountMinor?.toString() ?? null,
    occurredAt: instantText(event.occurredAt),
  });
}

/** Reads back what {@link refundContent} wrote. */
export function refundOfContent(content: string): RefundEvent {
  const stored = JSON.parse(content) as {
    source: string;
    externalId: string;
    saleExternalId: string;
    currency: string;
    full: boolean;
    takeBack?: TakeBack;
    lines: RefundLine[];
    amountMinor: string | null;
    occurredAt: string | null;
  };
  return {
    ...stored,
    amountMinor: stored.amountMinor === null ? null : BigInt(stored.amountMinor),
    occurredAt: new Date(stored.occurredAt ?? Number.NaN),
  };
}

interface StoredClaims {
  readonly codes: readonly string[];
  readonly clickIds: readonly string[];
  readonly linkSlug: string | null;
  readonly clickedAt: string | null;
}

interface StoredLine {
  readonly lineId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: string;
  readonly discountMinor: string;
  readonly taxMinor: string;
  readonly shippingMinor: string;
  /** Left out where the line claims nothing. */
  readonly claims?: StoredClaims;
}

interface StoredSale {
  readonly source: string;
  readonly externalId: string;
  readonly orderNumber: string;
  readonly codes: readonly string[];
  /** Left out where there are none. */
  readonly clickIds?: readonly string[];
  readonly linkSlug: string | null;
  readonly clickedAt: string | null;
  readonly currency: string;
  readonly lines: readonly StoredLine[] | null;
  readonly baseMinor: string | null;
  readonly occurredAt: string | null;
}

function lineOfContent({ lineId, sku, quantity, claims, ...amounts }: StoredLine): SaleLine {
  const { clickIds, linkSlug } = claims ?? {};
  return {
    lineId,
    sku,
    quantity,
    unitPriceMinor: BigInt(amounts.unitPriceMinor),
    discountMinor: BigInt(amounts.discountMinor),
    taxMinor: BigInt(amounts.taxMinor),
    shippingMinor: BigInt(amounts.shippingMinor),
    ...(claims && { ...claimsOfContent(claims), clickIds, linkSlug }),
  };
}

function lineContent(line: SaleLine): StoredLine {
  return {
    lineId: line.lineId ?? null,
    sku: line.sku ?? null,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor.toString(),
    discountMinor: (line.discountMinor ?? 0n).toString(),
    taxMinor: (line.taxMinor ?? 0n).toString(),
    shippingMinor: (line.shippingMinor ?? 0n).toString(),
    ...claimsContent(line),
  };
}

function instantText(instant: Date | null | undefined): string | null {
  return instant && !Number.isNaN(instant.getTime()) ? instant.toISOString() : null;
}
