import { LedgerQueries, ReverseEarnings, SplitEarnings } from '@evenhand/ledger';
import type { RecordedEvent } from '@evenhand/kernel';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { briefIn, commissionIn, limitsIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import { ApproveDeliverable } from './approve-deliverable';
import { CancelDeal } from './cancel-deal';
import { CompleteDeal } from './complete-deal';
import { ReturnEscrowWhenRefundsRecorded } from './return-escrow-when-refunds-recorded.handler';
import { SubmitDeliverable } from './submit-deliverable';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  influencer = await world.signUpInfluencer();
});

/** A running deal whose commission reserve of 200.00 is all the money of its brand, a new one. */
async function runningDeal(): Promise<string> {
  brand = await world.signUpBrand();
  await world.credit(brand, 'EUR', 20_000n);
  const commission = commissionIn('EUR', { reserveMinor: 20_000n });
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  const dealId = await world.accept(
    brand,
    await world.bid(campaignId, influencer, { cash: null, gift: null, commission }),
  );
  await world.fund(brand, dealId);
  return dealId;
}

/** A sale that earns `grossMinor`, ten times that sold; answers its id. `meanwhile` runs before it is committed. */
async function sell(
  dealId: string,
  grossMinor: bigint,
  meanwhile = async (): Promise<void> => undefined,
): Promise<string> {
  const { campaignId, terms } = await world.deal(brand, dealId);
  const saleId = uuidv7();
  const plan = terms.plans.note_commission;
  if (!plan) throw new Error('The deal pays commission.');
  const [earnedAt, releaseAt] = [world.clock.now(), new Date(world.clock.now().getTime() + 86_400_000)];
  await world.asSystem(async (tx) => {
    await world.get(SplitEarnings).execute(tx, brand.partyId, [
      {
        idempotencyKey: `sale:${saleId}`,
        kind: 'note_commission',
        source: { type: 'sale', id: saleId },
        dealId,
        campaignId,
        influencerId: influencer.partyId,
        currency: 'EUR',
        baseMinor: grossMinor * 10n,
        poolMinor: grossMinor,
        plan,
        earnedAt,
        releaseAt,
        fundedFrom: 'reserve_then_receivable',
      },
    ]);
    await meanwhile();
  });
  return saleId;
}

/** A refund as sales record it, and the event that tells of it. */
async function refund(dealId: string, saleId: string, refundedBaseMinor: bigint): Promise<RecordedEvent> {
  const refundId = uuidv7();
  const source = { type: 'sale' as const, id: saleId };
  const reversal = { idempotencyKey: `refund:${refundId}`, source, refundId, refundedBaseMinor };
  const occurredAt = world.clock.now();
  await world.asSystem((tx) => world.get(ReverseEarnings).execute(tx, brand.partyId, [{ ...reversal, occurredAt }]));
  const payload = { brandId: brand.partyId, dealId, refunds: [{ refundId, saleId }] };
  return { eventId: uuidv7(), type: 'sales.refunds_recorded', subjectId: dealId, payload, recordedAt: occurredAt };
}

async function finishWork(dealId: string): Promise<void> {
  for (const { id: deliverableId } of (await world.deal(brand, dealId)).deliverables) {
    const work = { deliverableId, caption: 'Spring #广告', mediaUrls: [] };
    await world.get(SubmitDeliverable).execute({ actor: await world.actor(influencer), ...work });
    await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
  }
}

async function complete(dealId: string): Promise<void> {
  await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
}

async function moneyOf(dealId: string): Promise<{ readonly escrow: bigint; readonly balance: bigint }> {
  return world.asSystem(async (tx) => {
    const ledger = world.get(LedgerQueries);
    const escrow = await ledger.escrowOf(tx, brand.partyId, dealId);
    const balances = await ledger.balancesOf(tx, (await ledger.bookIdOf(tx, brand.partyId)) ?? 0);
    return {
      escrow: escrow.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n),
      balance: balances.find(({ kind }) => kind === 'brand_balance')?.balanceMinor ?? 0n,
    };
  });
}

const handle = (event: RecordedEvent) => world.get(ReturnEscrowWhenRefundsRecorded).handle(event);

describe('a refund of what the reserve paid', () => {
  it('stays in the escrow while the deal runs, and goes to the brand after it is completed, each refund once', async () => {
    const dealId = await runningDeal();
    const saleId = await sell(dealId, 15_000n);
    await handle(await refund(dealId, saleId, 50_000n));
    expect(await moneyOf(dealId)).toEqual({ escrow: 10_000n, balance: 0n });
    await finishWork(dealId);
    await complete(dealId);
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 10_000n });

    const second = await refund(dealId, saleId, 70_000n);
    expect(await moneyOf(dealId)).toEqual({ escrow: 7_000n, balance: 10_000n });
    await Promise.all([handle(second), handle(second)]);
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 17_000n });
    const third = await refund(dealId, saleId, 30_000n);
    // Delivered again after the next refund came in: it takes that one's money along, and the next finds nothing.
    await handle(second);
    await handle(third);
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 20_000n });
  });

  it('goes to the brand after the deal was cancelled', async () => {
    const dealId = await runningDeal();
    const saleId = await sell(dealId, 5_000n);
    await world.get(CancelDeal).execute({ actor: await world.actor(brand), dealId, reason: 'Sold out' });
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 15_000n });
    await handle(await refund(dealId, saleId, 50_000n));
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 20_000n });
  });
});

describe('the end of a deal at the same time as a sale', () => {
  it('returns what the sale leaves in the reserve', async () => {
    const dealId = await runningDeal();
    await finishWork(dealId);
    let completing: Promise<void> | undefined;
    await sell(dealId, 5_000n, async () => {
      completing = complete(dealId);
      await somebodyWaits(owner);
    });
    await completing;
    expect(await moneyOf(dealId)).toEqual({ escrow: 0n, balance: 15_000n });
  });
});
