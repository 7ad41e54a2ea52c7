import { GetDeal, OpenDispute, ResolveDispute } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import { OpenDisputeInput, ResolveDisputeInput } from './deal.inputs';
import { toDeal } from './deal.mapper';
import { OpenDisputeResult, ResolveDisputeResult } from './deal.results';
import type { DealType } from './deal.types';

@Resolver()
export class DisputeResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly open: OpenDispute,
    private readonly resolve: ResolveDispute,
  ) {}

  @Mutation(() => OpenDisputeResult.type)
  openDispute(@CurrentActor() actor: Actor, @Input() { dealId, reason }: OpenDisputeInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), reason };
    return OpenDisputeResult.of(async () => this.shown(actor, await this.open.execute(command)));
  }

  @Mutation(() => ResolveDisputeResult.type)
  resolveDispute(@CurrentActor() actor: Actor, @Input() { dealId, decision }: ResolveDisputeInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), decision };
    return ResolveDisputeResult.of(async () => this.shown(actor, await this.resolve.execute(command)));
  }

  private async shown(actor: Actor, { dealId }: { readonly dealId: string }): Promise<DealType> {
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}
