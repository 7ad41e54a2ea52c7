import { type StaffRole, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { User } from '../domain/user';
import { UserRepository } from './user-repository';

/** Users' profiles for other contexts, whoever asks: the caller has decided which users its actor may know. */
@Injectable()
export class UserProfiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
  ) {}

  async profilesOf(tx: Transaction, userIds: readonly string[]): Promise<ReadonlyMap<string, User>> {
    const users = await this.uow.asSystem(tx, () => this.users.findAll(tx, userIds));
    return new Map(users.map((user) => [user.id, user]));
  }

  /** Who holds a staff role and is not disabled. */
  staffWith(tx: Transaction, role: StaffRole): Promise<readonly User[]> {
    return this.uow.asSystem(tx, () => this.users.findByStaffRole(tx, role));
  }
}
