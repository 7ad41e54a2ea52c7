import { GetDeal } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { toDeal } from './deal.mapper';
import type { DealType } from './deal.types';

/** The whole deal, as the actor sees it after a step. */
@Injectable()
export class DealAnswer {
  constructor(private readonly getDeal: GetDeal) {}

  async of(actor: Actor, step: Promise<{ readonly dealId: string }>): Promise<DealType> {
    const { dealId } = await step;
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}
