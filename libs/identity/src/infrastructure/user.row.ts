import type { StaffRole } from '@evenhand/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'identity', name: 'users' })
export class UserRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  email: string;

  /** Left out of every read but the one that verifies a password. */
  @Column('text', { name: 'password_hash', select: false })
  passwordHash: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text')
  locale: string;

  @Column('text', { name: 'staff_roles', array: true })
  staffRoles: StaffRole[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;
}
