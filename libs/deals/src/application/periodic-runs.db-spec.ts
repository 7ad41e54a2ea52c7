import type { Client } from 'pg';
import { briefIn, cashIn, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import { AutoApproveDeliverables } from './auto-approve-deliverables';
import { MarkGiftsOverdue } from './mark-gifts-overdue';
import { ReceiveGift } from './receive-gift';
import { ShipGift } from './ship-gift';
import { SubmitDeliverable } from './submit-deliverable';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  await world.credit(brand, 'EUR', 100_000_000n);
});

async function runningDeal(compensation = mixIn('EUR')): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  const dealId = await world.accept(brand, await world.bid(campaignId, influencer, compensation));
  await world.fund(brand, dealId);
  return dealId;
}

/** Any change of the row fails from here on, as if it were broken; answers how to mend it. */
async function breakRow(table: 'deliverables' | 'gifts', id: string): Promise<() => Promise<unknown>> {
  await owner.query(`create function deals.fail() returns trigger language plpgsql as
    $$ begin raise exception 'broken row'; end $$`);
  await owner.query(`create trigger broken before update on deals.${table} for each row
    when (old.id = '${id}') execute function deals.fail()`);
  return () => owner.query('drop function deals.fail cascade');
}

describe('the periodic runs of deals', () => {
  it('approve every deliverable but the one that fails, and tell of that one', async () => {
    const deal = await world.deal(brand, await runningDeal(cashIn('EUR')));
    const [first = '', ...others] = deal.deliverables.map(({ id }) => id);
    for (const deliverableId of [first, ...others]) {
      const actor = await world.actor(influencer);
      await world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: 'Spring #广告', mediaUrls: [] });
    }
    const mend = await breakRow('deliverables', first);
    world.clock.advanceDays(8);
    const run = world.get(AutoApproveDeliverables).execute({ now: world.clock.now(), limit: 100 });
    await expect(run).rejects.toMatchObject({ errors: [{ message: 'broken row' }] });
    await mend();
    const approved = (await world.deal(brand, deal.id)).deliverables.filter(
      ({ progress }) => progress.state === 'approved',
    );
    expect(approved.map(({ id }) => id)).toEqual(others);
  });

  it('mark every late gift but the one that fails, and tell of that one', async () => {
    const dealIds = [await runningDeal(), await runningDeal()];
    for (const dealId of dealIds) {
      const shipment = { dealId, carrier: 'SF Express', trackingNumber: 'SF123' };
      await world.get(ShipGift).execute({ actor: await world.actor(brand), ...shipment });
      await world.get(ReceiveGift).execute({ actor: await world.actor(influencer), dealId });
    }
    const giftState = async (place: number) => (await world.deal(brand, dealIds[place] ?? '')).gift?.progress.state;
    const mend = await breakRow('gifts', (await world.deal(brand, dealIds[0] ?? '')).gift?.id ?? '');
    world.clock.advanceDays(15);
    const run = world.get(MarkGiftsOverdue).execute({ now: world.clock.now(), limit: 100 });
    await expect(run).rejects.toMatchObject({ errors: [{ message: 'broken row' }] });
    await mend();
    expect([await giftState(0), await giftState(1)]).toEqual(['received', 'overdue']);
  });
});
