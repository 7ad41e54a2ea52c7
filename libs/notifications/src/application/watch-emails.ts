import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type EmailBacklog, NotificationStore } from './notification-store';

const WATCHER = systemActor('watch e-mails');

/** What is still to be sent: for whoever hands out the work, and for whoever watches the system. */
@Injectable()
export class WatchEmails {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: NotificationStore,
  ) {}

  /** Notifications whose e-mails are due, longest waiting first. */
  due(limit: number): Promise<readonly string[]> {
    return this.uow.read(WATCHER, (tx) => this.store.emailsDue(tx, this.clock.now(), limit));
  }

  backlog(): Promise<EmailBacklog> {
    return this.uow.read(WATCHER, (tx) => this.store.emailBacklog(tx, this.clock.now()));
  }
}
