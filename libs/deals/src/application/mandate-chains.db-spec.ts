import type { Compensation } from '@evenhand/campaigns';
import { NotFound } from '@evenhand/kernel';
import { LedgerQueries } from '@evenhand/ledger';
import {
  AgencyTwiceInChain,
  GetChainPolicy,
  type MandateCut,
  type RequestMandateCommand,
  UpdateChainPolicy,
} from '@evenhand/parties';
import { briefIn, everyKind, limitsIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import type { PlatformFee } from '../domain/platform-fee';
import { ApproveDeliverable } from './approve-deliverable';
import { GetDeal } from './get-deal';
import { GetMarketplacePolicy } from './get-marketplace-policy';
import { PreviewSplit } from './preview-split';
import { SubmitDeliverable } from './submit-deliverable';
import { UpdateMarketplacePolicy } from './update-marketplace-policy';

let world: DealWorld;
let brand: Someone;

withDealWorld(async (opened) => {
  world = opened;
  brand = await world.signUpBrand();
  for (const currency of ['CNY', 'USD']) await world.credit(brand, currency, 100_000_000n);
  // Without a fee of the platform the amounts are those of the agencies and the influencer alone.
  await setFee('0');
});

async function setFee(share: string): Promise<void> {
  const actor = await world.operator();
  const current = await world.get(GetMarketplacePolicy).execute({ actor });
  const fee: PlatformFee = { share, of: 'gross', bounds: [] };
  const terms = { ...current, platformFees: { cash: fee, note_commission: fee, livestream_commission: fee } };
  await world.get(UpdateMarketplacePolicy).execute({ actor, terms, expectedVersion: current.version });
}

const gross = (share: string): MandateCut => ({ of: 'gross', share });
type More = Partial<Omit<RequestMandateCommand, 'actor'>>;

function cash(currency: string, amountMinor: bigint): Compensation {
  const milestones = [{ deliverableKey: 'note', amountMinor }];
  return { cash: { currency, amountMinor, milestones }, gift: null, commission: null };
}

/** A campaign that asks for one note. */
function campaign(currency: string, of = brand): Promise<string> {
  const bidDeadline = new Date(world.clock.now().getTime() + 86_400_000);
  const dueOn = new Date(world.clock.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
  const note = { key: 'note', kind: 'image_note', quantity: 1, dueOn, revisionsAllowed: 1, description: '' } as const;
  return world.publishCampaign(of, briefIn(currency, { deliverables: [note], bidDeadline }), limitsIn(currency));
}

async function dealOf(influencer: Someone, currency: string, amountMinor: bigint): Promise<string> {
  const bidId = await world.bid(await campaign(currency), influencer, cash(currency, amountMinor));
  const dealId = await world.accept(brand, bidId);
  await world.fund(brand, dealId);
  return dealId;
}

/** The work is done and approved; answers what each got of it, by name, as the reader's rights show it. */
async function paid(dealId: string, influencer: Someone, reader: Someone = influencer) {
  const deliverableId = (await world.deal(brand, dealId)).deliverables[0]?.id ?? '';
  const work = { deliverableId, caption: '#广告', mediaUrls: [] };
  await world.get(SubmitDeliverable).execute({ actor: await world.actor(influencer), ...work });
  await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
  return sharesOf(dealId, reader);
}

async function sharesOf(dealId: string, reader: Someone) {
  const actor = await world.actor(reader);
  const page = { first: 1, after: null };
  const earnings = await world.read(actor, (tx) => world.get(LedgerQueries).earnings(tx, { dealId }, page));
  const shares = earnings.rows[0]?.node.shares ?? [];
  return shares.map(({ partyId, amountMinor }) => [partyId, amountMinor] as const);
}

async function preview(someone: Someone, influencer: Someone, of = brand) {
  const subject = {
    type: 'new_bid',
    campaignId: await campaign('CNY', of),
    influencerId: influencer.partyId,
    compensation: cash('CNY', 10_000n),
  } as const;
  const actor = await world.actor(someone);
  return world.get(PreviewSplit).execute({ actor, subject, exampleSales: null });
}

const amountsIn = (shown: Awaited<ReturnType<typeof preview>>) =>
  shown.splits[0]?.parts.map(({ partyId, amountMinor }) => [partyId, amountMinor]);

describe('a chain of agencies', () => {
  it('splits ¥10 into 4, 2, 2, 1 and 1', async () => {
    const sharer = await world.signUpInfluencer('Sharer');
    const names = ['Agency', 'Sub-agency', 'Creator', 'Agency of the sharer'];
    const agencies = await Promise.all(names.map((name) => world.signUpAgency(name)));
    for (const [place, share] of ['0.4', '0.2', '0.2', '0.1'].entries()) {
      await mandate(agencies[place], sharer, share, { position: place + 1 });
    }
    const expected = [...agencies, sharer].map(({ partyId }, place) => [
      partyId,
      [400n, 200n, 200n, 100n, 100n][place],
    ]);
    expect(await paid(await dealOf(sharer, 'CNY', 1_000n), sharer)).toEqual(expected);
  });

  it.each([
    ['70 %', '0.7', 1_400n, 600n],
    ['100 %', '1', 2_000n, 0n],
    ['1 %', '0.01', 20n, 1_980n],
  ])('of one that takes %s of $20', async (_label, share, ofAgency, ofInfluencer) => {
    const [agency, influencer] = [await world.signUpAgency(), await world.signUpInfluencer()];
    await mandate(agency, influencer, share);
    expect(await paid(await dealOf(influencer, 'USD', 2_000n), influencer)).toEqual([
      [agency.partyId, ofAgency],
      [influencer.partyId, ofInfluencer],
    ]);
  });

  it('shows each agency its own cut and no other’s, and the influencer all of them: preview, deal and earnings', async () => {
    const influencer = await world.signUpInfluencer();
    const [outer, inner] = [await world.signUpAgency('Outer'), await world.signUpAgency('Inner')];
    await mandate(outer, influencer, '0.3', { position: 1 });
    await mandate(inner, influencer, '0.2', { position: 2 });
    const all = [
      [outer.partyId, 3_000n],
      [inner.partyId, 2_000n],
      [influencer.partyId, 5_000n],
    ];
    const without = (hidden: Someone) => all.filter(([partyId]) => partyId !== hidden.partyId);
    const dealId = await dealOf(influencer, 'CNY', 10_000n);
    await paid(dealId, influencer);
    for (const [reader, seen] of [
      [influencer, all],
      [outer, without(inner)],
      [inner, without(outer)],
    ] as const) {
      expect(amountsIn(await preview(reader, influencer))).toEqual(seen);
      expect(await sharesOf(dealId, reader)).toEqual(seen);
      const { deal, splitPlans } = await world.get(GetDeal).execute({ actor: await world.actor(reader), dealId });
      expect(splitPlans[0]?.shares.map(({ party }) => party.id)).toEqual(seen.map(([partyId]) => partyId));
      const agencies = seen.flatMap(([partyId]) => (partyId === influencer.partyId ? [] : [partyId]));
      expect(splitPlans[0]?.cuts.map(({ party }) => party.id)).toEqual(agencies);
      expect(deal.terms.mandates.map(({ agencyId }) => agencyId)).toEqual(agencies);
    }
    // Who pays sees what becomes of it.
    expect(await sharesOf(dealId, brand)).toEqual(all);
  });

  it('that takes more than the whole with the platform’s fee names nobody in its refusal', async () => {
    const influencer = await world.signUpInfluencer();
    const [outer, inner] = [await world.signUpAgency('Outer'), await world.signUpAgency('Inner')];
    await mandate(outer, influencer, '0.5', { position: 1 });
    await mandate(inner, influencer, '0.5', { position: 2 });
    await setFee('0.1');
    const refusal = { code: 'CUTS_EXCEED_WHOLE', details: {} };
    for (const reader of [outer, inner, influencer]) {
      await expect(preview(reader, influencer)).rejects.toThrow(expect.objectContaining(refusal));
    }
    await setFee('0');
  });
});

describe('other cuts for a brand', () => {
  it('hold in its deals and in previews of them, and the general ones in everybody else’s', async () => {
    const [agency, influencer] = [await world.signUpAgency(), await world.signUpInfluencer()];
    const other = await world.signUpBrand('Another Label');
    const brandOverrides = [{ brandId: brand.partyId, cuts: { cash: gross('0.1') } }];
    await mandate(agency, influencer, '0.2', { brandOverrides });
    expect(amountsIn(await preview(influencer, influencer))).toEqual([
      [agency.partyId, 1_000n],
      [influencer.partyId, 9_000n],
    ]);
    expect(amountsIn(await preview(influencer, influencer, other))).toEqual([
      [agency.partyId, 2_000n],
      [influencer.partyId, 8_000n],
    ]);
    expect(await paid(await dealOf(influencer, 'CNY', 10_000n), influencer)).toEqual([
      [agency.partyId, 1_000n],
      [influencer.partyId, 9_000n],
    ]);
  });
});

describe('a running deal', () => {
  it('pays by the terms it was accepted under, whatever becomes of the mandate', async () => {
    const [agency, influencer] = [await world.signUpAgency(), await world.signUpInfluencer()];
    await mandate(agency, influencer, '0.2', {
      brandOverrides: [{ brandId: brand.partyId, cuts: { cash: gross('0.1') } }],
    });
    const first = await dealOf(influencer, 'CNY', 10_000n);
    world.clock.advanceDays(1);
    // Other terms, and no others for this brand.
    const { mandateId } = await mandate(agency, influencer, '0.5');
    const second = await dealOf(influencer, 'CNY', 10_000n);
    world.clock.advanceDays(1);
    await world.endMandate(agency, mandateId);
    const third = await dealOf(influencer, 'CNY', 10_000n);
    expect(await paid(first, influencer)).toEqual([
      [agency.partyId, 1_000n],
      [influencer.partyId, 9_000n],
    ]);
    expect(await paid(second, influencer)).toEqual([
      [agency.partyId, 5_000n],
      [influencer.partyId, 5_000n],
    ]);
    expect(await paid(third, influencer)).toEqual([[influencer.partyId, 10_000n]]);
  });

  it('is made under the mandate while notice runs, and without it from its end on', async () => {
    const [agency, influencer] = [await world.signUpAgency(), await world.signUpInfluencer()];
    const { mandateId } = await mandate(agency, influencer, '0.2', { noticeDays: 30 });
    await world.endMandate(agency, mandateId);
    world.clock.advanceDays(29);
    const within = await dealOf(influencer, 'CNY', 10_000n);
    expect(await world.deal(agency, within)).toMatchObject({ id: within });
    world.clock.advanceDays(1);
    await expect(world.deal(agency, within)).rejects.toThrow(NotFound);
    const afterwards = await dealOf(influencer, 'CNY', 10_000n);
    expect(await paid(within, influencer)).toEqual([
      [agency.partyId, 2_000n],
      [influencer.partyId, 8_000n],
    ]);
    // What it earned is its own to see, mandate or not.
    expect(await sharesOf(within, agency)).toEqual([[agency.partyId, 2_000n]]);
    expect(await paid(afterwards, influencer)).toEqual([[influencer.partyId, 10_000n]]);
  });
});

describe('an agency that stands twice in a chain', () => {
  it('takes both cuts where the marketplace allows it, and no deal is made where it does not', async () => {
    const [agency, influencer] = [await world.signUpAgency(), await world.signUpInfluencer()];
    await allowTwice(true);
    await mandate(agency, influencer, '0.2');
    await mandate(agency, influencer, '0.1', { additional: true });
    const dealId = await dealOf(influencer, 'CNY', 10_000n);
    const bidId = await world.bid(await campaign('CNY'), influencer, cash('CNY', 10_000n));
    await allowTwice(false);
    await expect(world.accept(brand, bidId)).rejects.toThrow(AgencyTwiceInChain);
    await expect(preview(influencer, influencer)).rejects.toThrow(AgencyTwiceInChain);
    expect(await paid(dealId, influencer)).toEqual([
      [agency.partyId, 3_000n],
      [influencer.partyId, 7_000n],
    ]);
  });

  async function allowTwice(sameAgencyTwice: boolean): Promise<void> {
    const actor = await world.operator();
    const { version } = await world.get(GetChainPolicy).execute({ actor });
    await world.get(UpdateChainPolicy).execute({ actor, sameAgencyTwice, expectedVersion: version });
  }
});

function mandate(agency: Someone | undefined, influencer: Someone, share: string, more: More = {}) {
  if (agency === undefined) throw new Error('There are fewer agencies than cuts.');
  return world.mandate(agency, influencer, everyKind(gross(share)), null, more);
}
