import { type Actor, authorize, Clock, IdGenerator, isFinance, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { requireSession } from '@evenhand/identity';
import { currencyOf } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { maskedHint } from '../domain/bank-details';
import { OwnPayoutAccount } from '../domain/errors';
import type { PayoutAccount } from '../domain/payout-account';
import { BankDetailsCheck, type BankDetailsInput } from './bank-details-check';
import { requireMoneyOwner } from './party-access';
import { PayoutAccountRepository } from './payout-account-repository';
import { resealAll } from './reseal-all';

export interface SetPayoutAccountCommand extends BankDetailsInput {
  readonly actor: Actor;
  readonly partyId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * Where a party's money in one currency goes from now on: set by the influencer for herself or by an owner for the
 * organisation, never by an agency for its influencer. The account before is kept, sealed. Throws `InvalidBankDetails`.
 */
@Injectable()
export class SetPayoutAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: PayoutAccountRepository,
    private readonly check: BankDetailsCheck,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: SetPayoutAccountCommand): Promise<PayoutAccount> {
    const { actor, partyId, currency, ...input } = command;
    const person = requireMoneyOwner(actor, partyId, 'set payout accounts');
    const details = this.check.parse(input);
    const account: PayoutAccount = {
      id: this.ids.next(),
      partyId,
      currency: currencyOf(currency).code,
      country: details.country,
      hint: maskedHint(details),
      createdBy: person.userId,
      createdAt: this.clock.now(),
      verifiedAt: null,
    };
    await this.uow.run(person, async (tx) => {
      await this.accounts.replace(tx, account, details);
      const payload = { accountId: account.id, currency: account.currency, by: person.userId };
      await this.outbox.append(tx, [{ type: 'parties.payout_account_set', subjectId: partyId, payload }]);
    });
    return account;
  }
}

/** The accounts in force of a party, masked, for whoever may set them. */
@Injectable()
export class ListPayoutAccounts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: PayoutAccountRepository,
  ) {}

  async execute(query: { actor: Actor; partyId: string }): Promise<readonly PayoutAccount[]> {
    const actor = requireMoneyOwner(query.actor, query.partyId, 'see payout accounts');
    return this.uow.read(actor, (tx) => this.accounts.list(tx, query.partyId));
  }
}

/** Finance has confirmed with the payee that the account is theirs; throws `OwnPayoutAccount`. */
@Injectable()
export class VerifyPayoutAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: PayoutAccountRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; accountId: string }): Promise<PayoutAccount> {
    const actor = requireSession(command.actor);
    authorize(isFinance(actor), false, 'Payout account', 'verify payout accounts');
    return this.uow.run(actor, async (tx) => {
      const account = await this.accounts.find(tx, command.accountId);
      if (account === null) throw new NotFound('Payout account');
      if (account.createdBy === actor.userId) throw new OwnPayoutAccount();
      const verifiedAt = this.clock.now();
      await this.accounts.markVerified(tx, account.id, actor.userId, verifiedAt);
      const payload = { accountId: account.id, by: actor.userId };
      await this.outbox.append(tx, [{ type: 'parties.payout_account_verified', subjectId: account.partyId, payload }]);
      return { ...account, verifiedAt };
    });
  }
}

/** After a new encryption key was added: seals every account with it, so that the old key can go. Answers how many. */
@Injectable()
export class ResealPayoutAccounts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: PayoutAccountRepository,
  ) {}

  execute(): Promise<{ resealed: number }> {
    return resealAll(this.uow, 'reseal payout accounts', (tx, limit) => this.accounts.resealStale(tx, limit));
  }
}
