import type { Transaction } from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import {
  PayoutAccountDirectory,
  type PayoutAccountKey,
  type PayoutAccountVersion,
  type PayoutDestination,
} from '../application/payout-account-directory';
import { PayoutAccountRepository } from '../application/payout-account-repository';
import type { BankDetails } from '../domain/bank-details';
import type { PayoutAccount } from '../domain/payout-account';
import { openDetails, sealDetails } from './payout-account-seal';
import { PayoutAccountRow } from './payout-account.row';

@Injectable()
export class TypeormPayoutAccountRepository extends PayoutAccountRepository {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async replace(tx: Transaction, account: PayoutAccount, details: BankDetails): Promise<void> {
    const { partyId, currency } = account;
    // Two changes at once come one after the other; the later one counts.
    await managerOf(tx).query('select 1 from parties.parties where id = $1 for no key update', [partyId]);
    const inForce = { partyId, currency, replacedAt: IsNull() };
    await managerOf(tx).update(PayoutAccountRow, inForce, { replacedAt: account.createdAt });
    const row = { ...account, detailsSealed: sealDetails(this.cipher, account, details) };
    await managerOf(tx).insert(PayoutAccountRow, row);
  }

  override async list(tx: Transaction, partyId: string): Promise<readonly PayoutAccount[]> {
    return managerOf(tx).find(PayoutAccountRow, {
      where: { partyId, replacedAt: IsNull() },
      order: { currency: 'ASC' },
    });
  }

  override async find(tx: Transaction, accountId: string): Promise<PayoutAccount | null> {
    return managerOf(tx).findOneBy(PayoutAccountRow, { id: accountId, replacedAt: IsNull() });
  }

  override async markVerified(tx: Transaction, accountId: string, userId: string, at: Date): Promise<void> {
    await managerOf(tx).update(PayoutAccountRow, { id: accountId }, { verifiedAt: at, verifiedBy: userId });
  }

  override async resealStale(tx: Transaction, limit: number): Promise<number> {
    const sealed = await managerOf(tx)
      .createQueryBuilder(PayoutAccountRow, 'a')
      .addSelect('a.detailsSealed')
      .where("split_part(a.details_sealed, '.', 1) <> :newest", { newest: this.cipher.newestKeyId })
      .limit(limit)
      .setLock('pessimistic_write')
      .getMany();
    for (const row of sealed) {
      const details = openDetails(this.cipher, row, row.detailsSealed);
      const detailsSealed = sealDetails(this.cipher, row, details);
      await managerOf(tx).update(PayoutAccountRow, { id: row.id }, { detailsSealed });
    }
    return sealed.length;
  }
}

interface VersionRow {
  readonly id: string;
  readonly partyId: string;
  readonly currency: string;
  readonly hint: string;
  readonly setAt: Date;
}

interface PayableRow extends VersionRow {
  readonly sealed: string;
  readonly verifiedAt: Date | null;
}

interface Pair {
  readonly partyId: string;
  readonly currency: string;
}

/** The accounts in force of the wanted pairs, with the columns asked for. */
function accountsSql(columns: string): string {
  return `select a.id, a.party_id as "partyId", a.currency, a.hint, a.created_at as "setAt"${columns}
    from unnest($1::uuid[], $2::text[]) as wanted (party_id, currency)
    join parties.payout_accounts a
      on a.party_id = wanted.party_id and a.currency = wanted.currency and a.replaced_at is null`;
}

/** Row-level security decides whose accounts are seen: all of them for finance and the system, else one's own. */
@Injectable()
export class TypeormPayoutAccountDirectory extends PayoutAccountDirectory {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async forPayout(
    tx: Transaction,
    pairs: readonly Pair[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutDestination>> {
    const columns = ', a.details_sealed as sealed, a.verified_at as "verifiedAt"';
    const rows = await managerOf(tx).query<PayableRow[]>(accountsSql(columns), parametersOf(pairs));
    return new Map(rows.map((row) => [keyOf(row), this.destinationOf(row)]));
  }

  override async versionsOf(
    tx: Transaction,
    pairs: readonly Pair[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutAccountVersion>> {
    const rows = await managerOf(tx).query<VersionRow[]>(accountsSql(''), parametersOf(pairs));
    return new Map(rows.map((row) => [keyOf(row), { accountId: row.id, hint: row.hint, setAt: row.setAt }]));
  }

  private destinationOf(row: PayableRow): PayoutDestination {
    const { id, hint, setAt, verifiedAt } = row;
    return { ...openDetails(this.cipher, row, row.sealed), accountId: id, hint, setAt, verifiedAt };
  }
}

function parametersOf(pairs: readonly Pair[]): unknown[] {
  return [pairs.map((pair) => pair.partyId), pairs.map((pair) => pair.currency)];
}

function keyOf(row: VersionRow): PayoutAccountKey {
  return `${row.partyId}:${row.currency}`;
}
