import { compileSplitPlan, type EarningDraft, type SplitPlan } from '@evenhand/ledger';
import { uuidv7 } from 'uuidv7';
import { FINANCE, type LedgerUnderTest } from './ledger-under-test';

export const PLATFORM = '0190a000-0000-7000-8000-000000000001';

/** A brand's deal with one influencer and her agency: 10 % to the platform, 40 % of the gross to the agency. */
export interface DealInTest {
  readonly brandId: string;
  readonly bookId: number;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly agencyId: string;
  readonly currency: string;
  readonly plan: SplitPlan;
}

export async function dealInTest(ledger: LedgerUnderTest, given: Partial<DealInTest> = {}): Promise<DealInTest> {
  const brandId = given.brandId ?? uuidv7();
  const bookId = await ledger.run((tx) => ledger.openBook.execute(tx, { brandId }));
  const influencerId = given.influencerId ?? uuidv7();
  const agencyId = given.agencyId ?? uuidv7();
  const plan = compileSplitPlan(influencerId, [
    { partyId: PLATFORM, role: 'platform', of: 'gross', share: '0.10' },
    { partyId: agencyId, role: 'agency', of: 'gross', share: '0.40' },
  ]);
  const ids = { dealId: uuidv7(), campaignId: uuidv7() };
  return { ...ids, currency: 'EUR', plan, ...given, brandId, bookId, influencerId, agencyId };
}

/** Money from the bank into the brand's balance, and from there into the deal's escrow. */
export async function fund(
  ledger: LedgerUnderTest,
  deal: DealInTest,
  amountMinor: bigint,
  purpose: 'cash' | 'commission_reserve' | null,
): Promise<void> {
  const { brandId, currency, dealId } = deal;
  await ledger.recordBankCredit.execute({
    actor: FINANCE,
    brandId,
    currency,
    amountMinor,
    bankReference: 'SCT 1',
    receivedAt: ledger.clock.now(),
    idempotencyKey: uuidv7(),
  });
  if (purpose === null) return;
  const command = { brandId, dealId, currency, purpose, amountMinor, idempotencyKey: uuidv7() };
  await ledger.run((tx) => ledger.fundEscrow.execute(tx, command));
}

export function saleOf(deal: DealInTest, grossMinor: bigint, given: Partial<EarningDraft> = {}): EarningDraft {
  const id = given.source?.id ?? uuidv7();
  const { dealId, campaignId, influencerId, currency, plan } = deal;
  return {
    idempotencyKey: `sale:${id}`,
    kind: 'note_commission',
    source: { type: 'sale', id },
    dealId,
    campaignId,
    influencerId,
    currency,
    plan,
    baseMinor: grossMinor * 10n,
    poolMinor: grossMinor,
    earnedAt: new Date('2026-10-01T10:00:00.000Z'),
    releaseAt: new Date('2026-10-15T10:00:00.000Z'),
    fundedFrom: 'reserve_then_receivable',
    ...given,
  };
}

export function milestoneOf(deal: DealInTest, grossMinor: bigint, given: Partial<EarningDraft> = {}): EarningDraft {
  const id = given.source?.id ?? uuidv7();
  return saleOf(deal, grossMinor, {
    idempotencyKey: `deliverable:${id}`,
    kind: 'cash',
    source: { type: 'deliverable', id },
    baseMinor: grossMinor,
    fundedFrom: 'escrow_cash',
    ...given,
  });
}
