import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher';
import { SecretTokens } from './secret-tokens';
import { SessionRepository } from './session-repository';
import { UserRepository } from './user-repository';

/** What identity does in an erasure that was decided elsewhere, with the system's rights in the caller's transaction. */
@Injectable()
export class EraseUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly hasher: PasswordHasher,
    private readonly tokens: SecretTokens,
  ) {}

  /** Nobody gets in any more: the account is disabled, which stops its API keys too, and its sessions end. */
  async shut(tx: Transaction, userId: string, at: Date): Promise<void> {
    await this.uow.asSystem(tx, async () => {
      await this.users.disable(tx, userId, at);
      await this.sessions.revokeAllOf(tx, userId, at);
    });
  }

  /** Name, e-mail address, password and language give way to neutral ones; the id stays. */
  async execute(tx: Transaction, userId: string, at: Date): Promise<void> {
    const nobodysPassword = await this.hasher.hash(this.tokens.next());
    await this.uow.asSystem(tx, () => this.users.erase(tx, userId, nobodysPassword, at));
  }
}
