import {
  DisableUser,
  GrantStaffRole,
  OwnAccount,
  OwnStaffRole,
  RevokeStaffRole,
  StaffRolesConflict,
} from '@evenhand/identity';
import type { Actor, StaffRole } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { DisableUserInput, GrantStaffRoleInput, RevokeStaffRoleInput } from './identity.inputs';
import { StaffRolesChangedType, UserDisabledType } from './identity.types';

const StaffRoleResult = resultUnion('StaffRoleResult', () => StaffRolesChangedType, [StaffRolesConflict, OwnStaffRole]);
const DisableUserResult = resultUnion('DisableUserResult', () => UserDisabledType, [OwnAccount]);

@Resolver()
export class StaffResolver {
  constructor(
    private readonly grants: GrantStaffRole,
    private readonly revocations: RevokeStaffRole,
    private readonly disablings: DisableUser,
  ) {}

  @Mutation(() => StaffRoleResult.type, { description: 'By an operator, never to oneself.' })
  grantStaffRole(@CurrentActor() actor: Actor, @Input() input: GrantStaffRoleInput) {
    return StaffRoleResult.of(async () => answerOf(input, await this.grants.execute(commandOf(actor, input))));
  }

  @Mutation(() => StaffRoleResult.type, { description: 'By an operator, never from oneself.' })
  revokeStaffRole(@CurrentActor() actor: Actor, @Input() input: RevokeStaffRoleInput) {
    return StaffRoleResult.of(async () => answerOf(input, await this.revocations.execute(commandOf(actor, input))));
  }

  @Mutation(() => DisableUserResult.type, { description: 'By an operator: sessions and keys of the user end at once.' })
  disableUser(@CurrentActor() actor: Actor, @Input() input: DisableUserInput) {
    return DisableUserResult.of(async () => {
      await this.disablings.execute({ actor, userId: fromGlobalId('user', input.userId) });
      return { userId: input.userId };
    });
  }
}

function commandOf(actor: Actor, input: GrantStaffRoleInput) {
  return { actor, userId: fromGlobalId('user', input.userId), role: input.role };
}

function answerOf(input: GrantStaffRoleInput, staffRoles: readonly StaffRole[]): StaffRolesChangedType {
  return { userId: input.userId, staffRoles: [...staffRoles] };
}
