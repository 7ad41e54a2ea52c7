import { type Compensation, CounterOffer, CreateCampaign, PublishCampaign, SubmitBid } from '@evenhand/campaigns';
import {
  AcceptOffer,
  ApproveDeliverable,
  ChooseTrackingCode,
  type CommissionKind,
  FundDeal,
  GetDeal,
  PublishDeliverable,
  ReceiveGift,
  RequestChanges,
  RequestGift,
  ShipGift,
  SubmitDeliverable,
} from '@evenhand/deals';
import { RecordBankCredit } from '@evenhand/ledger';
import { AddDeliveryAddress, ListDeliveryAddresses } from '@evenhand/parties';
import type { INestApplicationContext } from '@nestjs/common';
import type { DemoCampaign } from './briefs';
import type { Cast } from './cast';
import type { DemoPerson } from './demo-logins';
import { UseCases } from './use-cases';

const STUDIO = {
  label: 'Studio',
  postal: {
    recipient: 'Studio Arai',
    lines: ['Higashi 3-1-1, 402'],
    city: 'Shibuya-ku',
    region: 'Tokyo',
    postalCode: '150-0011',
    country: 'JP',
    phone: null,
  },
};

/** What people do from a brief to delivered work, each step by the person whose step it is. */
export class Dealings extends UseCases {
  constructor(
    app: INestApplicationContext,
    private readonly cast: Cast,
  ) {
    super(app);
  }

  async publish(brand: DemoPerson, { brief, limits }: DemoCampaign): Promise<string> {
    const actor = await this.cast.actor(brand);
    const { campaign } = await this.get(CreateCampaign).execute({
      actor,
      brandId: this.cast.party(brand),
      brief,
      limits,
    });
    await this.get(PublishCampaign).execute({ actor, campaignId: campaign.id });
    return campaign.id;
  }

  /** A bid by `bidder` (the influencer, or her agency for her); answers the bid's id. */
  async bid(bidder: DemoPerson, influencer: DemoPerson, campaignId: string, offer: Compensation): Promise<string> {
    const { bid } = await this.get(SubmitBid).execute({
      actor: await this.cast.actor(bidder),
      campaignId,
      influencerId: this.cast.party(influencer),
      agencyId: bidder === influencer ? null : this.cast.party(bidder),
      compensation: offer,
      message: null,
      expiresAt: null,
    });
    return bid.id;
  }

  async counter(
    person: DemoPerson,
    bidId: string,
    inAnswerTo: number,
    offer: Compensation,
    message: string,
  ): Promise<void> {
    const actor = await this.cast.actor(person);
    await this.get(CounterOffer).execute({ actor, bidId, inAnswerTo, compensation: offer, message, expiresAt: null });
  }

  async accept(person: DemoPerson, bidId: string, offerNumber: number, acceptClashes = false): Promise<string> {
    const actor = await this.cast.actor(person);
    const command = { actor, bidId, offerNumber, codeWishes: {}, acceptClashes };
    return (await this.get(AcceptOffer).execute(command)).dealId;
  }

  async chooseCode(brand: DemoPerson, dealId: string, kind: CommissionKind, code: string): Promise<void> {
    await this.get(ChooseTrackingCode).execute({ actor: await this.cast.actor(brand), dealId, kind, code });
  }

  /** The brand's bank transfer arrives, recorded by finance. */
  async bankCredit(
    brand: DemoPerson,
    currency: string,
    amountMinor: bigint,
    reference: string,
    receivedAt: Date,
  ): Promise<void> {
    await this.get(RecordBankCredit).execute({
      actor: await this.cast.actor('noor'),
      brandId: this.cast.party(brand),
      currency,
      amountMinor,
      bankReference: reference,
      receivedAt,
      idempotencyKey: reference,
    });
  }

  async fund(brand: DemoPerson, dealId: string): Promise<void> {
    await this.get(FundDeal).execute({ actor: await this.cast.actor(brand), dealId, idempotencyKey: `demo-${dealId}` });
  }

  async giveGift(brand: DemoPerson, influencer: DemoPerson, dealId: string, trackingNumber: string): Promise<void> {
    const receiver = await this.cast.actor(influencer);
    const addressId = await this.studioOf(influencer);
    await this.get(RequestGift).execute({ actor: receiver, dealId, addressId, choices: [] });
    await this.get(ShipGift).execute({ actor: await this.cast.actor(brand), dealId, carrier: 'DHL', trackingNumber });
    await this.get(ReceiveGift).execute({ actor: receiver, dealId });
  }

  async submit(person: DemoPerson, dealId: string, key: string, caption: string): Promise<void> {
    const deliverableId = await this.deliverable(person, dealId, key);
    await this.get(SubmitDeliverable).execute({
      actor: await this.cast.actor(person),
      deliverableId,
      caption,
      mediaUrls: [],
    });
  }

  async sendBack(brand: DemoPerson, dealId: string, key: string, feedback: string): Promise<void> {
    const deliverableId = await this.deliverable(brand, dealId, key);
    await this.get(RequestChanges).execute({ actor: await this.cast.actor(brand), deliverableId, feedback });
  }

  async approve(brand: DemoPerson, dealId: string, key: string): Promise<void> {
    const deliverableId = await this.deliverable(brand, dealId, key);
    await this.get(ApproveDeliverable).execute({ actor: await this.cast.actor(brand), deliverableId });
  }

  async goLive(person: DemoPerson, dealId: string, key: string, liveUrl: string): Promise<void> {
    const deliverableId = await this.deliverable(person, dealId, key);
    await this.get(PublishDeliverable).execute({ actor: await this.cast.actor(person), deliverableId, liveUrl });
  }

  /** Where parcels reach the person; written down the first time. */
  private async studioOf(person: DemoPerson): Promise<string> {
    const actor = await this.cast.actor(person);
    const [known] = await this.get(ListDeliveryAddresses).execute({ actor, influencerId: this.cast.party(person) });
    const { address } = known ?? (await this.get(AddDeliveryAddress).execute({ actor, ...STUDIO }));
    return address.id;
  }

  private async deliverable(person: DemoPerson, dealId: string, key: string): Promise<string> {
    const { deal } = await this.get(GetDeal).execute({ actor: await this.cast.actor(person), dealId });
    const found = deal.deliverables.find((deliverable) => deliverable.specKey === key);
    if (found === undefined) throw new Error(`The deal has no deliverable "${key}".`);
    return found.id;
  }
}
