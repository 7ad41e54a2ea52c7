import type { Actor } from '@evenhand/kernel';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignType } from '../campaigns/campaigns.types';
import { DealType } from '../deals/deal.types';
import { CurrentActor, PageArgs } from '../graphql';
import { MandateType } from '../parties/mandate.types';
import { PayoutBatchType } from '../payouts/batch.types';
import { AuditLogOf } from './audit-log-of';
import { AuditEntryConnection } from './audit.types';

const LOG = { description: 'What was done to it, newest first, as far as it concerns the viewer.' };

@Resolver(() => CampaignType)
export class CampaignAuditLogResolver {
  constructor(private readonly log: AuditLogOf) {}

  @ResolveField(() => AuditEntryConnection, LOG)
  auditLog(
    @CurrentActor() actor: Actor,
    @Parent() { id }: CampaignType,
    @Args() page: PageArgs,
  ): Promise<AuditEntryConnection> {
    return this.log.pageOf(actor, id, page);
  }
}

@Resolver(() => DealType)
export class DealAuditLogResolver {
  constructor(private readonly log: AuditLogOf) {}

  @ResolveField(() => AuditEntryConnection, LOG)
  auditLog(
    @CurrentActor() actor: Actor,
    @Parent() { id }: DealType,
    @Args() page: PageArgs,
  ): Promise<AuditEntryConnection> {
    return this.log.pageOf(actor, id, page);
  }
}

@Resolver(() => MandateType)
export class MandateAuditLogResolver {
  constructor(private readonly log: AuditLogOf) {}

  @ResolveField(() => AuditEntryConnection, LOG)
  auditLog(
    @CurrentActor() actor: Actor,
    @Parent() { id }: MandateType,
    @Args() page: PageArgs,
  ): Promise<AuditEntryConnection> {
    return this.log.pageOf(actor, id, page);
  }
}

@Resolver(() => PayoutBatchType)
export class PayoutBatchAuditLogResolver {
  constructor(private readonly log: AuditLogOf) {}

  @ResolveField(() => AuditEntryConnection, LOG)
  auditLog(
    @CurrentActor() actor: Actor,
    @Parent() { id }: PayoutBatchType,
    @Args() page: PageArgs,
  ): Promise<AuditEntryConnection> {
    return this.log.pageOf(actor, id, page);
  }
}
