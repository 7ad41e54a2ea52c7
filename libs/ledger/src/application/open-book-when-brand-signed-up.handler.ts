import { OutboxHandler, type RecordedEvent, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { OpenBook } from './open-book';

const BOOKKEEPER = systemActor('open book when brand signed up');

@Injectable()
export class OpenBookWhenBrandSignedUp extends OutboxHandler {
  readonly name = 'open-book-when-brand-signed-up';
  readonly eventType = 'parties.brand_signed_up';

  constructor(
    private readonly uow: UnitOfWork,
    private readonly openBook: OpenBook,
  ) {
    super();
  }

  override async handle(event: RecordedEvent): Promise<void> {
    await this.uow.run(BOOKKEEPER, (tx) => this.openBook.execute(tx, { brandId: event.subjectId }));
  }
}
