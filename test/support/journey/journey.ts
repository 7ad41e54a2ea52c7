import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningProduct } from '../running-product';
import { Deliveries } from './deliveries';
import { eventually } from '../eventually';
import { Negotiation } from './negotiation';
import { PayoutSteps } from './payout-steps';
import { gatherPeople, giveMandate, type JourneyPeople, openPayoutAccounts } from './people';
import { ReportChecks } from './report-checks';
import { SaleSteps } from './sale-steps';

/**
 * One run of the main job in EUR. Terms: cash 2,200 + 800 in two milestones, a bag of 890, 10 % with a reserve of 20;
 * the platform takes 10 % of cash and 20 % of commission, the agency three eighths of what is left.
 */
export class Journey {
  people!: JourneyPeople;
  private negotiation!: Negotiation;
  private sales!: SaleSteps;
  private payouts!: PayoutSteps;
  private dealId!: string;

  constructor(private readonly product: RunningProduct) {}

  async gather(): Promise<void> {
    this.people = await gatherPeople(this.product, 'lune');
    await giveMandate(this.people, '3/8');
    await openPayoutAccounts(this.people, 'EUR');
    const { me } = await this.people.agency.ask('{ me { represented { id } memberships { role } } }');
    expect(me).toEqual({ represented: [{ id: this.people.influencerId }], memberships: [{ role: 'OWNER' }] });
    this.negotiation = new Negotiation(this.people);
  }

  publishBrief(): Promise<void> {
    return this.negotiation.publish();
  }

  async findAndBid(): Promise<void> {
    await this.negotiation.find();
    await this.negotiation.previewAndBid();
  }

  async negotiate(): Promise<void> {
    await this.negotiation.counter();
    this.dealId = await this.negotiation.raceToAccept();
  }

  async fund(): Promise<void> {
    const { people, dealId } = this;
    const credit = {
      brandId: people.brandId,
      amount: { amount: '5000.00', currency: 'EUR' },
      bankReference: 'SEPA 4711',
      receivedAt: new Date().toISOString(),
      idempotencyKey: 'credit-4711',
    };
    const tooEarly = await people.brand.mutate('fundDeal', 'Deal', { dealId, idempotencyKey: 'fund-1' }, 'state');
    expect(tooEarly.code).toBe('INSUFFICIENT_BRAND_BALANCE');
    const first = await people.preparer.succeed(
      'recordBankCredit',
      'BankCredit',
      credit,
      'transactionId brandBalance { amount }',
    );
    const again = await people.preparer.succeed(
      'recordBankCredit',
      'BankCredit',
      credit,
      'transactionId brandBalance { amount }',
    );
    expect(again).toEqual(first);
    expect(first.brandBalance.amount).toBe('5000.00');
    const changed = { ...credit, amount: { amount: '5000.01', currency: 'EUR' } };
    expect((await people.preparer.mutate('recordBankCredit', 'BankCredit', changed, 'transactionId')).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    const funded = await people.brandManager.succeed('fundDeal', 'Deal', { dealId, idempotencyKey: 'fund-1' }, 'state');
    expect(funded.state).toBe('ACTIVE');
    const { book } = await people.brand.ask(
      'query ($id: ID!) { book(brandId: $id) { balances { kind purpose balance { amount } } } }',
      { id: people.brandId },
    );
    expect(book.balances).toEqual(
      expect.arrayContaining([
        { kind: 'BRAND_BALANCE', purpose: null, balance: { amount: '1980.00' } },
        { kind: 'DEAL_ESCROW', purpose: 'CASH', balance: { amount: '3000.00' } },
        { kind: 'DEAL_ESCROW', purpose: 'COMMISSION_RESERVE', balance: { amount: '20.00' } },
      ]),
    );
  }

  async deliver(): Promise<void> {
    const deliveries = new Deliveries(this.people, this.dealId);
    await deliveries.gift();
    await deliveries.work();
  }

  async sell(): Promise<void> {
    this.sales = new SaleSteps(this.people, this.dealId, this.negotiation.code);
    await this.sales.recordByApi();
    await this.sales.refundByApi();
    await this.importFile();
    await this.sales.waitForRelease();
  }

  async payOut(): Promise<void> {
    this.payouts = new PayoutSteps(this.people);
    await this.payouts.prepareAndApprove();
    await this.payouts.exportAndPay();
  }

  async report(): Promise<void> {
    const checks = new ReportChecks(this.people);
    await checks.totalsAreSums();
    await checks.drillsDownToOrders(this.sales.orderNumbers);
    await checks.influencerSeesTheSame();
    await checks.brandSeesTheChainAlone();
  }

  async refundAfterPayout(): Promise<void> {
    const before = await new ReportChecks(this.people).influencerFigures();
    await this.sales.refundFully('order-1', 'refund-late');
    const after = await eventually(
      () => new ReportChecks(this.people).influencerFigures(),
      (figures) => figures.net !== before.net,
    );
    expect(after.paid).toBe(before.paid);
    expect(Number.parseInt(after['available'] ?? '0', 10)).toBeLessThan(0);
  }

  async checkInvariants(): Promise<void> {
    const printed = await this.product.cli('invariants');
    expect(printed).toMatch(/All \d+ invariants hold/);
    const { trialBalance } = await this.people.operator.ask(
      '{ trialBalance { differences { difference { amount } } } }',
    );
    const differences = trialBalance.differences.map(
      (line: { difference: { amount: string } }) => line.difference.amount,
    );
    expect(differences.filter((amount: string) => !/^0(\.0+)?$/.test(amount))).toEqual([]);
  }

  /** Two orders of a CSV file, imported twice: the second time changes nothing. */
  private async importFile(): Promise<void> {
    const file = join(tmpdir(), `evenhand-sales-${process.pid}.csv`);
    writeFileSync(file, this.sales.csv());
    const command = ['sales', 'import', file, '--brand', this.people.brandName];
    await this.product.cli(...command);
    const count = await this.sales.count();
    await this.product.cli(...command);
    expect(await this.sales.count()).toBe(count);
  }
}
