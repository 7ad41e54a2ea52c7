import { convertAmount, type FxRate } from '@evenhand/ledger';
import { assertSameCurrency, formatMoney, moneyOf } from '@evenhand/money';
import { commissionBaseMinor } from '../domain/commission-base';
import type { CommissionBaseRule } from '../domain/commission-terms';
import type { SaleEvent } from '../domain/sale-event';

/** What the commission of an order is computed on. */
export interface SaleBase {
  readonly orderCurrency: string;
  /** In minor units of the order's currency. */
  readonly orderBaseMinor: bigint;
  /** The deal's. */
  readonly currency: string;
  /** In minor units of the deal's currency. */
  readonly baseMinor: bigint;
  /** Null where both are in one currency. */
  readonly conversion: FxRate | null;
}

interface DealTerms {
  readonly currency: string;
  readonly commission: { readonly base: CommissionBaseRule };
}

/**
 * The base of an order as a whole, or of those of its lines that the deal earned, converted once to the deal's currency,
 * half-even. Throws `CurrencyMismatch` where it has
 * to be converted and there is no rate.
 */
export function saleBaseOf(
  event: SaleEvent,
  { currency, commission }: DealTerms,
  rate: FxRate | null,
  lineNumbers: readonly number[] | null = null,
): SaleBase {
  const orderCurrency = event.currency;
  const orderBaseMinor = commissionBaseMinor(event, commission.base, lineNumbers);
  if (rate === null || orderCurrency === currency) {
    assertSameCurrency(moneyOf(0n, currency), moneyOf(0n, orderCurrency));
    return { orderCurrency, orderBaseMinor, currency, baseMinor: orderBaseMinor, conversion: null };
  }
  const baseMinor = convertAmount(orderBaseMinor, orderCurrency, currency, rate.rate);
  return { orderCurrency, orderBaseMinor, currency, baseMinor, conversion: rate };
}

/** How the base came about, in a sentence; nothing to say without a conversion. */
export function conversionText({ orderCurrency, orderBaseMinor, conversion }: SaleBase): string {
  if (conversion === null) return '';
  const { rate, date, source } = conversion;
  const ordered = `${formatMoney(moneyOf(orderBaseMinor, orderCurrency))} ${orderCurrency}`;
  return ` Base converted from ${ordered} at ${rate}, the rate by ${source} of ${date}.`;
}
