import { type Actor, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { authorizeReading } from '../intake-rights';
import type { RiskHoldFilter, RiskHoldPage } from './risk-hold';
import { RiskHoldRepository } from './risk-hold-repository';

export interface ListRiskHoldsQuery {
  readonly actor: Actor;
  readonly filter: RiskHoldFilter;
  readonly page: PageRequest;
}

/** Sales that are or were held, with the reasons: a brand its own, staff all, and nobody else any. */
@Injectable()
export class ListRiskHolds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly holds: RiskHoldRepository,
  ) {}

  async execute({ actor, filter, page }: ListRiskHoldsQuery): Promise<RiskHoldPage> {
    authorizeReading(actor);
    return this.uow.read(actor, (tx) => this.holds.page(tx, filter, page));
  }
}
