import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export abstract class MessageEraser {
  abstract erase(tx: Transaction, userId: string): Promise<void>;
}

/** The text of every message of somebody gives way to a note that says so; number, instant and author's id stay. With the system's rights in the transaction of whoever decided on the erasure. */
@Injectable()
export class EraseMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly eraser: MessageEraser,
  ) {}

  async execute(tx: Transaction, userId: string): Promise<void> {
    await this.uow.asSystem(tx, () => this.eraser.erase(tx, userId));
  }
}
