import { BudgetExceeded } from '@evenhand/campaigns';
import { Forbidden, InvalidInput, NotFound } from '@evenhand/kernel';
import { CutsExceedWhole, LedgerQueries } from '@evenhand/ledger';
import { moneyOf } from '@evenhand/money';
import { briefIn, cashIn, commissionIn, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../../test/support/deal-world';
import { InvalidTrackingCode, PolicyVersionSuperseded, TrackingCodeTaken } from '../domain/errors';
import type { PlatformFee } from '../domain/platform-fee';
import { AcceptOffer } from './accept-offer';
import { ChooseTrackingCode } from './choose-tracking-code';
import { CompleteDeal } from './complete-deal';
import { DealDirectory } from './deal-directory';
import { GetMarketplacePolicy } from './get-marketplace-policy';
import { PreviewSplit, type SplitSubject } from './preview-split';
import { SubmitDeliverable } from './submit-deliverable';
import { ApproveDeliverable } from './approve-deliverable';
import { UpdateMarketplacePolicy } from './update-marketplace-policy';

const COMMISSION = { cash: null, gift: null, commission: commissionIn('EUR') };

let world: DealWorld;
let brand: Someone;

beforeAll(async () => {
  world = await DealWorld.open();
  brand = await world.signUpBrand();
  await world.credit(brand, 'EUR', 100_000_000n);
}, 60_000);

afterAll(() => world.close());

function campaign(changes = {}): Promise<string> {
  return world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR', changes));
}

async function preview(someone: Someone, subject: SplitSubject) {
  const actor = await world.actor(someone);
  return world.get(PreviewSplit).execute({ actor, subject, exampleSales: moneyOf(100_000n, 'EUR') });
}

async function changePolicy(share: string): Promise<void> {
  const actor = await world.operator();
  const current = await world.get(GetMarketplacePolicy).execute({ actor });
  const cash: PlatformFee = { share, of: 'gross', bounds: [] };
  const terms = { ...current, platformFees: { ...current.platformFees, cash, note_commission: cash } };
  await world.get(UpdateMarketplacePolicy).execute({ actor, terms, expectedVersion: current.version });
}

describe('a preview', () => {
  it('shows influencer, agency and brand the same, and what the deal then has', async () => {
    const influencer = await world.signUpInfluencer();
    const agency = await world.signUpAgency();
    await world.mandate(agency, influencer, everyKind({ of: 'remainder', share: '3/8' }));
    const campaignId = await campaign();
    const newBid = {
      type: 'new_bid',
      campaignId,
      influencerId: influencer.partyId,
      compensation: mixIn('EUR'),
    } as const;
    const mine = await preview(influencer, newBid);
    expect(await preview(agency, newBid)).toEqual(mine);
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    const offer = { type: 'offer', bidId, offerNumber: null } as const;
    expect(await preview(brand, offer)).toEqual(mine);
    await world.accept(brand, bidId);
    await world.endMandate(agency, mine.mandates[0]?.mandateId ?? '');
    expect(await preview(brand, offer)).toEqual(mine);
    const [cash, note, livestream] = mine.splits;
    expect([cash?.kind, note?.kind, livestream?.kind]).toEqual(['cash', 'note_commission', 'livestream_commission']);
    expect(note?.parts.map(({ role, amountMinor }) => [role, amountMinor])).toEqual([
      ['platform', 2_000n],
      ['agency', 3_000n],
      ['influencer', 5_000n],
    ]);
    expect(mine.gift).toMatchObject({ fairMarketValueMinor: 39_000n, receiverId: influencer.partyId });
  });

  it('shows a brand its counter-offer, and shows no stranger anything', async () => {
    const influencer = await world.signUpInfluencer();
    const campaignId = await campaign();
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    const counter = { type: 'counter_offer', bidId, compensation: cashIn('EUR') } as const;
    const shown = await preview(brand, counter);
    expect(shown.splits.map(({ kind, grossMinor }) => [kind, grossMinor])).toEqual([['cash', 133_334n]]);
    const rival = await world.signUpInfluencer('Rival');
    await expect(preview(rival, counter)).rejects.toThrow(NotFound);
    const probing = {
      type: 'new_bid',
      campaignId,
      influencerId: influencer.partyId,
      compensation: cashIn('EUR'),
    } as const;
    await expect(preview(brand, probing)).rejects.toThrow(NotFound);
    await expect(preview(rival, probing)).rejects.toThrow(NotFound);
  });

  it('leaves an influencer zero under a cut of 100 %', async () => {
    const influencer = await world.signUpInfluencer();
    await world.mandate(await world.signUpAgency(), influencer, everyKind({ of: 'remainder', share: '1' }));
    const campaignId = await campaign();
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    const shown = await preview(influencer, { type: 'offer', bidId, offerNumber: 1 });
    for (const { parts, grossMinor } of shown.splits) {
      expect(parts.find(({ role }) => role === 'influencer')?.amountMinor).toBe(0n);
      expect(parts.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(grossMinor);
    }
  });

  it('and acceptance refuse cuts of more than the whole, and nothing is written', async () => {
    const influencer = await world.signUpInfluencer();
    await world.mandate(await world.signUpAgency(), influencer, everyKind({ of: 'gross', share: '0.95' }));
    const campaignId = await campaign();
    const bidId = await world.bid(campaignId, influencer, mixIn('EUR'));
    const offer = { type: 'offer', bidId, offerNumber: null } as const;
    await expect(preview(brand, offer)).rejects.toThrow(CutsExceedWhole);
    await expect(world.accept(brand, bidId)).rejects.toThrow(CutsExceedWhole);
    const [row] = await world.sql(await world.actor(brand), 'select state from campaigns.bids where id = $1', [bidId]);
    expect(row).toEqual({ state: 'submitted' });
  });
});

describe('the terms of a deal', () => {
  it('stay as accepted when the policy changes and the mandate ends', async () => {
    const influencer = await world.signUpInfluencer();
    const agency = await world.signUpAgency();
    const { mandateId, version } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.2' }));
    const dealId = await world.accept(brand, await world.bid(await campaign(), influencer, cashIn('EUR')));
    await world.fund(brand, dealId);
    const before = await world.deal(brand, dealId);
    expect(before.terms.mandates).toEqual([{ mandateId, version, agencyId: agency.partyId }]);
    await changePolicy('0.50');
    await world.endMandate(agency, mandateId);
    expect((await world.deal(brand, dealId)).terms).toEqual(before.terms);
    const deliverableId = before.deliverables[0]?.id ?? '';
    const submission = { deliverableId, caption: '#广告', mediaUrls: [] };
    await world.get(SubmitDeliverable).execute({ actor: await world.actor(influencer), ...submission });
    await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
    const page = { first: 1, after: null };
    const earnings = await world.asSystem((tx) => world.get(LedgerQueries).earnings(tx, { dealId }, page));
    const rows = earnings.rows[0]?.node.shares.map(({ role, share }) => ({ role, share }));
    expect(rows).toEqual([
      { role: 'platform', share: '1/10' },
      { role: 'agency', share: '1/5' },
      { role: 'influencer', share: '7/10' },
    ]);
    await changePolicy('0.10');
  });

  it('can be changed by nobody', async () => {
    const influencer = await world.signUpInfluencer();
    const dealId = await world.accept(brand, await world.bid(await campaign(), influencer, cashIn('EUR')));
    for (const actor of [await world.actor(brand), { kind: 'system', name: 'test' } as const]) {
      for (const change of [
        `update deals.deals set terms = '{}' where id = $1`,
        `update deals.deals set cash_minor = 1 where id = $1`,
        `update deals.milestones set amount_minor = 1 where deal_id = $1`,
        `update deals.deliverables set revisions_allowed = 99 where deal_id = $1`,
        `update deals.state_changes set to_state = 'x' where deal_id = $1`,
        `delete from deals.state_changes where deal_id = $1`,
        `delete from deals.deals where id = $1`,
        `update deals.marketplace_policies set default_hold_days = 1 where $1::text is not null`,
      ]) {
        await expect(world.sql(actor, change, [dealId])).rejects.toThrow(/permission denied/);
      }
    }
  });
});

describe('two acceptances', () => {
  it('on one budget: one wins, the other is refused by name', async () => {
    const campaignId = await campaign({ budgets: [{ currency: 'EUR', amountMinor: 200_000n }] });
    const bids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      bids.push(await world.bid(campaignId, await world.signUpInfluencer(), cashIn('EUR')));
    }
    const outcomes = await Promise.allSettled(bids.map((bidId) => world.accept(brand, bidId)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused) expect(error).toBeInstanceOf(BudgetExceeded);
  });

  it('of one bid: one deal', async () => {
    const influencer = await world.signUpInfluencer();
    const bidId = await world.bid(await campaign(), influencer, cashIn('EUR'));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => world.accept(brand, bidId)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows = await world.sql(await world.actor(brand), 'select id from deals.deals where bid_id = $1', [bidId]);
    expect(rows).toHaveLength(1);
  });
});

describe('tracking codes', () => {
  it('are one a kind, readable, and found without regard to case', async () => {
    const influencer = await world.signUpInfluencer('Mei Lin');
    const dealId = await world.accept(brand, await world.bid(await campaign(), influencer, COMMISSION));
    const { codes, state } = await world.deal(brand, dealId);
    expect(state).toBe('active');
    expect(codes.map(({ kind }) => kind)).toEqual(['note_commission', 'livestream_commission']);
    expect(codes[0]?.code).toMatch(/^MEI-[2-9A-Z]{4}$/);
    const [code = '', slug = ''] = [codes[1]?.code, codes[1]?.linkSlug];
    const found = await world.asSystem(async (tx) => ({
      byCode: await world.get(DealDirectory).findByCodes(tx, brand.partyId, [code.toLowerCase(), 'NOBODY']),
      bySlug: await world.get(DealDirectory).findByLinkSlugs(tx, [slug, 'nothing']),
      own: await world.get(DealDirectory).codeOf(tx, brand.partyId, dealId, 'livestream_commission'),
      rivals: await world.get(DealDirectory).codeOf(tx, influencer.partyId, dealId, 'livestream_commission'),
    }));
    expect([found.own, found.rivals]).toEqual([code, undefined]);
    expect([...found.byCode.keys()]).toEqual([code]);
    expect(found.byCode.get(code)).toMatchObject({ dealId, kind: 'livestream_commission', activeUntil: null });
    expect(found.bySlug.get(slug)).toEqual(found.byCode.get(code));
    expect(found.byCode.get(code)?.activeFrom).toEqual(world.clock.now());
  });

  it("are the brand's wish where it has one, unique within the brand alone", async () => {
    const influencer = await world.signUpInfluencer();
    const accept = async (owner: Someone, someone: Someone, codeWishes: Record<string, string>) => {
      const campaignId = await world.publishCampaign(owner, briefIn('EUR'), limitsIn('EUR'));
      const bidId = await world.bid(campaignId, influencer, COMMISSION);
      const by = await world.actor(someone);
      return world.get(AcceptOffer).execute({ actor: by, bidId, offerNumber: 1, codeWishes });
    };
    const { dealId } = await accept(brand, brand, { note_commission: 'yuki10' });
    const codeOf = async () => (await world.deal(brand, dealId)).codes.map(({ code }) => code);
    expect(await codeOf()).toContain('YUKI10');
    await expect(accept(brand, brand, { note_commission: 'YUKI10' })).rejects.toThrow(TrackingCodeTaken);
    const twice = { note_commission: 'SAME', livestream_commission: 'same' };
    await expect(accept(brand, brand, twice)).rejects.toThrow(TrackingCodeTaken);
    const other = await world.signUpBrand('Other Label');
    await accept(other, other, { note_commission: 'YUKI10' });
    const choose = { dealId, kind: 'note_commission', actor: await world.actor(brand) } as const;
    await expect(world.get(ChooseTrackingCode).execute({ ...choose, code: 'no!' })).rejects.toThrow(
      InvalidTrackingCode,
    );
    await world.get(ChooseTrackingCode).execute({ ...choose, code: 'SPRING-YUKI' });
    expect(await codeOf()).toEqual(expect.arrayContaining(['YUKI10', 'SPRING-YUKI']));
    await expect(
      world.get(ChooseTrackingCode).execute({ ...choose, actor: await world.actor(influencer), code: 'MINE' }),
    ).rejects.toThrow(Forbidden);
  });

  it('count until the attribution window after completion ends', async () => {
    const influencer = await world.signUpInfluencer();
    const dealId = await world.accept(brand, await world.bid(await campaign(), influencer, COMMISSION));
    const { codes, deliverables } = await world.deal(brand, dealId);
    for (const { id: deliverableId } of deliverables) {
      const actor = await world.actor(influencer);
      await world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: '#广告', mediaUrls: [] });
      await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
    }
    await world.get(CompleteDeal).execute({ actor: await world.actor(brand), dealId });
    const code = codes[0]?.code ?? '';
    const found = await world.asSystem((tx) => world.get(DealDirectory).findByCodes(tx, brand.partyId, [code]));
    const until = new Date(world.clock.now().getTime() + 30 * 86_400_000);
    expect(found.get(code)).toMatchObject({ state: 'completed', activeUntil: until });
  });
});

describe('the marketplace policy', () => {
  it('is changed by operators alone, version by version', async () => {
    const actor = await world.operator();
    const current = await world.get(GetMarketplacePolicy).execute({ actor: { kind: 'anonymous' } });
    const update = { terms: current, expectedVersion: current.version };
    const asBrand = world.get(UpdateMarketplacePolicy).execute({ actor: await world.actor(brand), ...update });
    await expect(asBrand).rejects.toThrow(Forbidden);
    const twice = [1, 2].map(() => world.get(UpdateMarketplacePolicy).execute({ actor, ...update }));
    const outcomes = await Promise.allSettled(twice);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.any(PolicyVersionSuperseded)]);
    const wrong = { ...current, autoApprovalDays: 0 };
    await expect(
      world.get(UpdateMarketplacePolicy).execute({ actor, terms: wrong, expectedVersion: current.version + 1 }),
    ).rejects.toThrow(InvalidInput);
  });
});
