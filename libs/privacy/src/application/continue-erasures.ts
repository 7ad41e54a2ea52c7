import { EraseBidTexts } from '@evenhand/campaigns';
import { EraseDealTexts } from '@evenhand/deals';
import { EraseSavedSearches } from '@evenhand/discovery';
import { EraseUser, UserProfiles } from '@evenhand/identity';
import { eachAlone, Outbox, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { EraseMessages } from '@evenhand/messages';
import { EraseNotifications } from '@evenhand/notifications';
import { ErasePersonOfParties } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { type Erasure, type ErasureStep, stepsLeft } from '../domain/erasure';
import { ErasureStore } from './erasure-store';

const SYSTEM = systemActor('erase personal data');

/**
 * Goes on with every erasure that is not finished: each step in a transaction of its own, in which it is marked as done too,
 * so that a process that ends in the middle loses nothing and does nothing twice.
 */
@Injectable()
export class ContinueErasures {
  private readonly steps: Readonly<
    Record<ErasureStep, (tx: Transaction, erasure: Erasure, now: Date) => Promise<void>>
  >;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ErasureStore,
    private readonly outbox: Outbox,
    profiles: UserProfiles,
    users: EraseUser,
    parties: ErasePersonOfParties,
    bids: EraseBidTexts,
    deals: EraseDealTexts,
    messages: EraseMessages,
    searches: EraseSavedSearches,
    notifications: EraseNotifications,
  ) {
    this.steps = {
      campaigns: (tx, { userId, influencerId }) => bids.execute(tx, userId, influencerId),
      deals: (tx, { userId, influencerId }) => deals.execute(tx, userId, influencerId),
      messages: (tx, { userId }) => messages.execute(tx, userId),
      discovery: (tx, { userId }) => searches.execute(tx, userId),
      notifications: (tx, { userId }) => notifications.execute(tx, userId),
      parties: async (tx, erasure, now) => {
        const email = (await profiles.profilesOf(tx, [erasure.userId])).get(erasure.userId)?.email;
        if (email !== undefined) await parties.execute(tx, { ...erasure, email }, now);
      },
      identity: (tx, { userId }, now) => users.execute(tx, userId, now),
    };
  }

  async execute({ now, limit }: { readonly now: Date; readonly limit: number }): Promise<void> {
    const open = await this.uow.read(SYSTEM, (tx) => this.store.unfinished(tx, limit));
    await eachAlone(open, (erasureId) => this.continue(erasureId, now));
  }

  private async continue(erasureId: string, now: Date): Promise<void> {
    while (await this.uow.run(SYSTEM, (tx) => this.oneStep(tx, erasureId, now)));
  }

  /** True where there is another step. */
  private async oneStep(tx: Transaction, erasureId: string, now: Date): Promise<boolean> {
    const found = await this.store.lock(tx, erasureId);
    if (found === null) return false;
    const [step] = stepsLeft(found.done);
    if (step !== undefined) {
      await this.steps[step](tx, found.erasure, now);
      await this.store.markDone(tx, erasureId, step, now);
      return true;
    }
    await this.store.finish(tx, erasureId, now);
    const subjectId = found.erasure.userId;
    await this.outbox.append(tx, [{ type: 'privacy.erasure_finished', subjectId, payload: {} }]);
    return false;
  }
}
