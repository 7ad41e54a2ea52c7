import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { SecretTokens } from './secret-tokens';
import { SessionRepository } from './session-repository';

/** Revokes the session of a token. A token that is unknown or over already changes nothing. */
@Injectable()
export class SignOut {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly tokens: SecretTokens,
    private readonly clock: Clock,
  ) {}

  async execute(command: { token: string }): Promise<void> {
    await this.uow.run(systemActor('sign out'), (tx) =>
      this.sessions.revoke(tx, this.tokens.digest(command.token), this.clock.now()),
    );
  }
}
