import type { Actor } from '@evenhand/kernel';
import type { EarningDraft } from '@evenhand/ledger';
import type { ItemView } from '@evenhand/payouts';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, fund, saleOf } from '../invariants/deal-in-test';
import type { PayoutsUnderTest } from './payouts-under-test';

export const ALL = { first: 100, after: null };

/** A deal whose parties exist, and whose payees have accounts; 10 % to the platform, 40 % to the agency, 50 % kept. */
export async function dealOf(payouts: PayoutsUnderTest, given: Partial<DealInTest> = {}): Promise<DealInTest> {
  const parties = {
    brandId: given.brandId ?? (await payouts.party('brand')),
    influencerId: given.influencerId ?? (await payouts.party('influencer', 'Aoi')),
    agencyId: given.agencyId ?? (await payouts.party('agency', 'Sakura Talent')),
  };
  const deal = await dealInTest(payouts.ledger, { ...given, ...parties });
  payouts.accounts.set(deal.influencerId, deal.currency);
  payouts.accounts.set(deal.agencyId, deal.currency);
  return deal;
}

/** The brand's money for commissions of this gross. */
export function bringMoney(payouts: PayoutsUnderTest, deal: DealInTest, amountMinor: bigint): Promise<void> {
  return fund(payouts.ledger, deal, amountMinor, 'commission_reserve');
}

/** A sale; answers the id of its order line. */
export async function sell(
  payouts: PayoutsUnderTest,
  deal: DealInTest,
  grossMinor: bigint,
  given: Partial<EarningDraft> = {},
): Promise<string> {
  const sale = saleOf(deal, grossMinor, given);
  await payouts.ledger.run((tx) => payouts.ledger.splitEarnings.execute(tx, deal.brandId, [sale]));
  return sale.source.id;
}

export async function release(payouts: PayoutsUnderTest): Promise<void> {
  await payouts.ledger.releaseDueHolds.execute({ now: new Date(), limit: 10_000 });
}

/** A refund of part of a sale of `grossMinor` ten times over. */
export async function refund(
  payouts: PayoutsUnderTest,
  deal: DealInTest,
  saleId: string,
  refundedBaseMinor: bigint,
): Promise<void> {
  const refundId = uuidv7();
  const reversal = {
    idempotencyKey: `refund:${refundId}`,
    source: { type: 'sale' as const, id: saleId },
    refundId,
    refundedBaseMinor,
    occurredAt: new Date(),
  };
  await payouts.ledger.run((tx) => payouts.ledger.reverseEarnings.execute(tx, deal.brandId, [reversal]));
}

/** A deal with one sale that is paid for, released and ready for payout: 500 to the influencer, 400 to the agency. */
export async function payable(
  payouts: PayoutsUnderTest,
  given: Partial<DealInTest> = {},
  grossMinor = 1000n,
): Promise<DealInTest & { readonly saleId: string }> {
  const deal = await dealOf(payouts, given);
  await bringMoney(payouts, deal, grossMinor);
  const saleId = await sell(payouts, deal, grossMinor);
  await release(payouts);
  return { ...deal, saleId };
}

interface Preparation {
  readonly actor?: Actor;
  readonly cutOff?: Date;
  readonly currencies?: readonly string[] | null;
  readonly minimums?: readonly { readonly currency: string; readonly minimumMinor: bigint }[];
  readonly idempotencyKey?: string;
}

export async function draft(payouts: PayoutsUnderTest, given: Preparation = {}): Promise<string> {
  const { batchId } = await payouts.prepare.execute({
    actor: payouts.preparer,
    cutOff: new Date(),
    timeZone: 'Europe/Paris',
    currencies: null,
    minimums: [],
    idempotencyKey: uuidv7(),
    ...given,
  });
  return batchId;
}

/** Submits a draft and has it approved by the other person. */
export async function approve(payouts: PayoutsUnderTest, batchId: string): Promise<void> {
  const { contentHash } = await payouts.submit.execute({ actor: payouts.preparer, batchId });
  await payouts.approve.execute({ actor: payouts.approver, batchId, contentHash });
}

export async function itemsOf(payouts: PayoutsUnderTest, batchId: string): Promise<readonly ItemView[]> {
  const page = await payouts.listItems.execute({ actor: payouts.preparer, filter: { batchId }, page: ALL });
  return page.rows.map((row) => row.node);
}

/** The item of one payee in a batch, or an error that fails the test. */
export async function itemOf(payouts: PayoutsUnderTest, batchId: string, partyId: string): Promise<ItemView> {
  const item = (await itemsOf(payouts, batchId)).find((candidate) => candidate.partyId === partyId);
  if (item === undefined) throw new Error('The payee has no item in this batch.');
  return item;
}

/** Amounts by reason that a batch states for one payee. */
export async function reasonsFor(
  payouts: PayoutsUnderTest,
  batchId: string,
  payeeId: string,
): Promise<Readonly<Record<string, bigint>>> {
  const filter = { batchId, payeeId };
  const page = await payouts.listExclusions.execute({ actor: payouts.preparer, filter, page: ALL });
  return Object.fromEntries(page.rows.map(({ node }) => [node.reason, node.amountMinor]));
}
