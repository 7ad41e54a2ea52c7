import type { Brief, Compensation } from '@evenhand/campaigns';
import {
  ApproveDeliverable,
  DecideDispute,
  GetDispute,
  OpenDispute,
  SubmitDeliverable,
  WriteToDispute,
} from '@evenhand/deals';
import type { PersonActor } from '@evenhand/kernel';
import { type EarningView, LedgerQueries, ReleaseDueHolds } from '@evenhand/ledger';
import { briefIn, limitsIn } from './deal-samples';
import type { DealWorld, Someone } from './deal-world';

let keys = 0;

/** The steps of a dispute between one brand and one influencer. */
export class DisputeSteps {
  constructor(
    readonly world: DealWorld,
    readonly brand: Someone,
    readonly influencer: Someone,
  ) {}

  /** A funded deal, with the ids of its two notes and its livestream. */
  async running(
    compensation: Compensation,
    brief: Partial<Brief> = {},
  ): Promise<{ readonly dealId: string; readonly pieces: readonly string[] }> {
    const { world, brand, influencer } = this;
    const campaignId = await world.publishCampaign(brand, briefIn('EUR', brief), limitsIn('EUR'));
    const dealId = await world.accept(brand, await world.bid(campaignId, influencer, compensation));
    await world.fund(brand, dealId);
    return { dealId, pieces: (await world.deal(brand, dealId)).deliverables.map(({ id }) => id) };
  }

  async submit(deliverableId: string): Promise<void> {
    const actor = await this.world.actor(this.influencer);
    await this.world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: 'Spring light', mediaUrls: [] });
  }

  async approve(deliverableId: string): Promise<void> {
    const actor = await this.world.actor(this.brand);
    await this.world.get(ApproveDeliverable).execute({ actor, deliverableId });
  }

  async earn(deliverableId: string): Promise<void> {
    await this.submit(deliverableId);
    await this.approve(deliverableId);
  }

  async open(by: Someone, dealId: string, deliverableIds: readonly string[] | null): Promise<string> {
    const actor = await this.world.actor(by);
    const claim = { reason: 'not_as_agreed', text: 'Not what we agreed on', idempotencyKey: nextKey() } as const;
    return (await this.world.get(OpenDispute).execute({ actor, dealId, deliverableIds, ...claim })).disputeId;
  }

  async answer(by: Someone, disputeId: string): Promise<void> {
    const actor = await this.world.actor(by);
    const answer = { disputeId, kind: 'answer', text: 'It is', idempotencyKey: nextKey() } as const;
    await this.world.get(WriteToDispute).execute({ actor, ...answer });
  }

  /** The brand opens it and the influencer answers, so that it can be decided. */
  async opened(dealId: string, deliverableIds: readonly string[] | null): Promise<string> {
    const disputeId = await this.open(this.brand, dealId, deliverableIds);
    await this.answer(this.influencer, disputeId);
    return disputeId;
  }

  /** Shares of a split per deliverable, or what the outcome is. */
  async decide(
    disputeId: string,
    decided: 'for_brand' | 'for_influencer' | 'dismissed' | Readonly<Record<string, string>>,
    actor?: PersonActor,
    idempotencyKey = nextKey(),
  ): Promise<void> {
    const split = typeof decided === 'string' ? {} : decided;
    const shares = Object.entries(split).map(([deliverableId, influencerShare]) => ({
      deliverableId,
      influencerShare,
    }));
    await this.world.get(DecideDispute).execute({
      actor: actor ?? (await this.world.operator()),
      disputeId,
      outcome: typeof decided === 'string' ? decided : 'split',
      shares,
      reason: 'The brief says so.',
      idempotencyKey,
    });
  }

  async dispute(disputeId: string) {
    const actor = await this.world.actor(this.brand);
    return (await this.world.get(GetDispute).execute({ actor, disputeId })).dispute;
  }

  async earnings(dealId: string): Promise<readonly EarningView[]> {
    const page = { first: 50, after: null };
    const found = await this.world.asSystem((tx) => this.world.get(LedgerQueries).earnings(tx, { dealId }, page));
    return found.rows.map(({ node }) => node);
  }

  async earning(dealId: string, deliverableId: string): Promise<EarningView | undefined> {
    return (await this.earnings(dealId)).find(({ sourceId }) => sourceId === deliverableId);
  }

  /** The cash in the deal's escrow. */
  async escrow(dealId: string): Promise<bigint> {
    const rows = await this.world.asSystem((tx) =>
      this.world.get(LedgerQueries).escrowOf(tx, this.brand.partyId, dealId),
    );
    return rows.find(({ purpose }) => purpose === 'cash')?.balanceMinor ?? 0n;
  }

  /** Euros of one account of the brand's book. */
  async balance(kind: string, partyId: string | null = null): Promise<bigint> {
    const { world, brand } = this;
    const balances = await world.asSystem(async (tx) => {
      const bookId = await world.get(LedgerQueries).bookIdOf(tx, brand.partyId);
      return world.get(LedgerQueries).balancesOf(tx, bookId ?? 0);
    });
    const found = balances.find((one) => one.kind === kind && one.currency === 'EUR' && one.partyId === partyId);
    return found?.balanceMinor ?? 0n;
  }

  async releaseDue(): Promise<void> {
    await this.world.get(ReleaseDueHolds).execute({ now: this.world.clock.now(), limit: 1000 });
  }
}

export function nextKey(): string {
  keys += 1;
  return `key-${keys}`;
}
