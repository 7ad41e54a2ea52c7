import { type Actor, authorize, Clock, hasStaffRole, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { OwnAccount } from '../domain/errors';
import { SessionRepository } from './session-repository';
import { requireSession } from '../domain/require-session';
import { UserRepository } from './user-repository';

/** An operator shuts an account: its sessions end and its API keys stop working at once. Throws `OwnAccount`. */
@Injectable()
export class DisableUser {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; userId: string }): Promise<void> {
    const { actor, userId } = command;
    authorize(hasStaffRole(actor, 'operator'), false, 'User', 'disable users');
    if (actor.kind !== 'system') requireSession(actor);
    if (actor.kind === 'person' && actor.userId === userId) throw new OwnAccount();
    await this.uow.run(actor, async (tx) => {
      const user = await this.users.lock(tx, userId);
      if (user === null) throw new NotFound('User');
      if (user.disabledAt !== null) return;
      const now = this.clock.now();
      await this.users.disable(tx, userId, now);
      await this.uow.asSystem(tx, () => this.sessions.revokeAllOf(tx, userId, now));
      const by = actor.kind === 'person' ? actor.userId : 'system';
      await this.outbox.append(tx, [{ type: 'identity.user_disabled', subjectId: userId, payload: { by } }]);
    });
  }
}
