import type { GraphqlClient } from '../graphql-client';
import type { JourneyPeople } from './people';

const FIGURES = `gross { amount } grossReversed { amount } platformCut { amount } agencyCut { amount }
  net { amount } held { amount } available { amount } inPayout { amount } inTransit { amount } paid { amount }`;

type Figures = Readonly<Record<string, string>>;

/** What finance and payees read when everything is paid. */
export class ReportChecks {
  constructor(private readonly people: JourneyPeople) {}

  /** Totals are over all filtered rows: page by page of one row, the rows add up to them. */
  async totalsAreSums(): Promise<void> {
    const report = `query ($filter: PayoutReportFilterInput, $after: String) {
      payoutReport(first: 1, after: $after, groupBy: [PAYEE, CURRENCY, MONTH, BRAND, CAMPAIGN, AGENCY], filter: $filter) {
        totalCount totals { ${FIGURES} } pageInfo { hasNextPage endCursor }
        edges { node { payee { name } period brand { name } campaignId figures { ${FIGURES} } } }
      }
    }`;
    const rows: Figures[] = [];
    let after: string | null = null;
    let page: { totalCount: number; totals: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    do {
      const data = await this.people.preparer.ask(report, { filter: this.filter(), after });
      page = data['payoutReport'];
      rows.push(
        ...data['payoutReport'].edges.map((edge: { node: { figures: unknown } }) => amounts(edge.node.figures)),
      );
      after = page.pageInfo.endCursor;
    } while (page.pageInfo.hasNextPage);
    expect(rows.length).toBe(page.totalCount);
    const totals = amounts(page.totals[0]);
    for (const key of ['net', 'held', 'available', 'paid']) {
      expect([key, sum(rows.map((row) => row[key] ?? ''))]).toEqual([key, minor(totals[key] ?? '')]);
    }
  }

  /** From the report's rows to shares, from a share to its postings, and to the order behind it. */
  async drillsDownToOrders(orderNumbers: readonly string[]): Promise<void> {
    const shares = `query ($filter: PayoutReportFilterInput) {
      payoutReportShares(first: 100, filter: $filter) {
        edges { node { orderNumber kind net { amount } postings { id kind amount { amount } } payout { notPaidBecause { reason } } } }
      }
    }`;
    const filter = { ...this.filter(), payeeId: this.people.influencerId, kind: 'NOTE_COMMISSION' };
    const { payoutReportShares } = await this.people.preparer.ask(shares, { filter });
    const found = payoutReportShares.edges.map((edge: { node: unknown }) => edge.node) as readonly {
      orderNumber: string;
      postings: readonly unknown[];
      payout: { notPaidBecause: readonly unknown[] };
    }[];
    expect(found.map(({ orderNumber }) => orderNumber).sort()).toEqual([...orderNumbers].sort());
    for (const share of found) {
      expect(share.postings.length).toBeGreaterThanOrEqual(2);
      expect(share.payout.notPaidBecause).toEqual([]);
    }
  }

  async influencerSeesTheSame(): Promise<void> {
    const finance = await figuresOf(this.people.preparer, { ...this.filter(), payeeId: this.people.influencerId });
    const own = await this.influencerFigures();
    expect(own).toEqual(finance);
    expect(own['held']).toBe('0.00');
    expect(own['paid']).toBe(own['net']);
  }

  /** The brand reads the chain of its own sales, but not whether and when others are paid. */
  async brandSeesTheChainAlone(): Promise<void> {
    const { earnings } = await this.people.brand.ask(
      `query ($filter: EarningsFilterInput) {
         earnings(filter: $filter) { edges { node { shares { role payout { paid { amount } } } } } }
       }`,
      { filter: { brandId: this.people.brandId } },
    );
    const shares = earnings.edges.flatMap((edge: { node: { shares: { payout: unknown }[] } }) => edge.node.shares);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.filter((share: { payout: unknown }) => share.payout !== null)).toEqual([]);
  }

  influencerFigures(): Promise<Figures> {
    return figuresOf(this.people.influencer, { ...this.filter(), payeeId: this.people.influencerId });
  }

  private filter() {
    return { brandId: this.people.brandId, currency: 'EUR', timeZone: 'Europe/Paris' };
  }
}

async function figuresOf(client: GraphqlClient, filter: Record<string, unknown>): Promise<Figures> {
  const { payoutReport } = await client.ask(
    `query ($filter: PayoutReportFilterInput) { payoutReport(groupBy: [PAYEE], filter: $filter) { totals { ${FIGURES} } } }`,
    { filter },
  );
  return amounts(payoutReport.totals[0]);
}

function amounts(figures: unknown): Figures {
  const entries = Object.entries(figures as Record<string, { amount: string }>);
  return Object.fromEntries(entries.map(([key, { amount }]) => [key, amount]));
}

function minor(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function sum(values: readonly string[]): bigint {
  return values.reduce((total, amount) => total + minor(amount), 0n);
}
