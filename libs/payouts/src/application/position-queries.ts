import type { Transaction } from '@evenhand/kernel';
import type { ShareKey } from '@evenhand/ledger';
import type { PayeePosition, ShareInItem } from '../domain/not-paid-because';

export interface PayeeInBook {
  readonly bookId: number;
  readonly partyId: string;
  readonly currency: string;
}

export type BookPosition = PayeeInBook & Omit<PayeePosition, 'hasAccount'>;

/** What decides whether a share is paid; beyond the rights of a payee, so for use with the system's. */
export abstract class PositionQueries {
  abstract itemsOf(tx: Transaction, shares: readonly ShareKey[]): Promise<readonly (ShareKey & ShareInItem)[]>;
  abstract positionsOf(tx: Transaction, payees: readonly PayeeInBook[]): Promise<readonly BookPosition[]>;
}
