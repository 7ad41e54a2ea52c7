import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory, PayoutAccountDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { endToEndIdOf } from '../domain/end-to-end-id';
import type { PlannedTransfer } from '../domain/send-check';
import { type BankFile, type BankFileEntry, BankFileFormat, type UsedAccount } from './bank-file';
import type { StoredBatch } from './batch-store';

interface ItemTotal {
  readonly itemId: string;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** Writes the bank's file of what was sent: the only place where bank details are opened. */
@Injectable()
export class ComposeBankFile {
  constructor(
    private readonly parties: PartyDirectory,
    private readonly accounts: PayoutAccountDirectory,
    private readonly format: BankFileFormat,
  ) {}

  async execute(
    tx: Transaction,
    batch: StoredBatch,
    sent: readonly PlannedTransfer[],
  ): Promise<{ readonly file: BankFile; readonly accounts: readonly UsedAccount[] }> {
    const items = totalsOf(sent);
    const destinations = await this.accounts.forPayout(tx, items);
    const names = await this.parties.namesOf(
      tx,
      items.map((item) => item.partyId),
    );
    const entries: BankFileEntry[] = [];
    const used: UsedAccount[] = [];
    for (const { itemId, partyId, currency, amountMinor } of items) {
      const destination = destinations.get(`${partyId}:${currency}`);
      if (destination === undefined) throw new RangeError('An item that was sent has no account to pay.');
      entries.push({
        endToEndId: endToEndIdOf(itemId),
        payeeName: names.get(partyId)?.name ?? destination.holder,
        currency,
        amountMinor,
        destination,
        remittance: `Evenhand payout ${batch.number}`,
      });
      used.push({ itemId, accountId: destination.accountId, setAt: destination.setAt, hint: destination.hint });
    }
    const fileName = `evenhand-payout-${batch.number}.${this.format.extension}`;
    return { file: { fileName, text: this.format.write(entries) }, accounts: used };
  }
}

/** An item's parts over all books as one transfer, in the order of the items. */
function totalsOf(sent: readonly PlannedTransfer[]): readonly ItemTotal[] {
  const totals = new Map<string, ItemTotal>();
  for (const { itemId, partyId, currency, amountMinor } of sent) {
    const soFar = totals.get(itemId)?.amountMinor ?? 0n;
    totals.set(itemId, { itemId, partyId, currency, amountMinor: soFar + amountMinor });
  }
  return [...totals.values()];
}
