import { randomInt } from 'node:crypto';
import {
  type Actor,
  Clock,
  type OrganisationRole,
  type PersonActor,
  type Transaction,
  systemActor,
} from '@evenhand/kernel';
import { PartyDirectory, type PartyName } from '@evenhand/parties';
import { TypeormOutbox, TypeormUnitOfWork, UuidV7Generator, dataSourceOptions, managerOf } from '@evenhand/platform';
import { type TestDatabase, createTestDatabase } from '@evenhand/testing';
import { DataSource } from 'typeorm';
import { BidViews } from '../../../libs/campaigns/src/application/bid-views';
import type { BidView } from '../../../libs/campaigns/src/application/bid-views';
import { CampaignViews } from '../../../libs/campaigns/src/application/campaign-views';
import { CounterOffer } from '../../../libs/campaigns/src/application/counter-offer';
import { CreateCampaign } from '../../../libs/campaigns/src/application/create-campaign';
import { BidEnding } from '../../../libs/campaigns/src/application/end-bid';
import { CampaignEnding } from '../../../libs/campaigns/src/application/end-campaign';
import { ExpireBids } from '../../../libs/campaigns/src/application/expire-bids';
import { GetBid } from '../../../libs/campaigns/src/application/get-bid';
import { GetCampaign } from '../../../libs/campaigns/src/application/get-campaign';
import { ListBids } from '../../../libs/campaigns/src/application/list-bids';
import { LockingBidAcceptance } from '../../../libs/campaigns/src/application/locking-bid-acceptance';
import { LockingBudgetCommitments } from '../../../libs/campaigns/src/application/locking-budget-commitments';
import { PublishCampaign } from '../../../libs/campaigns/src/application/publish-campaign';
import { SearchCampaigns } from '../../../libs/campaigns/src/application/search-campaigns';
import { SubmitBid } from '../../../libs/campaigns/src/application/submit-bid';
import { UpdateBrief } from '../../../libs/campaigns/src/application/update-brief';
import type { Brief, CampaignLimits } from '../../../libs/campaigns/src/domain/brief';
import type { Compensation } from '../../../libs/campaigns/src/domain/compensation';
import { TypeormBidRepository } from '../../../libs/campaigns/src/infrastructure/typeorm-bid-repository';
import { TypeormCampaignRepository } from '../../../libs/campaigns/src/infrastructure/typeorm-campaign-repository';
import { NOW, cashOf, sampleBrief, sampleLimits } from './campaign-samples';

class SetClock extends Clock {
  instant = NOW;

  override now(): Date {
    return this.instant;
  }
}

class PartyNames extends PartyDirectory {
  override async namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, PartyName>> {
    const rows: PartyName[] = await managerOf(tx).query(
      'select id, display_name as name, kind, country from parties.parties where id = any ($1)',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** The context's use cases on a database of their own, as the application's role, at an instant the test sets. */
export class CampaignWorld {
  readonly clock = new SetClock();
  readonly ids = new UuidV7Generator();
  readonly uow: TypeormUnitOfWork;
  readonly campaigns = new TypeormCampaignRepository();
  readonly bids = new TypeormBidRepository();
  private readonly outbox = new TypeormOutbox();
  private readonly parties = new PartyNames();
  private readonly campaignViews = new CampaignViews(this.campaigns, this.parties);
  private readonly bidViews = new BidViews(this.campaigns, this.parties);

  private constructor(
    private readonly database: TestDatabase,
    readonly dataSource: DataSource,
  ) {
    this.uow = new TypeormUnitOfWork(dataSource);
  }

  static async open(maxConnections = 10): Promise<CampaignWorld> {
    const database = await createTestDatabase();
    const applicationName = 'campaigns-spec';
    const options = dataSourceOptions({ databaseUrl: database.url, applicationName, maxConnections });
    return new CampaignWorld(database, await new DataSource(options).initialize());
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  get createCampaign(): CreateCampaign {
    const { uow, campaigns, campaignViews, parties, outbox, ids, clock } = this;
    return new CreateCampaign(uow, campaigns, campaignViews, parties, outbox, ids, clock);
  }

  get updateBrief(): UpdateBrief {
    return new UpdateBrief(this.uow, this.campaigns, this.campaignViews, this.parties, this.outbox, this.clock);
  }

  get publishCampaign(): PublishCampaign {
    return new PublishCampaign(this.uow, this.campaigns, this.campaignViews, this.outbox, this.clock);
  }

  get campaignEnding(): CampaignEnding {
    return new CampaignEnding(this.uow, this.campaigns, this.bids, this.campaignViews, this.outbox, this.clock);
  }

  get getCampaign(): GetCampaign {
    return new GetCampaign(this.uow, this.campaigns, this.campaignViews);
  }

  get searchCampaigns(): SearchCampaigns {
    return new SearchCampaigns(this.uow, this.campaigns, this.campaignViews);
  }

  get submitBid(): SubmitBid {
    const { uow, campaigns, bids, bidViews, outbox, ids, clock } = this;
    return new SubmitBid(uow, campaigns, bids, bidViews, outbox, ids, clock);
  }

  get counterOffer(): CounterOffer {
    return new CounterOffer(this.uow, this.campaigns, this.bids, this.bidViews, this.outbox, this.clock);
  }

  get bidEnding(): BidEnding {
    return new BidEnding(this.uow, this.bids, this.bidViews, this.outbox, this.clock);
  }

  get getBid(): GetBid {
    return new GetBid(this.uow, this.bids, this.bidViews);
  }

  get listBids(): ListBids {
    return new ListBids(this.uow, this.bids, this.bidViews);
  }

  get expireBids(): ExpireBids {
    return new ExpireBids(this.uow, this.bids, this.outbox);
  }

  get commitments(): LockingBudgetCommitments {
    return new LockingBudgetCommitments(this.uow, this.campaigns, this.bids);
  }

  /** Accepts in a transaction of its own, as the deal would. */
  accept(actor: Actor, bidId: string, offerNumber = 1) {
    const acceptance = new LockingBidAcceptance(this.uow, this.campaigns, this.bids, this.outbox);
    const now = this.clock.now();
    return this.uow.run(actor, (tx) => acceptance.accept(tx, { actor, bidId, offerNumber, now }));
  }

  async party(kind: 'brand' | 'agency' | 'influencer', name = `${kind} ${randomInt(1e9)}`): Promise<string> {
    const id = this.ids.next();
    await this.asSystem('insert into parties.parties (id, kind, display_name, country) values ($1, $2, $3, $4)', [
      id,
      kind,
      name,
      'FR',
    ]);
    return id;
  }

  async brand(role: OrganisationRole = 'manager'): Promise<PersonActor & { readonly brandId: string }> {
    const brandId = await this.party('brand');
    return { ...this.person(), memberships: [{ partyId: brandId, kind: 'brand', role }], brandId };
  }

  async influencer(): Promise<PersonActor & { readonly influencerId: string }> {
    const influencerId = await this.party('influencer');
    return { ...this.person(), influencerId };
  }

  async agencyFor(influencerIds: readonly string[], role: OrganisationRole = 'manager') {
    const agencyId = await this.party('agency');
    return {
      ...this.person(),
      memberships: [{ partyId: agencyId, kind: 'agency' as const, role }],
      representations: influencerIds.map((influencerId) => ({ agencyId, influencerId, role })),
      agencyId,
    };
  }

  private person(): PersonActor {
    return {
      kind: 'person',
      userId: this.ids.next(),
      influencerId: null,
      memberships: [],
      representations: [],
      staffRoles: [],
      scopes: null,
    };
  }

  async publish(
    brand: PersonActor & { readonly brandId: string },
    brief: Partial<Brief> = {},
    limits: Partial<CampaignLimits> = {},
  ): Promise<string> {
    const created = await this.createCampaign.execute({
      actor: brand,
      brandId: brand.brandId,
      brief: sampleBrief(brief),
      limits: sampleLimits(limits),
    });
    await this.publishCampaign.execute({ actor: brand, campaignId: created.campaign.id });
    return created.campaign.id;
  }

  bid(
    actor: Actor,
    influencerId: string,
    campaignId: string,
    compensation: Compensation = cashOf(60_000n),
  ): Promise<BidView> {
    const rest = { agencyId: null, message: null, expiresAt: null };
    return this.submitBid.execute({ actor, campaignId, influencerId, compensation, ...rest });
  }

  /** Rows of a statement run as the application's role with the rights of `actor`. */
  rowsAs(actor: Actor, sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.uow.run(actor, (tx) => managerOf(tx).query(sql, [...values]));
  }

  asSystem(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.rowsAs(systemActor('spec'), sql, values);
  }
}
