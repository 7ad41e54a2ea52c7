import type { Brief } from '@evenhand/campaigns';
import { ApproveDeliverable, CompleteDeal, SubmitDeliverable } from '@evenhand/deals';
import { briefFrom, commissionIn, limitsIn } from './deal-samples';
import type { DealWorld, Someone } from './deal-world';

/** A deal on commission alone, which runs without being funded. */
export async function runningDeal(
  world: DealWorld,
  brand: Someone,
  influencer: Someone,
  changes: Partial<Brief> = {},
): Promise<string> {
  const brief = { ...briefFrom(world.clock.now()), ...changes };
  const campaignId = await world.publishCampaign(brand, brief, limitsIn('EUR'));
  const onCommission = { cash: null, gift: null, commission: commissionIn('EUR') };
  return world.accept(brand, await world.bid(campaignId, influencer, onCommission));
}

/** The same, its work done and approved, but not completed. */
export async function finishedDeal(
  world: DealWorld,
  brand: Someone,
  influencer: Someone,
  changes: Partial<Brief> = {},
): Promise<string> {
  const dealId = await runningDeal(world, brand, influencer, changes);
  const [manager, creator] = [await world.actor(brand), await world.actor(influencer)];
  for (const { id: deliverableId } of (await world.deal(brand, dealId)).deliverables) {
    const work = { deliverableId, caption: '#广告', mediaUrls: [] };
    await world.get(SubmitDeliverable).execute({ actor: creator, ...work });
    await world.get(ApproveDeliverable).execute({ actor: manager, deliverableId });
  }
  return dealId;
}

export async function completedDeal(world: DealWorld, brand: Someone, influencer: Someone): Promise<string> {
  const dealId = await finishedDeal(world, brand, influencer);
  await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
  return dealId;
}
