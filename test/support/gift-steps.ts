import {
  AnswerGiftCorrection,
  AppealOverdueGift,
  DecideGiftAppeal,
  ExtendPostingDuty,
  ForgoGift,
  type Gift,
  MarkGiftsOverdue,
  NoteGiftProblem,
  ProposeGiftCorrection,
  ProposeGiftReturn,
  AnswerGiftReturn,
  ReceiveGift,
  ReportGiftLost,
  RequestGift,
  ReturnGift,
  SendGiftBack,
  ShipGift,
  WithdrawGiftCorrection,
} from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { LedgerQueries } from '@evenhand/ledger';
import type { Money } from '@evenhand/money';
import { AddDeliveryAddress } from '@evenhand/parties';
import { briefFrom, cashIn, limitsIn } from './deal-samples';
import type { DealWorld, Someone } from './deal-world';

/** What nobody but she and, for a while, the brand may read: every line of it is found by one of these words. */
export const SECRET_PLACE = ['Yuki Tanaka-Home', 'Jinnan 1-2-3', 'Shibuya-ku', '150-0041', '+81 90 5555 0000'] as const;
const [recipient, street, city, postalCode, phone] = SECRET_PLACE;
export const HOME = {
  label: 'Home',
  postal: { recipient, lines: [street], city, region: null, postalCode, country: 'JP', phone },
};
const PARCEL = { carrier: 'SF Express', trackingNumber: 'SF123' };

/** Two items, one of them three times: 390.00 in all. */
export const GIFT = {
  currency: 'EUR',
  items: [
    { name: 'Purse Aurore', quantity: 1, fairMarketValueMinor: 30_000n },
    { name: 'Strap', quantity: 3, fairMarketValueMinor: 3_000n },
  ],
  postingDutyDays: 14,
};

/** The steps of a gift, each by whom it is given. */
export class GiftSteps {
  constructor(
    private readonly world: DealWorld,
    private readonly brand: Someone,
    private readonly influencer: Someone,
  ) {}

  /** A funded deal with nothing but cash and the gift. */
  async deal(influencer = this.influencer): Promise<string> {
    const { world, brand } = this;
    const campaignId = await world.publishCampaign(brand, briefFrom(world.clock.now()), limitsIn('EUR'));
    const dealId = await world.accept(brand, await world.bid(campaignId, influencer, { ...cashIn('EUR'), gift: GIFT }));
    await world.fund(brand, dealId);
    return dealId;
  }

  /** A deal whose gift the influencer has. */
  async received(influencer = this.influencer): Promise<string> {
    const dealId = await this.deal(influencer);
    await this.ship(dealId);
    await this.receive(dealId, influencer);
    return dealId;
  }

  /** A deal whose posting duty is overdue. */
  async overdue(influencer = this.influencer): Promise<string> {
    const dealId = await this.received(influencer);
    this.world.clock.advanceDays(14);
    await this.markOverdue();
    return dealId;
  }

  /** She keeps one more address; answers its id. */
  async address(of = this.influencer, label = HOME.label): Promise<string> {
    const actor = await this.world.actor(of);
    const { address } = await this.world.get(AddDeliveryAddress).execute({ actor, ...HOME, label });
    return address.id;
  }

  async request(dealId: string, addressId: string, by = this.influencer) {
    const choices = [{ itemNumber: 1, choice: 'Red, small' }];
    return this.world.get(RequestGift).execute({ ...(await this.on(dealId, by)), addressId, choices });
  }

  async ship(dealId: string, trackingNumber: string | null = PARCEL.trackingNumber, by = this.brand) {
    return this.world.get(ShipGift).execute({ ...(await this.on(dealId, by)), ...PARCEL, trackingNumber });
  }

  async lose(dealId: string, by: Someone) {
    return this.world.get(ReportGiftLost).execute({ ...(await this.on(dealId, by)), note: 'Nothing came' });
  }

  async forgo(dealId: string, by = this.influencer) {
    return this.world.get(ForgoGift).execute(await this.on(dealId, by));
  }

  async receive(dealId: string, by = this.influencer, note: string | null = null) {
    return this.world.get(ReceiveGift).execute({ ...(await this.on(dealId, by)), note });
  }

  async note(dealId: string, note: string, by = this.influencer) {
    return this.world.get(NoteGiftProblem).execute({ ...(await this.on(dealId, by)), note });
  }

  async extend(dealId: string, by = this.influencer) {
    return this.world.get(ExtendPostingDuty).execute(await this.on(dealId, by));
  }

  markOverdue() {
    return this.world.get(MarkGiftsOverdue).execute({ now: this.world.clock.now(), limit: 100 });
  }

  async appeal(dealId: string, by = this.influencer) {
    return this.world.get(AppealOverdueGift).execute({ ...(await this.on(dealId, by)), reason: 'I was ill' });
  }

  async decide(
    dealId: string,
    decision: 'waived' | 'renewed' | 'refused',
    by: Someone | Actor,
    newDueAt: Date | null = null,
  ) {
    const actor = 'kind' in by ? by : await this.world.actor(by);
    return this.world.get(DecideGiftAppeal).execute({ actor, dealId, decision, newDueAt, note: null });
  }

  async proposeReturn(dealId: string, by: Someone) {
    return this.world.get(ProposeGiftReturn).execute({ ...(await this.on(dealId, by)), reason: 'Not my size' });
  }

  async answerReturn(dealId: string, accept: boolean, by: Someone) {
    return this.world.get(AnswerGiftReturn).execute({ ...(await this.on(dealId, by)), accept });
  }

  async sendBack(dealId: string, by = this.influencer) {
    return this.world.get(SendGiftBack).execute({ ...(await this.on(dealId, by)), ...PARCEL });
  }

  async takeBack(dealId: string, by = this.brand) {
    return this.world.get(ReturnGift).execute(await this.on(dealId, by));
  }

  async propose(
    dealId: string,
    by: Someone,
    itemNumber: number,
    amountMinor: bigint,
    currency: Money['currency'] = 'EUR',
  ) {
    const proposal = { itemNumber, value: { amountMinor, currency }, reason: 'Sold for less' };
    return this.world.get(ProposeGiftCorrection).execute({ ...(await this.on(dealId, by)), ...proposal });
  }

  async answer(dealId: string, by: Someone, accept = true, number = 1) {
    return this.world.get(AnswerGiftCorrection).execute({ ...(await this.on(dealId, by)), number, accept });
  }

  async withdraw(dealId: string, by: Someone, number = 1) {
    return this.world.get(WithdrawGiftCorrection).execute({ ...(await this.on(dealId, by)), number });
  }

  async gift(dealId: string): Promise<Gift> {
    const { gift } = await this.world.deal(this.brand, dealId);
    if (!gift) throw new Error('The deal has a gift.');
    return gift;
  }

  /** What stands in the in-kind account of the influencer, minor units. */
  async inKindMinor(influencer = this.influencer): Promise<bigint> {
    return this.world.asSystem(async (tx) => {
      const bookId = await this.world.get(LedgerQueries).bookIdOf(tx, this.brand.partyId);
      const balances = await this.world.get(LedgerQueries).balancesOf(tx, bookId ?? 0);
      const own = balances.find(({ kind, partyId }) => kind === 'gift_received' && partyId === influencer.partyId);
      return own?.balanceMinor ?? 0n;
    });
  }

  private async on(dealId: string, by: Someone) {
    return { actor: await this.world.actor(by), dealId };
  }
}
