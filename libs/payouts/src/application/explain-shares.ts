import { Clock, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { shareKey, type ShareKey } from '@evenhand/ledger';
import { PayoutAccountDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { notPaidBecause, type PayeePosition, type ShareFacts, type ShareInItem } from '../domain/not-paid-because';
import { type BookPosition, type PayeeInBook, PositionQueries } from './position-queries';
import type { SharePayout } from './report';

/** A share as far as its payout depends on it. */
export interface ExplainedShare extends ShareKey, PayeeInBook {
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
  readonly state: 'held' | 'released';
  readonly releaseAt: Date | null;
  readonly frozenReason: string | null;
}

const NOTHING: PayeePosition = {
  hasAccount: false,
  openInBookMinor: 0n,
  openInAllMinor: 0n,
  minimumMinor: 0n,
  cashMinor: 0n,
};

/**
 * What became of the money of shares, and why what is not paid is not. The caller passes shares whose payouts its actor
 * may see; the reasons need what the actor may not see (a brand's cash), and tell no more of it than the reason.
 */
@Injectable()
export class ExplainShares {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly positions: PositionQueries,
    private readonly accounts: PayoutAccountDirectory,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, shares: readonly ExplainedShare[]): Promise<ReadonlyMap<string, SharePayout>> {
    if (shares.length === 0) return new Map();
    const now = this.clock.now();
    return this.uow.asSystem(tx, async () => {
      const items = groupByShare(await this.positions.itemsOf(tx, shares));
      const positions = await this.positionsOf(tx, shares);
      return new Map(
        shares.map((share) => {
          const key = shareKey(share);
          return [key, explain(share, items.get(key) ?? [], positions.get(payeeKeyOf(share)) ?? NOTHING, now)];
        }),
      );
    });
  }

  private async positionsOf(
    tx: Transaction,
    shares: readonly ExplainedShare[],
  ): Promise<ReadonlyMap<string, PayeePosition>> {
    const released = shares.filter((share) => share.state === 'released');
    const payees = [...new Map(released.map((share) => [payeeKeyOf(share), share])).values()];
    const accounts = await this.accounts.versionsOf(tx, payees);
    const found = await this.positions.positionsOf(tx, payees);
    const withAccount = (position: BookPosition): PayeePosition => ({
      ...position,
      hasAccount: accounts.has(`${position.partyId}:${position.currency}`),
    });
    return new Map(found.map((position) => [payeeKeyOf(position), withAccount(position)]));
  }
}

function groupByShare(items: readonly (ShareKey & ShareInItem)[]): ReadonlyMap<string, readonly ShareInItem[]> {
  const byShare = new Map<string, ShareInItem[]>();
  for (const item of items) {
    const ofShare = byShare.get(shareKey(item));
    if (ofShare === undefined) byShare.set(shareKey(item), [item]);
    else ofShare.push(item);
  }
  return byShare;
}

function payeeKeyOf({ bookId, partyId, currency }: PayeeInBook): string {
  return `${bookId}:${partyId}:${currency}`;
}

function explain(share: ExplainedShare, items: readonly ShareInItem[], payee: PayeePosition, now: Date): SharePayout {
  const netMinor = share.amountMinor - share.reversedMinor;
  const facts: ShareFacts = { ...share, netMinor, items, payee };
  const inItems = items.reduce((sum, item) => sum + item.amountMinor, 0n);
  const paid = items.filter((item) => item.itemState === 'paid').reduce((sum, item) => sum + item.amountMinor, 0n);
  return {
    heldMinor: share.state === 'held' ? netMinor : 0n,
    availableMinor: share.state === 'held' ? 0n : netMinor - inItems,
    inPayoutMinor: inItems - paid,
    paidMinor: paid,
    notPaidBecause: notPaidBecause(facts, now),
  };
}
