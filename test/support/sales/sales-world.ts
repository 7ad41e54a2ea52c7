import { randomUUID } from 'node:crypto';
import type { CommissionOffer } from '@evenhand/campaigns';
import { DealDirectory, type DealSummary, normaliseCode, type TrackedCommissionDeal } from '@evenhand/deals';
import { type Actor, Clock, type PersonActor, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { compileSplitPlan, OpenBook } from '@evenhand/ledger';
import { managerOf, PlatformModule, readSettings } from '@evenhand/platform';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  ImportSalesFile,
  ListIntakeProblems,
  ListRefunds,
  ListSales,
  RecordRefunds,
  RecordSales,
  type RefundEvent,
  SaleDirectory,
  type SaleEvent,
  SalesModule,
} from '@evenhand/sales';

export const NOW = new Date('2026-06-01T00:00:00Z');
export const PLATFORM_ID = randomUUID();
export const AGENCY_ID = randomUUID();

class FixedClock extends Clock {
  override now(): Date {
    return NOW;
  }
}

/** Deals as a test states them. */
export class StatedDeals extends DealDirectory {
  private readonly byCode = new Map<string, TrackedCommissionDeal>();
  private readonly bySlug = new Map<string, TrackedCommissionDeal>();

  add(deal: TrackedCommissionDeal, code: string, slug?: string): TrackedCommissionDeal {
    this.byCode.set(`${deal.brandId} ${normaliseCode(code)}`, deal);
    if (slug) this.bySlug.set(slug, deal);
    return deal;
  }

  override async findByCodes(_tx: Transaction, brandId: string, codes: readonly string[]) {
    const found = codes.flatMap((code) => {
      const deal = this.byCode.get(`${brandId} ${normaliseCode(code)}`);
      return deal ? [[normaliseCode(code), deal] as const] : [];
    });
    return new Map(found);
  }

  override async findByLinkSlugs(_tx: Transaction, slugs: readonly string[]) {
    const found = slugs.flatMap((slug) => {
      const deal = this.bySlug.get(slug);
      return deal ? [[slug, deal] as const] : [];
    });
    return new Map(found);
  }

  override async summariesOf(): Promise<ReadonlyMap<string, DealSummary>> {
    return new Map();
  }
}

/** Everything of this context on a database of its own, with the real ledger and stated deals. */
export class SalesWorld {
  readonly recordSales: RecordSales;
  readonly recordRefunds: RecordRefunds;
  readonly importSalesFile: ImportSalesFile;
  readonly listSales: ListSales;
  readonly listRefunds: ListRefunds;
  readonly listIntakeProblems: ListIntakeProblems;
  readonly directory: SaleDirectory;
  readonly deals: StatedDeals;
  readonly uow: UnitOfWork;

  private constructor(
    private readonly database: TestDatabase,
    private readonly module: TestingModule,
  ) {
    this.recordSales = module.get(RecordSales);
    this.recordRefunds = module.get(RecordRefunds);
    this.importSalesFile = module.get(ImportSalesFile);
    this.listSales = module.get(ListSales);
    this.listRefunds = module.get(ListRefunds);
    this.listIntakeProblems = module.get(ListIntakeProblems);
    this.directory = module.get(SaleDirectory);
    this.deals = module.get(DealDirectory);
    this.uow = module.get(UnitOfWork);
  }

  static async create(): Promise<SalesWorld> {
    const database = await createTestDatabase();
    const settings = readSettings({ DATABASE_URL: database.url });
    const platform = PlatformModule.withoutQueues({ settings, applicationName: 'sales-test', maxConnections: 8 });
    const module = await Test.createTestingModule({ imports: [platform, SalesModule] })
      .overrideProvider(DealDirectory)
      .useClass(StatedDeals)
      .overrideProvider(Clock)
      .useClass(FixedClock)
      .compile();
    return new SalesWorld(database, await module.init());
  }

  async destroy(): Promise<void> {
    await this.module.close();
    await this.database.drop();
  }

  /** A brand with an open book. */
  async brand(): Promise<string> {
    const brandId = randomUUID();
    await this.uow.run(systemActor('test'), (tx) =>
      this.module.get(OpenBook, { strict: false }).execute(tx, { brandId }),
    );
    return brandId;
  }

  /** A deal found by `code`: 10 %, of which platform and agency take theirs and the influencer keeps 5 %. */
  deal(
    brandId: string,
    code: string,
    change: Partial<Omit<TrackedCommissionDeal, 'commission'>> & {
      readonly commission?: Partial<CommissionOffer>;
      readonly slug?: string;
    } = {},
  ): TrackedCommissionDeal {
    const influencerId = change.influencerId ?? randomUUID();
    const plan = compileSplitPlan(influencerId, [
      { partyId: PLATFORM_ID, role: 'platform', of: 'gross', share: '1/6' },
      { partyId: AGENCY_ID, role: 'agency', of: 'gross', share: '1/3' },
    ]);
    const { commission, slug, ...rest } = change;
    const deal: TrackedCommissionDeal = {
      dealId: randomUUID(),
      brandId,
      campaignId: randomUUID(),
      influencerId,
      state: 'active',
      currency: 'EUR',
      plans: { note_commission: plan, livestream_commission: plan },
      activeFrom: new Date('2026-05-01T00:00:00Z'),
      activeUntil: null,
      kind: 'note_commission',
      ...rest,
      commission: { ...OFFER, ...commission },
    };
    return this.deals.add(deal, code, slug);
  }

  sales(brandId: string, ...events: SaleEvent[]) {
    return this.recordSales.execute({ actor: systemActor('test'), brandId, events });
  }

  refunds(brandId: string, ...events: RefundEvent[]) {
    return this.recordRefunds.execute({ actor: systemActor('test'), brandId, events });
  }

  /** Rows seen with an actor's rights. */
  rowsFor<Row>(actor: Actor, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.uow.read(actor, (tx) => managerOf(tx).query<Row[]>(sql, [...parameters]));
  }

  /** What the ledger holds of a sale: base and gross less what was reversed, and the shares that are left. */
  async earningOf(saleId: string) {
    const [row] = await this.rowsFor<{ base: string; gross: string; shares: string[] }>(
      systemActor('test'),
      `select (base_minor - base_reversed_minor)::text as base, (gross_minor - gross_reversed_minor)::text as gross,
         array_agg((amount_minor - reversed_minor)::text order by ordinal) as shares
       from ledger.share_details where source_type = 'sale' and source_id = $1
       group by base_minor, base_reversed_minor, gross_minor, gross_reversed_minor`,
      [saleId],
    );
    return row ?? null;
  }
}

const OFFER: CommissionOffer = {
  currency: 'EUR',
  rate: '0.10',
  livestreamRate: null,
  tiers: [],
  capMinor: null,
  reserveMinor: 0n,
  attributionWindowDays: 30,
  base: 'net_of_discounts_tax_shipping',
  holdDays: 14,
};

export function person(change: Partial<PersonActor>): PersonActor {
  return {
    kind: 'person',
    userId: randomUUID(),
    influencerId: null,
    memberships: [],
    representations: [],
    staffRoles: [],
    scopes: null,
    ...change,
  };
}

export function refundEvent(change: Partial<RefundEvent>): RefundEvent {
  return {
    source: 'shop',
    externalId: 'r1',
    saleExternalId: '1001',
    currency: 'EUR',
    occurredAt: new Date('2026-05-20T00:00:00Z'),
    ...change,
  };
}
