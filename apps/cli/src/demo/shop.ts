import { RecordRefunds, RecordSales, type SaleEvent } from '@evenhand/sales';
import type { INestApplicationContext } from '@nestjs/common';
import type { Cast } from './cast';
import type { DemoPerson } from './demo-logins';
import { UseCases } from './use-cases';

export interface Orders {
  readonly brand: DemoPerson;
  readonly currency: string;
  readonly code: string;
  /** First order number; the others follow. */
  readonly from: number;
  /** Net price of each order, minor units. */
  readonly baseMinor: readonly bigint[];
  readonly occurredAt: (index: number) => Date;
}

/** A brand's shop, which tells of orders and refunds. */
export class Shop extends UseCases {
  constructor(
    app: INestApplicationContext,
    private readonly cast: Cast,
  ) {
    super(app);
  }

  async sell(orders: Orders): Promise<void> {
    const events = orders.baseMinor.map((baseMinor, index): SaleEvent => {
      const number = orders.from + index;
      return {
        source: 'shop',
        externalId: `order-${number}`,
        orderNumber: `#${number}`,
        code: orders.code,
        currency: orders.currency,
        baseMinor,
        occurredAt: orders.occurredAt(index),
      };
    });
    await this.record(orders.brand, events);
  }

  /** An order of several products, each bought by a code of its own: net prices by code, in minor units. */
  async sellBasket(
    brand: DemoPerson,
    currency: string,
    order: number,
    pricesMinor: Readonly<Record<string, bigint>>,
    occurredAt: Date,
  ): Promise<void> {
    const lines = Object.entries(pricesMinor).map(([code, unitPriceMinor], index) => {
      return { lineId: `${order}-${index + 1}`, quantity: 1, unitPriceMinor, code };
    });
    const names = { source: 'shop', externalId: `order-${order}`, orderNumber: `#${order}` };
    await this.record(brand, [{ ...names, currency, lines, occurredAt }]);
  }

  private async record(brand: DemoPerson, events: readonly SaleEvent[]): Promise<void> {
    const actor = await this.cast.actor(brand);
    const results = await this.get(RecordSales).execute({ actor, brandId: this.cast.party(brand), events });
    const failed = results.find((result) => result.status !== 'recorded');
    if (failed !== undefined) throw new Error(`${failed.externalId} was ${failed.status}: ${failed.reason?.message}`);
  }

  /** A refund of part of an order's base; null for all that is left of it. */
  async refund(
    brand: DemoPerson,
    currency: string,
    order: number,
    amountMinor: bigint | null,
    at: Date,
  ): Promise<void> {
    const share = amountMinor === null ? { full: true } : { amountMinor };
    const event = {
      source: 'shop',
      externalId: `refund-${order}-${amountMinor ?? 'all'}`,
      saleExternalId: `order-${order}`,
      currency,
      occurredAt: at,
      ...share,
    };
    const actor = await this.cast.actor(brand);
    const [result] = await this.get(RecordRefunds).execute({ actor, brandId: this.cast.party(brand), events: [event] });
    if (result?.status !== 'recorded') throw new Error(`The refund of ${order} was ${result?.status}.`);
  }
}
