import { BudgetExceeded } from '@evenhand/campaigns';
import { LedgerQueries } from '@evenhand/ledger';
import { briefIn, cashIn, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import type { PlatformFee } from '../domain/platform-fee';
import { ApproveDeliverable } from './approve-deliverable';
import { CancelDeal } from './cancel-deal';
import { GetMarketplacePolicy } from './get-marketplace-policy';
import { PreviewSplit } from './preview-split';
import { SubmitDeliverable } from './submit-deliverable';
import { UpdateMarketplacePolicy } from './update-marketplace-policy';

/** A twentieth on top, at least 20.00 and at most 22.00 of each deliverable: of 500.01, 500.00 and 333.33 it is 58.67. */
const ON_TOP: PlatformFee = {
  share: '0.05',
  of: 'on_top',
  bounds: [
    { currency: 'EUR', minMinor: 2_000n, maxMinor: 2_200n },
    { currency: 'JPY', minMinor: 1n, maxMinor: null },
  ],
};
const FEE_ON_CASH = 2_200n + 2_200n + 2_000n;

let world: DealWorld;
let brand: Someone;
let influencer: Someone;

withDealWorld(async (made) => {
  world = made;
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  await world.mandate(await world.signUpAgency(), influencer, everyKind({ of: 'gross', share: '0.40' }));
  await world.credit(brand, 'EUR', 100_000_000n);
  const actor = await world.operator();
  const current = await world.get(GetMarketplacePolicy).execute({ actor });
  const platformFees = { cash: ON_TOP, note_commission: ON_TOP, livestream_commission: ON_TOP };
  const terms = { ...current, platformFees };
  await world.get(UpdateMarketplacePolicy).execute({ actor, terms, expectedVersion: current.version });
});

async function bidFor(compensation: ReturnType<typeof cashIn>, budgetMinor: bigint): Promise<string> {
  const limits = limitsIn('EUR', { budgets: [{ currency: 'EUR', amountMinor: budgetMinor }] });
  return world.bid(await world.publishCampaign(brand, briefIn('EUR'), limits), influencer, compensation);
}

describe('a platform fee on top', () => {
  it('is read back as it was stated', async () => {
    const { platformFees } = await world.get(GetMarketplacePolicy).execute({ actor: { kind: 'anonymous' } });
    expect(platformFees.cash).toEqual(ON_TOP);
  });

  it('is funded with the deal, shown before and booked as shown; the others share the whole that was agreed on', async () => {
    const bidId = await bidFor(mixIn('EUR'), 1_000_000n);
    const actor = await world.actor(brand);
    const subject = { type: 'offer', bidId, offerNumber: null } as const;
    const { need, splits } = await world.get(PreviewSplit).execute({ actor, subject, exampleSales: null });
    expect(need).toEqual({
      cash: { currency: 'EUR', amountMinor: 133_334n + FEE_ON_CASH },
      commissionReserve: { currency: 'EUR', amountMinor: 21_000n },
    });
    const dealId = await world.accept(brand, bidId);
    expect((await world.deal(brand, dealId)).need).toEqual(need);
    await world.fund(brand, dealId);
    for (const { id: deliverableId } of (await world.deal(brand, dealId)).deliverables) {
      const submission = { deliverableId, caption: '#广告', mediaUrls: [] };
      await world.get(SubmitDeliverable).execute({ actor: await world.actor(influencer), ...submission });
      await world.get(ApproveDeliverable).execute({ actor, deliverableId });
    }
    const { escrow, earnings } = await world.asSystem(async (tx) => ({
      escrow: await world.get(LedgerQueries).escrowOf(tx, brand.partyId, dealId),
      earnings: await world.get(LedgerQueries).earnings(tx, { dealId }, { first: 10, after: null }),
    }));
    const left = Object.fromEntries(escrow.map(({ purpose, balanceMinor }) => [purpose, balanceMinor]));
    expect(left).toEqual({ cash: 0n, commission_reserve: 21_000n });
    const booked = earnings.rows.flatMap(({ node }) => node.shares);
    const sumOf = (role: string) =>
      booked.filter((share) => share.role === role).reduce((sum, share) => sum + share.amountMinor, 0n);
    expect(sumOf('platform')).toBe(FEE_ON_CASH);
    expect(sumOf('agency') + sumOf('influencer')).toBe(133_334n);
    const shown = splits[0]?.parts.map(({ role, amountMinor }) => [role, amountMinor]);
    expect(shown).toEqual(['platform', 'agency', 'influencer'].map((role) => [role, sumOf(role)]));
  });

  it('counts against the budget of the campaign, and is given back when the deal is cancelled', async () => {
    const short = await bidFor(cashIn('EUR'), 133_334n + FEE_ON_CASH - 1n);
    await expect(world.accept(brand, short)).rejects.toThrow(BudgetExceeded);
    const budgetMinor = 133_334n + FEE_ON_CASH;
    const limits = limitsIn('EUR', { budgets: [{ currency: 'EUR', amountMinor: budgetMinor }] });
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limits);
    const dealId = await world.accept(brand, await world.bid(campaignId, influencer, cashIn('EUR')));
    const next = await world.bid(campaignId, await world.signUpInfluencer(), cashIn('EUR'));
    await expect(world.accept(brand, next)).rejects.toThrow(BudgetExceeded);
    await world.get(CancelDeal).execute({ actor: await world.actor(brand), dealId, reason: 'Another season.' });
    await world.accept(brand, next);
  });
});
