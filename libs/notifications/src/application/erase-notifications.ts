import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { Mailer } from './mailer';
import { NotificationStore } from './notification-store';

/**
 * What a person was told, in the product and by e-mail, is deleted, with the letters that lie in a folder: these first, so
 * that rows still name them if it is interrupted. With the system's rights in the transaction of whoever decided on the erasure.
 */
@Injectable()
export class EraseNotifications {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: NotificationStore,
    private readonly mailer: Mailer,
  ) {}

  async execute(tx: Transaction, userId: string): Promise<void> {
    await this.uow.asSystem(tx, async () => {
      await this.mailer.forget(await this.store.emailedTo(tx, userId));
      await this.store.eraseOf(tx, userId);
    });
  }
}
