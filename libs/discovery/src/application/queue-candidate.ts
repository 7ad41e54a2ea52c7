import { Clock, OutboxHandler, type RecordedEvent, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { SavedSearchKind } from '../domain/saved-search';
import { CandidateStore } from './candidate-store';

const ACTOR = systemActor('queue candidate');

/** Something appeared or changed that saved searches may find: it waits until they are asked. */
@Injectable()
export abstract class QueueCandidate extends OutboxHandler {
  protected abstract readonly kind: SavedSearchKind;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly candidates: CandidateStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async concerning(tx: Transaction, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    return (await this.candidates.isAnyoneWaiting(tx, this.kind)) ? events : [];
  }

  override async handle({ subjectId }: RecordedEvent): Promise<void> {
    await this.uow.run(ACTOR, (tx) => this.candidates.queue(tx, this.kind, subjectId, this.clock.now()));
  }
}
