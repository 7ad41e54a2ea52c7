import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export abstract class SavedSearchEraser {
  abstract erase(tx: Transaction, userId: string): Promise<void>;
}

/** A person's saved searches are deleted. With the system's rights in the transaction of whoever decided on the erasure. */
@Injectable()
export class EraseSavedSearches {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly eraser: SavedSearchEraser,
  ) {}

  async execute(tx: Transaction, userId: string): Promise<void> {
    await this.uow.asSystem(tx, () => this.eraser.erase(tx, userId));
  }
}
