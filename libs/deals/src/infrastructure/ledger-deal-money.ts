import { IdGenerator, type Transaction, UnitOfWork } from '@evenhand/kernel';
import {
  FreezeShares,
  FundEscrow,
  InsufficientEscrow,
  LedgerQueries,
  OpenBook,
  RecordGiftReceived,
  RecordGiftReturned,
  RecordGiftValueCorrected,
  ReturnEscrow,
  SplitEarnings,
  UnfreezeShares,
} from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import type { Deal, Deliverable } from '../application/deal';
import type { Gift } from '../application/gift';
import { DealMoney } from '../application/deal-money';
import { daysAfter } from '../domain/days';

const DISPUTE = 'dispute';

@Injectable()
export class LedgerDealMoney extends DealMoney {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly openBook: OpenBook,
    private readonly fundEscrow: FundEscrow,
    private readonly returnEscrow: ReturnEscrow,
    private readonly splitEarnings: SplitEarnings,
    private readonly giftReceived: RecordGiftReceived,
    private readonly giftReturned: RecordGiftReturned,
    private readonly giftCorrected: RecordGiftValueCorrected,
    private readonly freezeShares: FreezeShares,
    private readonly unfreezeShares: UnfreezeShares,
    private readonly ledger: LedgerQueries,
    private readonly ids: IdGenerator,
  ) {
    super();
  }

  override async ensureBook(tx: Transaction, { brandId }: Deal): Promise<void> {
    // The accepting side may be the influencer, who does not see the brand's book.
    await this.uow.asSystem(tx, () => this.openBook.execute(tx, { brandId }));
  }

  override async putAside(tx: Transaction, deal: Deal): Promise<void> {
    const parts = [
      { purpose: 'cash', part: deal.need.cash },
      { purpose: 'commission_reserve', part: deal.need.commissionReserve },
    ] as const;
    for (const { purpose, part } of parts) {
      if (!part || part.amountMinor === 0n) continue;
      // A deal is funded once, so its id makes the key; the brand's own key is kept with the deal.
      const idempotencyKey = `deal:${deal.id}:fund:${purpose}`;
      const { currency, amountMinor } = part;
      const { brandId, id: dealId } = deal;
      await this.fundEscrow.execute(tx, { brandId, dealId, currency, purpose, amountMinor, idempotencyKey });
    }
  }

  override async returnUnused(tx: Transaction, deal: Deal): Promise<void> {
    if (deal.fundedAt === null) return;
    for (;;) {
      try {
        await this.uow.savepoint(tx, () => this.returnWhatIsThere(tx, deal));
        return;
      } catch (error) {
        // A sale took from the reserve after it was read: what it left is returned.
        if (!(error instanceof InsufficientEscrow)) throw error;
      }
    }
  }

  private async returnWhatIsThere(tx: Transaction, { brandId, id: dealId }: Deal): Promise<void> {
    // Either side may end a deal, but only the brand sees its book.
    const escrow = await this.uow.asSystem(tx, () => this.ledger.escrowOf(tx, brandId, dealId));
    for (const { purpose, currency, balanceMinor: amountMinor } of escrow) {
      if (purpose === null || amountMinor === 0n) continue;
      // Refunds may fill the escrow again, so each return has a key of its own; that nothing is left makes it once.
      const idempotencyKey = `deal:${dealId}:return:${purpose}:${this.ids.next()}`;
      await this.returnEscrow.execute(tx, { brandId, dealId, currency, purpose, amountMinor, idempotencyKey });
    }
  }

  override async releaseCash(
    tx: Transaction,
    deal: Deal,
    deliverable: Deliverable,
    amountMinor: bigint,
    now: Date,
  ): Promise<void> {
    const plan = deal.terms.plans.cash;
    const currency = deal.need.cash?.currency;
    if (!plan || currency === undefined) throw new RangeError(`Deal ${deal.id} has milestones but no cash.`);
    await this.splitEarnings.execute(tx, deal.brandId, [
      {
        idempotencyKey: `deliverable:${deliverable.id}`,
        kind: 'cash',
        source: { type: 'deliverable', id: deliverable.id },
        dealId: deal.id,
        campaignId: deal.campaignId,
        influencerId: deal.influencerId,
        currency,
        baseMinor: amountMinor,
        poolMinor: amountMinor,
        plan,
        earnedAt: now,
        releaseAt: daysAfter(now, deal.terms.cashHoldDays),
        fundedFrom: 'escrow_cash',
      },
    ]);
  }

  override async recordGiftReceived(tx: Transaction, deal: Deal, gift: Gift, now: Date): Promise<void> {
    const idempotencyKey = `gift:${gift.id}:received`;
    await this.giftReceived.execute(tx, { ...giftEntry(deal, gift), idempotencyKey, receivedAt: now });
  }

  override async recordGiftReturned(tx: Transaction, deal: Deal, gift: Gift, now: Date): Promise<void> {
    const idempotencyKey = `gift:${gift.id}:returned`;
    await this.giftReturned.execute(tx, { ...giftEntry(deal, gift), idempotencyKey, returnedAt: now });
  }

  override async recordGiftCorrected(
    tx: Transaction,
    deal: Deal,
    gift: Gift,
    correction: { readonly number: number; readonly differenceMinor: bigint },
    now: Date,
  ): Promise<void> {
    const { receivedAt } = gift.progress;
    if (receivedAt === null) throw new RangeError(`Gift ${gift.id} is corrected in the books before its receipt.`);
    await this.giftCorrected.execute(tx, {
      brandId: deal.brandId,
      dealId: deal.id,
      receiverId: deal.influencerId,
      currency: gift.currency,
      differenceMinor: correction.differenceMinor,
      idempotencyKey: `gift:${gift.id}:correction:${correction.number}`,
      receivedAt,
      now,
    });
  }

  override async freeze(tx: Transaction, deal: Deal): Promise<void> {
    await this.freezeShares.execute(tx, { dealId: deal.id, reason: DISPUTE });
  }

  override async unfreeze(tx: Transaction, deal: Deal): Promise<void> {
    await this.unfreezeShares.execute(tx, { dealId: deal.id, reason: DISPUTE });
  }
}

function giftEntry(deal: Deal, gift: Gift) {
  const { currency, fairMarketValueMinor } = gift;
  return { brandId: deal.brandId, dealId: deal.id, receiverId: deal.influencerId, currency, fairMarketValueMinor };
}
