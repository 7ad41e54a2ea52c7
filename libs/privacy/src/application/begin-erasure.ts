import { EraseBidTexts } from '@evenhand/campaigns';
import { EraseDealTexts } from '@evenhand/deals';
import { EraseUser, UserProfiles } from '@evenhand/identity';
import { Clock, IdGenerator, NotFound, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { CountOpenBalances } from '@evenhand/ledger';
import { ErasePersonOfParties } from '@evenhand/parties';
import { CountUnsettledPayouts } from '@evenhand/payouts';
import { Injectable } from '@nestjs/common';
import { assertNothingBinds, type Erasure } from '../domain/erasure';
import { ErasureStore } from './erasure-store';

interface Wanted {
  readonly userId: string;
  readonly requestedBy: string;
  readonly reason: string | null;
}

/**
 * Nobody gets into the account from now on, and a job does the rest. Asked again, it answers the erasure that there is. The
 * caller has decided that its actor may. Throws `NotFound` and what `assertNothingBinds` throws.
 */
@Injectable()
export class BeginErasure {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ErasureStore,
    private readonly profiles: UserProfiles,
    private readonly users: EraseUser,
    private readonly parties: ErasePersonOfParties,
    private readonly bids: EraseBidTexts,
    private readonly deals: EraseDealTexts,
    private readonly balances: CountOpenBalances,
    private readonly payouts: CountUnsettledPayouts,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async inTransaction(tx: Transaction, { userId, requestedBy, reason }: Wanted): Promise<Erasure> {
    const begun = await this.find(tx, userId);
    if (begun !== null) return begun;
    const user = (await this.profiles.profilesOf(tx, [userId])).get(userId);
    if (user === undefined) throw new NotFound('User');
    const { influencerId, aloneIn, onlyOwnerOf } = await this.parties.ownPartiesOf(tx, userId);
    const partyIds = influencerId === null ? aloneIn : [influencerId, ...aloneIn];
    assertNothingBinds({
      holdsStaffRole: user.staffRoles.length > 0,
      onlyOwnerOf,
      openDeals: await this.deals.countOpenDeals(tx, partyIds),
      openBids: await this.bids.countOpenBids(tx, partyIds),
      openBalances: await this.balances.execute(tx, partyIds),
      unsettledPayouts: await this.payouts.execute(tx, partyIds),
    });
    const requestedAt = this.clock.now();
    const erasureId = this.ids.next();
    const erasure = { erasureId, userId, influencerId, aloneIn, requestedBy, reason, requestedAt };
    if (!(await this.uow.asSystem(tx, () => this.store.add(tx, erasure)))) {
      return (await this.find(tx, userId)) ?? erasure;
    }
    await this.users.shut(tx, userId, requestedAt);
    const payload = { by: requestedBy };
    await this.outbox.append(tx, [{ type: 'privacy.erasure_requested', subjectId: userId, payload }]);
    return erasure;
  }

  private find(tx: Transaction, userId: string): Promise<Erasure | null> {
    return this.uow.asSystem(tx, () => this.store.find(tx, userId));
  }
}
