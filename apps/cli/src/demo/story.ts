import type { INestApplicationContext } from '@nestjs/common';
import { BackOffice, LAST_BATCH_KEY } from './back-office';
import { bagForALivestream, designerOnCommission, purseOpening } from './briefs';
import { Cast } from './cast';
import { Dealings } from './deals';
import { bagOffer, designerOffer, purseOffer } from './offers';
import { gatherPeople } from './people';
import { Shop } from './shop';
import type { StoryClock } from './story-clock';

/** The demo world, told in order. Everything happens through the use cases that people use. */
export class Story {
  private readonly cast: Cast;
  private readonly dealings: Dealings;
  private readonly shop: Shop;
  private readonly office: BackOffice;

  constructor(
    app: INestApplicationContext,
    private readonly clock: StoryClock,
  ) {
    this.cast = new Cast(app);
    this.dealings = new Dealings(app, this.cast);
    this.shop = new Shop(app, this.cast);
    this.office = new BackOffice(app, this.cast);
  }

  async tell(): Promise<void> {
    this.clock.goTo(45);
    await gatherPeople(this.cast);
    const purseCampaignId = await this.purse();
    await this.designer();
    await this.bag();
    await this.unansweredBid(purseCampaignId);
    await this.firstPayout();
    await this.latestSales();
    await this.secondPayout();
  }

  /** Paris: cash, gift and 10 %; the first video is sent back once. */
  private async purse(): Promise<string> {
    const { clock, dealings } = this;
    clock.goTo(42);
    const campaignId = await dealings.publish('camille', purseOpening(clock));
    const opening = purseOffer(250_000n, 80_000n, '0.12');
    const agreed = purseOffer(220_000n, 80_000n, '0.10');
    clock.goTo(40);
    const bidId = await dealings.bid('aoi', 'mika', campaignId, opening);
    clock.goTo(39);
    await dealings.counter('camille', bidId, 1, agreed, 'Dix pour cent, et 2 200 € pour la vidéo.');
    const dealId = await dealings.accept('mika', bidId, 2);
    await dealings.chooseCode('camille', dealId, 'note_commission', 'MIKA24');
    clock.goTo(38);
    await dealings.bankCredit('camille', 'EUR', 600_000n, 'SEPA-2026-10-16-77', clock.now());
    await dealings.fund('camille', dealId);
    clock.goTo(36);
    await dealings.giveGift('camille', 'mika', dealId, '1Z 44 0925');
    await dealings.submit('mika', dealId, 'video', '巴黎的小包，今天背去银座。#广告 #合作');
    await dealings.sendBack('camille', dealId, 'video', 'Le sac est coupé à 0:12, pouvez-vous recadrer ?');
    clock.goTo(35);
    await dealings.submit('mika', dealId, 'video', '巴黎的小包，今天背去银座。重新剪辑。#广告 #合作');
    await dealings.approve('camille', dealId, 'video');
    await dealings.goLive('mika', dealId, 'video', 'https://www.xiaohongshu.com/explore/lumette-24-ginza');
    await this.shop.sell({
      brand: 'camille',
      currency: 'EUR',
      code: 'MIKA24',
      from: 2401,
      baseMinor: [89_000n, 74_167n, 89_000n, 133_333n, 89_001n],
      occurredAt: () => clock.now(),
    });
    return campaignId;
  }

  /** Shanghai: commission on notes and on a five-hour livestream, where up to one viewer in five buys. */
  private async designer(): Promise<void> {
    const { clock, dealings } = this;
    clock.goTo(34);
    const campaignId = await dealings.publish('qing', designerOnCommission(clock));
    const mikas = await dealings.bid('mika', 'mika', campaignId, designerOffer('0.10', '0.20'));
    const lins = await dealings.bid('lin', 'lin', campaignId, designerOffer('0.10', '0.15'));
    const mikaDeal = await dealings.accept('qing', mikas, 1);
    const linDeal = await dealings.accept('qing', lins, 1);
    await dealings.chooseCode('qing', mikaDeal, 'note_commission', 'MIKA-QH');
    await dealings.chooseCode('qing', mikaDeal, 'livestream_commission', 'MIKA-LIVE');
    await dealings.chooseCode('qing', linDeal, 'note_commission', 'LIN-QH');
    await dealings.bankCredit('qing', 'CNY', 3_000_000n, 'CNAPS-20261020-118', clock.now());
    clock.goTo(32);
    await dealings.submit('mika', mikaDeal, 'note', '清禾双面羊毛外套，一周三穿。#合作');
    await dealings.approve('qing', mikaDeal, 'note');
    await dealings.goLive('mika', mikaDeal, 'note', 'https://www.xiaohongshu.com/explore/qinghe-three-ways');
    clock.goTo(31);
    await this.shop.sell({
      brand: 'qing',
      currency: 'CNY',
      code: 'MIKA-QH',
      from: 5001,
      baseMinor: [168_800n, 168_799n, 84_333n, 168_800n],
      occurredAt: () => clock.now(),
    });
    clock.goTo(24);
    await this.shop.sell({
      brand: 'qing',
      currency: 'CNY',
      code: 'MIKA-LIVE',
      from: 5101,
      baseMinor: Array.from({ length: 60 }, (_, index) => 84_333n + BigInt(index % 7) * 12_067n),
      occurredAt: (index) => new Date(clock.now().getTime() - index * 5 * 60_000),
    });
    await this.shop.sell({
      brand: 'qing',
      currency: 'CNY',
      code: 'LIN-QH',
      from: 5201,
      baseMinor: [168_800n, 84_333n],
      occurredAt: () => clock.now(),
    });
    await this.shop.sellBasket('qing', 'CNY', 5301, { 'MIKA-QH': 168_800n, 'LIN-QH': 84_333n }, clock.now());
    await this.shop.refund('qing', 'CNY', 5104, null, clock.now());
    await this.shop.refund('qing', 'CNY', 5105, 40_000n, clock.now());
  }

  /** Tokyo: one bag for one livestream, agreed on although Paris has bags to itself. */
  private async bag(): Promise<void> {
    const { clock, dealings } = this;
    clock.goTo(12);
    const campaignId = await dealings.publish('haruto', bagForALivestream(clock));
    const bidId = await dealings.bid('mika', 'mika', campaignId, bagOffer);
    const dealId = await dealings.accept('haruto', bidId, 1, true);
    clock.goTo(9);
    await dealings.giveGift('haruto', 'mika', dealId, '6512-3381-0041');
  }

  /** Paris again: a bid that Camille may still counter, accept or decline. */
  private async unansweredBid(campaignId: string): Promise<void> {
    this.clock.goTo(2);
    await this.dealings.bid('chloe', 'chloe', campaignId, purseOffer(60_000n, 20_000n, '0.10'));
  }

  private async firstPayout(): Promise<void> {
    this.clock.goToTheEnd();
    await this.office.releaseHolds(this.clock.daysAgo(18));
    await this.office.payBatch(await this.office.submitBatch('demo-first'));
  }

  /** A refund of what was already paid out, and sales that are still held. */
  private async latestSales(): Promise<void> {
    await this.shop.refund('camille', 'EUR', 2402, null, this.clock.now());
    await this.shop.sell({
      brand: 'camille',
      currency: 'EUR',
      code: 'MIKA24',
      from: 2451,
      baseMinor: [89_000n, 178_000n, 74_167n],
      occurredAt: (index) => this.clock.daysAgo(3 - index),
    });
  }

  /** Everything whose hold has ended waits in a batch for its second approver. */
  private async secondPayout(): Promise<void> {
    this.clock.goToTheEnd();
    await this.office.releaseHolds(this.clock.now());
    await this.office.submitBatch(LAST_BATCH_KEY);
  }
}
