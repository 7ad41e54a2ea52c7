import {
  type Actor,
  authorize,
  hasStaffRole,
  NotFound,
  Outbox,
  type StaffRole,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { OwnStaffRole } from '../domain/errors';
import { requireSession } from '../domain/require-session';
import { withoutStaffRole, withStaffRole } from '../domain/staff-roles';
import type { User } from '../domain/user';
import { UserRepository } from './user-repository';

export interface StaffRoleCommand {
  /** An operator, or the system when the first staff is set up. */
  readonly actor: Actor;
  readonly userId: string;
  readonly role: StaffRole;
}

/** Throws `StaffRolesConflict`, `OwnStaffRole`. */
@Injectable()
export class GrantStaffRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: StaffRoleCommand): Promise<readonly StaffRole[]> {
    assertMayChangeStaff(command);
    return this.uow.run(command.actor, async (tx) => {
      const user = await lockUser(tx, this.users, command.userId);
      const roles = withStaffRole(user.staffRoles, command.role);
      await this.users.setStaffRoles(tx, user.id, roles);
      await this.outbox.append(tx, [eventOf('identity.staff_role_granted', command)]);
      return roles;
    });
  }
}

@Injectable()
export class RevokeStaffRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(command: StaffRoleCommand): Promise<readonly StaffRole[]> {
    assertMayChangeStaff(command);
    return this.uow.run(command.actor, async (tx) => {
      const user = await lockUser(tx, this.users, command.userId);
      const roles = withoutStaffRole(user.staffRoles, command.role);
      await this.users.setStaffRoles(tx, user.id, roles);
      await this.outbox.append(tx, [eventOf('identity.staff_role_revoked', command)]);
      return roles;
    });
  }
}

function assertMayChangeStaff(command: StaffRoleCommand): void {
  authorize(hasStaffRole(command.actor, 'operator'), false, 'User', 'change staff roles');
  if (command.actor.kind === 'system') return;
  if (requireSession(command.actor).userId === command.userId) throw new OwnStaffRole();
}

async function lockUser(tx: Transaction, users: UserRepository, userId: string): Promise<User> {
  const user = await users.lock(tx, userId);
  if (user === null) throw new NotFound('User');
  return user;
}

function eventOf(type: string, command: StaffRoleCommand) {
  const by = command.actor.kind === 'person' ? command.actor.userId : 'system';
  return { type, subjectId: command.userId, payload: { role: command.role, by } };
}
