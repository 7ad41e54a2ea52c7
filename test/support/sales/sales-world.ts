import { randomUUID } from 'node:crypto';
import { DealDirectory, type TrackedCommissionDeal } from '@evenhand/deals';
import { type Actor, Clock, type PersonActor, systemActor, UnitOfWork } from '@evenhand/kernel';
import { checkInvariants, OpenBook } from '@evenhand/ledger';
import { managerOf, PlatformModule, readSettings } from '@evenhand/platform';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  FollowLink,
  ListIntakeProblems,
  GetImport,
  type ImportRow,
  ListRefunds,
  ListSales,
  RecordRefunds,
  RecordSales,
  type RefundEvent,
  RunImport,
  SaleDirectory,
  type SaleEvent,
  type SalesImport,
  SalesModule,
  StartImport,
} from '@evenhand/sales';
import { piecesOf } from './pieces';
import { type DealChange, statedDeal, StatedDeals } from './stated-deals';

export const NOW = new Date('2026-06-01T00:00:00Z');

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

class FixedClock extends Clock {
  at = NOW;

  override now(): Date {
    return this.at;
  }
}

/** Everything of this context on a database of its own, with the real ledger and stated deals. */
export class SalesWorld {
  readonly recordSales: RecordSales;
  readonly recordRefunds: RecordRefunds;
  readonly listSales: ListSales;
  readonly listRefunds: ListRefunds;
  readonly listIntakeProblems: ListIntakeProblems;
  readonly directory: SaleDirectory;
  readonly deals: StatedDeals;
  readonly uow: UnitOfWork;
  readonly clock: FixedClock;

  private constructor(
    private readonly database: TestDatabase,
    private readonly module: TestingModule,
  ) {
    this.recordSales = module.get(RecordSales);
    this.recordRefunds = module.get(RecordRefunds);
    this.listSales = module.get(ListSales);
    this.listRefunds = module.get(ListRefunds);
    this.listIntakeProblems = module.get(ListIntakeProblems);
    this.directory = module.get(SaleDirectory);
    this.deals = module.get(DealDirectory);
    this.uow = module.get(UnitOfWork);
    this.clock = module.get(Clock);
  }

  static async create(env: Readonly<Record<string, string>> = {}): Promise<SalesWorld> {
    return SalesWorld.on(await createTestDatabase(), env);
  }

  /** The same data in a process of its own, with other settings; this one goes first. */
  restarted(env: Readonly<Record<string, string>>): Promise<SalesWorld> {
    return SalesWorld.on({ url: this.database.url, drop: () => Promise.resolve() }, env);
  }

  private static async on(database: TestDatabase, env: Readonly<Record<string, string>>): Promise<SalesWorld> {
    const settings = readSettings({ DATABASE_URL: database.url, ...env });
    const platform = PlatformModule.withoutQueues({ settings, applicationName: 'sales-test', maxConnections: 8 });
    const module = await Test.createTestingModule({ imports: [platform, SalesModule] })
      .overrideProvider(DealDirectory)
      .useClass(StatedDeals)
      .overrideProvider(Clock)
      .useClass(FixedClock)
      .compile();
    return new SalesWorld(database, await module.init());
  }

  /** For what only the database's owner may do. */
  get databaseUrl(): string {
    return this.database.url;
  }

  /** A use case of another context, the ledger's for one. */
  get<T>(provider: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.module.get<T>(provider, { strict: false });
  }

  async destroy(): Promise<void> {
    await this.module.close();
    await this.database.drop();
  }

  /** A brand with an open book. */
  async brand(): Promise<string> {
    const brandId = randomUUID();
    await this.openBook(brandId);
    return brandId;
  }

  async openBook(brandId: string): Promise<void> {
    await this.uow.run(systemActor('test'), (tx) =>
      this.module.get(OpenBook, { strict: false }).execute(tx, { brandId }),
    );
  }

  /** A {@link statedDeal} found by `code`. */
  deal(brandId: string, code: string, change: DealChange & { readonly slug?: string } = {}): TrackedCommissionDeal {
    const { slug, ...rest } = change;
    return this.deals.add(statedDeal(brandId, rest), code, slug);
  }

  /** Where a person who follows the link arrives; the click is stored soon after. */
  follow(linkSlug: string, change: Partial<Parameters<FollowLink['execute']>[0]> = {}) {
    const visitor = { userAgent: BROWSER, purpose: null };
    return this.get(FollowLink).execute({ linkSlug, visitor, referrer: null, isVisit: true, ...change });
  }

  sales(brandId: string, ...events: SaleEvent[]) {
    return this.recordSales.execute({ actor: systemActor('test'), brandId, events });
  }

  refunds(brandId: string, ...events: RefundEvent[]) {
    return this.recordRefunds.execute({ actor: systemActor('test'), brandId, events });
  }

  /** Imports a file to its end, given in pieces of `pieceBytes`; answers the import and the rows it tells of. */
  async importFile(brandId: string, content: string | Buffer, options: ImportOptions = {}): Promise<ImportedFile> {
    const { mapping = 'csv', pieceBytes = 64 * 1024, ...rest } = options;
    const given = { fileName: 'file', source: null, currency: null, dryRun: false, ...rest };
    const actor = systemActor('test');
    const bytes = piecesOf(Buffer.from(content), pieceBytes);
    const started = await this.get(StartImport).execute({ actor, brandId, mapping, bytes, ...given });
    const { importId } = started.import;
    const file = await this.get(RunImport).execute({ brandId, importId });
    const page = await this.get(GetImport).rows({ actor, importId, page: { first: 100, after: null } });
    return { file: file ?? started.import, isNew: started.isNew, rows: page.rows.map(({ node }) => node) };
  }

  /** Rows seen with an actor's rights. */
  rowsFor<Row>(actor: Actor, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.uow.read(actor, (tx) => managerOf(tx).query<Row[]>(sql, [...parameters]));
  }

  /** What does not hold: invariants of the ledger, and sales whose earning is not what they say. */
  async brokenInvariants(): Promise<readonly unknown[]> {
    const sales = await this.rowsFor(
      systemActor('test'),
      `select sale.sale_id from sales.sales sale
       left join ledger.earnings earning on earning.source_type = 'sale' and earning.source_id = sale.sale_id
       where sale.commission_minor <> coalesce(earning.gross_minor, 0)
          or sale.commission_reversed_minor <> coalesce(earning.gross_reversed_minor, 0)
          or (sale.commission_minor > 0 and sale.refunded_base_minor <> earning.base_reversed_minor)`,
    );
    return [...sales, ...(await this.brokenHolds()), ...(await this.brokenLedger())];
  }

  /** Holds whose sale is not frozen, or not marked, as the hold says; and freezes without a hold. */
  private async brokenHolds(): Promise<readonly unknown[]> {
    return this.rowsFor(
      systemActor('test'),
      `select coalesce(hold.sale_id, sale.sale_id) as sale_id from sales.sales sale
       left join sales.risk_holds hold on hold.brand_id = sale.brand_id and hold.sale_id = sale.sale_id
       left join ledger.earnings earning on earning.source_type = 'sale' and earning.source_id = sale.sale_id
       left join ledger.earning_freezes frozen on frozen.book_id = earning.book_id
         and frozen.earning_id = earning.earning_id and frozen.reason = 'risk' and frozen.lifted_at is null
       where sale.review is distinct from (case hold.state when 'open' then 'held' else hold.state end)
          or (coalesce(hold.state = 'open', false) and sale.commission_minor > 0) <> (frozen.freeze_id is not null)
          or (hold.state = 'confirmed' and sale.commission_reversed_minor < sale.commission_minor)
          or (sale.order_taken_back_minor > 0 and hold.state is distinct from 'confirmed')`,
    );
  }

  /** Of the ledger alone, where a fee on top makes the gross more than the commission. */
  async brokenLedger(): Promise<readonly unknown[]> {
    return this.uow.read(systemActor('test'), (tx) => checkInvariants(managerOf(tx)));
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

export interface ImportOptions {
  readonly mapping?: string;
  readonly fileName?: string;
  readonly source?: string | null;
  readonly currency?: string | null;
  readonly dryRun?: boolean;
  readonly pieceBytes?: number;
}

export interface ImportedFile {
  readonly file: SalesImport;
  readonly isNew: boolean;
  readonly rows: readonly ImportRow[];
}

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
