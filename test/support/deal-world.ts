import {
  type Brief,
  type CampaignLimits,
  type Compensation,
  CounterOffer,
  CreateCampaign,
  PublishCampaign,
  SubmitBid,
} from '@evenhand/campaigns';
import { AcceptOffer, DealsModule, FundDeal, GetDeal } from '@evenhand/deals';
import { Clock, type Actor, type PersonActor, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { OpenBook, RecordBankCredit } from '@evenhand/ledger';
import {
  AcceptMandate,
  EndMandate,
  LoadActor,
  type MandateCuts,
  RequestMandate,
  type RequestMandateCommand,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
} from '@evenhand/parties';
import { managerOf, PlatformModule, type Settings } from '@evenhand/platform';
import { createTestDatabase } from '@evenhand/testing';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAIN_END, PLAIN_REQUEST } from './mandate-samples';

/** A clock that stands still until it is told to move. */
export class StandingClock extends Clock {
  constructor(private instant = new Date('2026-03-01T09:00:00.000Z')) {
    super();
  }

  override now(): Date {
    return this.instant;
  }

  advanceDays(days: number): void {
    this.instant = new Date(this.instant.getTime() + days * 86_400_000);
  }
}

/** Somebody signed up, with the party they act for. */
export interface Someone {
  readonly userId: string;
  readonly partyId: string;
}

/** Somebody with the session they signed up in. */
export interface SignedUpSomeone extends Someone {
  readonly token: string;
}

let people = 0;

/** The contexts up to deals on a database of their own, and the steps that lead to a deal. */
export class DealWorld {
  private constructor(
    private readonly app: INestApplicationContext,
    private readonly drop: () => Promise<void>,
    readonly clock: StandingClock,
    readonly databaseUrl: string,
    readonly dataDirectory: string,
  ) {}

  /** `more` are modules of what stands on deals. */
  static async open(
    clock = new StandingClock(),
    more: readonly Type[] = [],
    changed: Partial<Settings> = {},
  ): Promise<DealWorld> {
    const database = await createTestDatabase();
    const dataDirectory = mkdtempSync(join(tmpdir(), 'deal-world-'));
    const settings: Settings = {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: database.url,
      redisUrl: null,
      dataDirectory,
      production: false,
      publicUrl: 'http://localhost',
      logLevel: 'silent',
      trustProxyHops: 0,
      smtpUrl: null,
      mailFrom: 'Evenhand <no-reply@example.test>',
      allowLocalWebhooks: false,
      s3: null,
      trustedDocuments: null,
      encryptionKeys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      ...changed,
    };
    const platform = PlatformModule.withoutQueues({ settings, applicationName: 'test', maxConnections: 8, clock });
    const app = await Test.createTestingModule({ imports: [platform, DealsModule, ...more] }).compile();
    await app.init();
    return new DealWorld(app, () => database.drop(), clock, database.url, dataDirectory);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.drop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** Runs one statement with the actor's rights, as the application's role. */
  async sql(actor: Actor, statement: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.get(UnitOfWork).run(actor, (tx) => managerOf(tx).query(statement, [...values]));
  }

  /** Work with the system's rights. */
  asSystem<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(systemActor('test'), work);
  }

  /** A look with the actor's rights. */
  read<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).read(actor, work);
  }

  actor(someone: Someone): Promise<PersonActor> {
    return this.get(LoadActor).forUser(someone.userId, null);
  }

  async operator(): Promise<PersonActor> {
    return { ...(await this.actor(await this.signUpBrand())), memberships: [], staffRoles: ['operator'] };
  }

  async signUpBrand(organisationName = 'Maison Aurore'): Promise<SignedUpSomeone> {
    const brand = await this.get(SignUpBrand).execute({ ...person(), organisationName, country: 'FR' });
    await this.asSystem((tx) => this.get(OpenBook).execute(tx, { brandId: brand.partyId }));
    return brand;
  }

  signUpAgency(organisationName = 'Sakura Talent'): Promise<SignedUpSomeone> {
    return this.get(SignUpAgency).execute({ ...person(), organisationName, country: 'JP' });
  }

  signUpInfluencer(displayName = 'Yuki Tanaka'): Promise<SignedUpSomeone> {
    return this.get(SignUpInfluencer).execute({
      ...person(),
      displayName,
      country: 'JP',
      bio: '',
      categories: ['fashion'],
      markets: ['CN'],
      languages: ['ja'],
    });
  }

  /** The influencer gives the agency a mandate with these cuts. */
  async mandate(
    agency: Someone,
    influencer: Someone,
    cuts: MandateCuts,
    position: number | null = null,
    more: Partial<Omit<RequestMandateCommand, 'actor'>> = {},
  ) {
    const { mandateId, version } = await this.get(RequestMandate).execute({
      ...PLAIN_REQUEST,
      actor: await this.actor(agency),
      agencyId: agency.partyId,
      influencerId: influencer.partyId,
      cuts,
      position,
      ...more,
    });
    await this.get(AcceptMandate).execute({ actor: await this.actor(influencer), mandateId, version });
    return { mandateId, version };
  }

  async endMandate(agency: Someone, mandateId: string): Promise<void> {
    await this.get(EndMandate).execute({ actor: await this.actor(agency), mandateId, ...PLAIN_END });
  }

  async publishCampaign(brand: Someone, brief: Brief, limits: CampaignLimits): Promise<string> {
    const actor = await this.actor(brand);
    const { campaign } = await this.get(CreateCampaign).execute({ actor, brandId: brand.partyId, brief, limits });
    await this.get(PublishCampaign).execute({ actor, campaignId: campaign.id });
    return campaign.id;
  }

  async bid(campaignId: string, influencer: Someone, compensation: Compensation): Promise<string> {
    const actor = await this.actor(influencer);
    const terms = { campaignId, influencerId: influencer.partyId, compensation, message: null, expiresAt: null };
    const { bid } = await this.get(SubmitBid).execute({ actor, agencyId: null, ...terms });
    return bid.id;
  }

  async counter(brand: Someone, bidId: string, inAnswerTo: number, compensation: Compensation): Promise<void> {
    const actor = await this.actor(brand);
    await this.get(CounterOffer).execute({ actor, bidId, inAnswerTo, compensation, message: null, expiresAt: null });
  }

  async accept(brand: Someone, bidId: string): Promise<string> {
    const actor = await this.actor(brand);
    const { dealId } = await this.get(AcceptOffer).execute({ actor, bidId, offerNumber: 1, codeWishes: {} });
    return dealId;
  }

  /** Money of the brand arrives at the bank. */
  async credit(brand: Someone, currency: string, amountMinor: bigint): Promise<void> {
    await this.get(RecordBankCredit).execute({
      actor: systemActor('test'),
      brandId: brand.partyId,
      currency,
      amountMinor,
      bankReference: 'TEST',
      receivedAt: this.clock.now(),
      idempotencyKey: `credit-${(people += 1)}`,
    });
  }

  async fund(brand: Someone, dealId: string, idempotencyKey = `fund-${dealId}`): Promise<void> {
    await this.get(FundDeal).execute({ actor: await this.actor(brand), dealId, idempotencyKey });
  }

  async deal(someone: Someone, dealId: string) {
    return (await this.get(GetDeal).execute({ actor: await this.actor(someone), dealId })).deal;
  }
}

function person() {
  people += 1;
  return {
    email: `person-${people}@example.test`,
    password: 'correct horse battery staple 42',
    displayName: `Person ${people}`,
    locale: 'en',
    address: null,
  };
}
