import { DomainError, type Transaction, type UnitOfWork } from '@evenhand/kernel';

export interface Refused {
  readonly status: 'refused';
  readonly error: DomainError;
}

/**
 * Runs a set-wise command behind a savepoint; where it breaks a rule, runs each half by itself, so that good items
 * succeed and each bad one is refused with its own error. Any other error passes through and undoes all.
 */
export async function byItem<Item, Result>(
  uow: UnitOfWork,
  tx: Transaction,
  items: readonly Item[],
  command: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<readonly (Result | Refused)[]> {
  if (items.length === 0) return [];
  try {
    return await uow.savepoint(tx, () => command(items));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (items.length === 1) return [{ status: 'refused', error }];
    const middle = items.length >> 1;
    const first = await byItem(uow, tx, items.slice(0, middle), command);
    return [...first, ...(await byItem(uow, tx, items.slice(middle), command))];
  }
}
