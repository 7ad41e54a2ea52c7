import { type Actor, systemActor } from '@evenhand/kernel';
import { ReplayLedger, type RefundEvent, type SaleEvent, type SaleLine } from '@evenhand/sales';
import { refundEvent, type SalesWorld } from './sales-world';
import { saleEvent } from './tracked-deal';
import { withSalesWorld } from './with-sales-world';

const SYSTEM = systemActor('test');
const PAGE = { first: 10, after: null };

interface Side {
  readonly dealId: string;
  readonly influencerId: string;
}

/** A brand with the deals MEI of 10 % and YUKI of 20 %, whose products people buy in one basket. */
export class SharedOrders {
  private constructor(
    private readonly world: SalesWorld,
    readonly brandId: string,
    readonly mei: Side,
    readonly yuki: Side,
  ) {}

  static async of(world: SalesWorld): Promise<SharedOrders> {
    const brandId = await world.brand();
    const yuki = world.deal(brandId, 'YUKI', { commission: { rate: '0.20', holdDays: 30 } });
    return new SharedOrders(world, brandId, world.deal(brandId, 'MEI'), yuki);
  }

  /** 100 euros of MEI's, 50 of YUKI's, 25 of nobody's, and 10 that follow the order, which names nobody. */
  basket(change: Partial<SaleEvent> = {}): SaleEvent {
    const lines = [
      orderLine('a', 100_00n, { code: 'MEI' }),
      orderLine('b', 50_00n, { code: 'YUKI' }),
      orderLine('c', 25_00n, { code: 'NOBODY' }),
      orderLine('d', 10_00n),
    ];
    return saleEvent({ lines, ...change });
  }

  /** With the base that it took of each deal's sale. */
  async refund(change: Partial<RefundEvent>) {
    const [result] = await this.world.refunds(this.brandId, refundEvent(change));
    const deals = new Map((await this.sales()).map(({ saleId, dealId }) => [saleId, dealId]));
    const taken = (result?.refunds ?? []).map(({ saleId, baseMinor }) => [this.nameOf(deals.get(saleId)), baseMinor]);
    return { ...result, taken: Object.fromEntries(taken) as Readonly<Record<string, bigint>> };
  }

  async sales(actor: Actor = SYSTEM) {
    const listed = await this.world.listSales.execute({ actor, filter: { brandId: this.brandId }, page: PAGE });
    return listed.rows.map(({ node }) => node);
  }

  /** What refunds have left of each deal's sale of the only order. */
  async left(): Promise<Readonly<Record<string, bigint>>> {
    const left = (await this.sales()).map(({ dealId, baseMinor, refundedBaseMinor }) => {
      return [this.nameOf(dealId), baseMinor - refundedBaseMinor];
    });
    return Object.fromEntries(left) as Readonly<Record<string, bigint>>;
  }

  /** What the raw events do not give again. */
  async replayDifferences(): Promise<readonly unknown[]> {
    return (await this.world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId: null })).differences;
  }

  nameOf(dealId: string | undefined): string {
    if (dealId === this.mei.dealId) return 'MEI';
    return dealId === this.yuki.dealId ? 'YUKI' : 'other';
  }
}

/** Gives each test of a file such a brand, in one world, and checks after it that the raw events give everything again. */
export function withSharedOrders(
  take: (made: { readonly world: SalesWorld; readonly orders: SharedOrders }) => void,
): void {
  let world: SalesWorld;
  let orders: SharedOrders;
  withSalesWorld((made) => (world = made));
  beforeEach(async () => {
    orders = await SharedOrders.of(world);
    take({ world, orders });
  });
  afterEach(async () => expect(await orders.replayDifferences()).toEqual([]));
}

export function orderLine(lineId: string, unitPriceMinor: bigint, claims: Partial<SaleLine> = {}): SaleLine {
  return { lineId, sku: `SKU-${lineId}`, quantity: 1, unitPriceMinor, ...claims };
}
