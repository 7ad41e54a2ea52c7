import type { Transaction } from '@evenhand/kernel';
import type { BankDetails } from '../domain/bank-details';
import type { PayoutAccount } from '../domain/payout-account';

export abstract class PayoutAccountRepository {
  /** Seals the details and makes this the account in force for its party and currency, in place of the one before. */
  abstract replace(tx: Transaction, account: PayoutAccount, details: BankDetails): Promise<void>;
  /** Accounts in force, by currency. */
  abstract list(tx: Transaction, partyId: string): Promise<readonly PayoutAccount[]>;
  /** Only while it is in force. */
  abstract find(tx: Transaction, accountId: string): Promise<PayoutAccount | null>;
  abstract markVerified(tx: Transaction, accountId: string, userId: string, at: Date): Promise<void>;
  /** Seals up to `limit` accounts anew whose key is not the newest; answers how many. */
  abstract resealStale(tx: Transaction, limit: number): Promise<number>;
}
