import type { StaffRole, Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ArrayContains, In, IsNull } from 'typeorm';
import { UserRepository, type UserWithPassword } from '../application/user-repository';
import { EmailTaken } from '../domain/errors';
import type { User } from '../domain/user';
import { UserRow } from './user.row';

@Injectable()
export class TypeormUserRepository extends UserRepository {
  override async add(tx: Transaction, user: User, passwordHash: string): Promise<void> {
    try {
      await managerOf(tx).insert(UserRow, { ...user, staffRoles: [...user.staffRoles], passwordHash });
    } catch (error) {
      if (constraintOf(error) === 'users_email_key') throw new EmailTaken();
      throw error;
    }
  }

  override async find(tx: Transaction, userId: string): Promise<User | null> {
    return managerOf(tx).findOneBy(UserRow, { id: userId });
  }

  override async findAll(tx: Transaction, userIds: readonly string[]): Promise<readonly User[]> {
    return managerOf(tx).findBy(UserRow, { id: In([...userIds]) });
  }

  override async findByEmail(tx: Transaction, email: string): Promise<UserWithPassword | null> {
    const row = await managerOf(tx)
      .createQueryBuilder(UserRow, 'u')
      .addSelect('u.passwordHash')
      .where('u.email = :email', { email })
      .getOne();
    if (row === null) return null;
    const { passwordHash, ...user } = row;
    return { user, passwordHash };
  }

  override async lock(tx: Transaction, userId: string): Promise<User | null> {
    return managerOf(tx).findOne(UserRow, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
  }

  override async setStaffRoles(tx: Transaction, userId: string, roles: readonly StaffRole[]): Promise<void> {
    await managerOf(tx).update(UserRow, { id: userId }, { staffRoles: [...roles] });
  }

  override async setLocale(tx: Transaction, userId: string, locale: string): Promise<void> {
    await managerOf(tx).update(UserRow, { id: userId }, { locale });
  }

  override async findByStaffRole(tx: Transaction, role: StaffRole): Promise<readonly User[]> {
    return managerOf(tx).findBy(UserRow, { staffRoles: ArrayContains([role]), disabledAt: IsNull() });
  }

  override async disable(tx: Transaction, userId: string, at: Date): Promise<void> {
    await managerOf(tx).update(UserRow, { id: userId }, { disabledAt: at });
  }

  override async erase(tx: Transaction, userId: string, passwordHash: string, at: Date): Promise<void> {
    await managerOf(tx).query('select identity.erase_user($1, $2, $3)', [userId, passwordHash, at]);
  }
}
