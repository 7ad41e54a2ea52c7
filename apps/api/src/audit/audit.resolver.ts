import { GetAuditLog } from '@evenhand/audit';
import type { Actor } from '@evenhand/kernel';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromAnyGlobalId, toConnection } from '../graphql';
import { toAuditEntry } from './audit.mapper';
import { AuditEntryConnection, AuditLogArgs } from './audit.types';

@Resolver()
export class AuditResolver {
  constructor(private readonly log: GetAuditLog) {}

  @Query(() => AuditEntryConnection, {
    description: 'What was done to an object and to what is within it, newest first, as far as it concerns the viewer.',
  })
  async auditLog(
    @CurrentActor() actor: Actor,
    @Args() { objectId, first, after }: AuditLogArgs,
  ): Promise<AuditEntryConnection> {
    const { prefix, uuid } = fromAnyGlobalId(objectId);
    const object = { kind: prefix, id: uuid };
    return toConnection(await this.log.execute({ actor, object, page: { first, after } }), toAuditEntry);
  }
}
