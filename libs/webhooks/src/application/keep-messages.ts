import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { REMEMBERED_DAYS } from '../domain/message';
import { type MessageBacklog, MessageStore } from './message-store';

const WATCHER = systemActor('watch messages');
const KEEPER = systemActor('forget messages');
const DAY_MS = 86_400_000;

/** What is still to be sent: for whoever hands out the work, and for whoever watches the system. */
@Injectable()
export class WatchMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly messages: MessageStore,
  ) {}

  /** Endpoints with something due, longest waiting first. */
  endpointsWithDue(limit: number): Promise<readonly string[]> {
    return this.uow.read(WATCHER, (tx) => this.messages.endpointsWithDue(tx, this.clock.now(), limit));
  }

  backlog(): Promise<MessageBacklog> {
    return this.uow.read(WATCHER, (tx) => this.messages.backlog(tx, this.clock.now()));
  }
}

/** Forgets what messages said, and what was answered, 30 days after they were decided; that they were is kept. */
@Injectable()
export class ForgetMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly messages: MessageStore,
  ) {}

  execute({ now, limit }: { readonly now: Date; readonly limit: number }): Promise<number> {
    const before = new Date(now.getTime() - REMEMBERED_DAYS * DAY_MS);
    return this.uow.run(KEEPER, (tx) => this.messages.forget(tx, before, limit));
  }
}
