import { type Actor, authorize, hasStaffRole, Outbox, type StaffRole, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { RegisterUser, type UserRegistration } from './register-user';
import { UserRepository } from './user-repository';

export interface AddStaffCommand extends UserRegistration {
  /** An operator, or the system when the first staff is set up. */
  readonly actor: Actor;
  readonly role: StaffRole;
}

/** A new user who works for the platform. Throws `InvalidEmail`, `EmailTaken`, `WeakPassword`, `InvalidInput`. */
@Injectable()
export class AddStaff {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registerUser: RegisterUser,
    private readonly users: UserRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute({ actor, role, ...registration }: AddStaffCommand): Promise<{ readonly userId: string }> {
    authorize(hasStaffRole(actor, 'operator'), false, 'User', 'add staff');
    return this.uow.run(actor, async (tx) => {
      const { userId } = await this.registerUser.execute(tx, registration);
      await this.users.setStaffRoles(tx, userId, [role]);
      const by = actor.kind === 'person' ? actor.userId : 'system';
      const granted = { type: 'identity.staff_role_granted', subjectId: userId, payload: { role, by } };
      await this.outbox.append(tx, [granted]);
      return { userId };
    });
  }
}
