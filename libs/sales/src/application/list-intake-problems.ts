import { UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ListIntakeProblemsQuery, ListIntakeProblemsResult } from './commands';
import { authorizeInbox } from './intake-rights';
import { IntakeRepository } from './intake-repository';

/** The inbox of a brand: events that are kept but not recorded, newest first, each with its reason. */
@Injectable()
export class ListIntakeProblems {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly intake: IntakeRepository,
  ) {}

  async execute({ actor, filter, page }: ListIntakeProblemsQuery): Promise<ListIntakeProblemsResult> {
    authorizeInbox(actor, filter.brandId);
    return this.uow.read(actor, (tx) => this.intake.problemPage(tx, filter, page));
  }
}
