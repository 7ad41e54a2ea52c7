import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { SecretTokens } from './secret-tokens';
import { SessionRepository } from './session-repository';

export interface SignOutCommand {
  readonly token: string;
  /** Ends every session of the user, on all devices. */
  readonly everywhere: boolean;
}

/** Revokes the session of a token. A token that is unknown or over already changes nothing. */
@Injectable()
export class SignOut {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly tokens: SecretTokens,
    private readonly clock: Clock,
  ) {}

  async execute(command: SignOutCommand): Promise<void> {
    const now = this.clock.now();
    const digest = this.tokens.digest(command.token);
    const session = await this.sessions.findLive(digest, now);
    if (session === null) return;
    await this.uow.run(systemActor('sign out'), async (tx) => {
      if (command.everywhere) await this.sessions.revokeAllOf(tx, session.userId, now);
      else await this.sessions.revoke(tx, digest, now);
    });
  }
}
