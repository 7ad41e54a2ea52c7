import { UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ListIntakeProblemsQuery } from '../commands';
import { authorizeInbox } from '../intake-rights';
import { InboxRepository } from './inbox-repository';
import type { ProblemPage } from './problem';

/**
 * The inbox of a brand, newest first: events that are kept but not recorded, webhooks that make no sense and rows of files
 * that cannot be read, each with its reason and what people did about it. Throws `NotFound`, `Forbidden`.
 */
@Injectable()
export class ListIntakeProblems {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly inbox: InboxRepository,
  ) {}

  async execute({ actor, filter, page }: ListIntakeProblemsQuery): Promise<ProblemPage> {
    authorizeInbox(actor, filter.brandId);
    return this.uow.read(actor, (tx) => this.inbox.page(tx, filter, page));
  }
}
