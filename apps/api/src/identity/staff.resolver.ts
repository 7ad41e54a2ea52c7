import { GrantStaffRole, OwnStaffRole, RevokeStaffRole, StaffRolesConflict } from '@evenhand/identity';
import type { Actor, StaffRole } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { GrantStaffRoleInput, RevokeStaffRoleInput } from './identity.inputs';
import { StaffRolesChangedType } from './identity.types';

const StaffRoleResult = resultUnion('StaffRoleResult', () => StaffRolesChangedType, [StaffRolesConflict, OwnStaffRole]);

@Resolver()
export class StaffResolver {
  constructor(
    private readonly grants: GrantStaffRole,
    private readonly revocations: RevokeStaffRole,
  ) {}

  @Mutation(() => StaffRoleResult.type, { description: 'By an operator, never to oneself.' })
  grantStaffRole(@CurrentActor() actor: Actor, @Input() input: GrantStaffRoleInput) {
    return StaffRoleResult.of(async () => answerOf(input, await this.grants.execute(commandOf(actor, input))));
  }

  @Mutation(() => StaffRoleResult.type, { description: 'By an operator, never from oneself.' })
  revokeStaffRole(@CurrentActor() actor: Actor, @Input() input: RevokeStaffRoleInput) {
    return StaffRoleResult.of(async () => answerOf(input, await this.revocations.execute(commandOf(actor, input))));
  }
}

function commandOf(actor: Actor, input: GrantStaffRoleInput) {
  return { actor, userId: fromGlobalId('user', input.userId), role: input.role };
}

function answerOf(input: GrantStaffRoleInput, staffRoles: readonly StaffRole[]): StaffRolesChangedType {
  return { userId: input.userId, staffRoles: [...staffRoles] };
}
