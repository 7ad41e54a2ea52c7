import { eventually } from '../eventually';
import type { JourneyPeople } from './people';

const EUR = 'EUR';

/** Orders and refunds of one brand's shop. */
export class SaleSteps {
  /** Numbers of every order that was recorded. */
  readonly orderNumbers: string[] = [];

  constructor(
    private readonly people: JourneyPeople,
    private readonly dealId: string,
    private readonly code: string,
  ) {}

  /** A list with a good order, the same again, one nobody can be paid for, and one in the wrong currency. */
  async recordByApi(): Promise<void> {
    const wrong = { ...this.order('order-3', '10.00'), currency: 'USD', base: { amount: '10.00', currency: 'USD' } };
    const events = [
      this.order('order-1', '741.67'),
      this.order('order-2', '89.01'),
      { ...this.order('order-x', '50.00'), code: 'NOBODY' },
      wrong,
    ];
    expect(await this.record(events)).toEqual(['RECORDED', 'RECORDED', 'UNATTRIBUTED', 'REFUSED']);
    expect(await this.record(events.slice(0, 2))).toEqual(['DUPLICATE', 'DUPLICATE']);
    this.orderNumbers.push('#order-1', '#order-2');
    const { intakeProblems } = await this.people.brand.ask(
      'query ($filter: IntakeProblemFilterInput!) { intakeProblems(filter: $filter) { totalCount } }',
      { filter: { brandId: this.people.brandId } },
    );
    expect(intakeProblems.totalCount).toBe(2);
  }

  /** Part of an order; more than is left; and a refund that comes before its order. */
  async refundByApi(): Promise<void> {
    expect(await this.refund('order-2', 'refund-1', '30.00')).toBe('RECORDED');
    expect(await this.refund('order-2', 'refund-2', '60.00')).toBe('REFUSED');
    expect(await this.refund('order-4', 'refund-early', '5.00')).toBe('PARKED');
    expect(await this.record([this.order('order-4', '20.00')])).toEqual(['RECORDED']);
    this.orderNumbers.push('#order-4');
    const { sales } = await this.people.influencer.ask(
      'query ($filter: SaleFilterInput) { sales(filter: $filter) { edges { node { orderNumber status decision } } } }',
      { filter: { dealId: this.dealId, status: 'PARTIALLY_REFUNDED' } },
    );
    expect(sales.edges.map((edge: { node: { orderNumber: string } }) => edge.node.orderNumber).sort()).toEqual([
      '#order-2',
      '#order-4',
    ]);
  }

  async refundFully(order: string, externalId: string): Promise<void> {
    const event = {
      source: 'shop',
      externalId,
      saleExternalId: order,
      currency: EUR,
      full: true,
      occurredAt: new Date().toISOString(),
    };
    expect(await this.sendRefund(event)).toBe('RECORDED');
  }

  csv(): string {
    this.orderNumbers.push('#file-1', '#file-2');
    const at = new Date().toISOString();
    return [
      'external_id,order_number,code,currency,base_amount,occurred_at',
      `file-1,#file-1,${this.code},EUR,133.33,${at}`,
      `file-2,#file-2,${this.code},EUR,1.00,${at}`,
      '',
    ].join('\n');
  }

  async count(): Promise<number> {
    const { sales } = await this.people.brand.ask(
      'query ($filter: SaleFilterInput) { sales(filter: $filter) { totalCount } }',
      {
        filter: { brandId: this.people.brandId },
      },
    );
    return sales.totalCount;
  }

  /** The worker releases what is due by itself. */
  async waitForRelease(): Promise<void> {
    const held = `query ($filter: PayoutReportFilterInput) {
      payoutReport(groupBy: [CURRENCY], filter: $filter) { totals { held { amount } shares } }
    }`;
    const filter = { brandId: this.people.brandId, timeZone: 'UTC' };
    await eventually(
      async () => (await this.people.preparer.ask(held, { filter })).payoutReport.totals[0],
      (totals) => totals?.held.amount === '0.00',
    );
  }

  private order(externalId: string, amount: string) {
    return {
      source: 'shop',
      externalId,
      orderNumber: `#${externalId}`,
      code: this.code.toLowerCase(),
      currency: EUR,
      base: { amount, currency: EUR },
      occurredAt: new Date().toISOString(),
    };
  }

  private readonly sent = new Map<string, unknown>();

  private async record(events: readonly { externalId: string }[]): Promise<readonly string[]> {
    // The same order told again is told word for word, its instant included.
    const asFirstTold = events.map((event) => {
      if (!this.sent.has(event.externalId)) this.sent.set(event.externalId, event);
      return this.sent.get(event.externalId);
    });
    const input = { brandId: this.people.brandId, events: asFirstTold };
    const { results } = await this.people.brand.succeed(
      'recordSales',
      'RecordSalesSuccess',
      input,
      'results { outcome }',
    );
    return results.map((result: { outcome: string }) => result.outcome);
  }

  private refund(order: string, externalId: string, amount: string): Promise<string> {
    const money = { amount, currency: EUR };
    const occurredAt = new Date().toISOString();
    return this.sendRefund({
      source: 'shop',
      externalId,
      saleExternalId: order,
      currency: EUR,
      amount: money,
      occurredAt,
    });
  }

  private async sendRefund(event: Record<string, unknown>): Promise<string> {
    const input = { brandId: this.people.brandId, events: [event] };
    const { results } = await this.people.brand.succeed(
      'recordRefunds',
      'RecordRefundsSuccess',
      input,
      'results { outcome }',
    );
    return results[0].outcome;
  }
}
