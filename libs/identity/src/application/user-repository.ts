import type { StaffRole, Transaction } from '@evenhand/kernel';
import type { User } from '../domain/user';

export interface UserWithPassword {
  readonly user: User;
  readonly passwordHash: string;
}

export abstract class UserRepository {
  /** Throws `EmailTaken`. */
  abstract add(tx: Transaction, user: User, passwordHash: string): Promise<void>;
  abstract find(tx: Transaction, userId: string): Promise<User | null>;
  abstract findAll(tx: Transaction, userIds: readonly string[]): Promise<readonly User[]>;
  abstract findByEmail(tx: Transaction, email: string): Promise<UserWithPassword | null>;
  /** As `find`, and nobody else changes the user before the transaction ends. */
  abstract lock(tx: Transaction, userId: string): Promise<User | null>;
  abstract setStaffRoles(tx: Transaction, userId: string, roles: readonly StaffRole[]): Promise<void>;
  abstract setLocale(tx: Transaction, userId: string, locale: string): Promise<void>;
  /** Who has the role and is not disabled. */
  abstract findByStaffRole(tx: Transaction, role: StaffRole): Promise<readonly User[]>;
  abstract disable(tx: Transaction, userId: string, at: Date): Promise<void>;
  /** Nothing of the row says any more whose it was; the names of the user's API keys go too. */
  abstract erase(tx: Transaction, userId: string, passwordHash: string, at: Date): Promise<void>;
}
