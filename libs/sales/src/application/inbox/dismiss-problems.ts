import {
  type Actor,
  Clock,
  IdGenerator,
  InvalidInput,
  InvalidTransition,
  NotFound,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { authorizeIntake } from '../intake-rights';
import { InboxRepository } from './inbox-repository';
import type { Mend } from './problem';
import { ProblemReplayer } from './problem-replayer';

export interface DismissProblemsCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly problemIds: readonly string[];
  /** Why nothing is to be done about them. */
  readonly note: string;
}

/**
 * Takes problems off the open list, with a person's reason; what came is kept, and may still be mended or replayed.
 * Throws `NotFound`, `Forbidden`, `InvalidInput`, `InvalidTransition`.
 */
@Injectable()
export class DismissProblems {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly inbox: InboxRepository,
    private readonly replayer: ProblemReplayer,
  ) {}

  async execute({ actor, brandId, problemIds, note }: DismissProblemsCommand): Promise<{ readonly dismissed: number }> {
    authorizeIntake(actor, brandId);
    if (note.trim() === '') throw new InvalidInput('note', 'Say why nothing is to be done.');
    const ids = [...new Set(problemIds)];
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const madeAt = this.clock.now();
        const found = await this.replayer.lock(tx, brandId, ids);
        if (found.length !== ids.length) throw new NotFound('Problem');
        const mended = found.find(({ status }) => status === 'mended');
        if (mended) throw new InvalidTransition('Problem', mended.status, 'dismiss');
        const open = found.filter(({ status }) => status === 'open').map(({ problemId }) => problemId);
        const madeBy = actor.kind === 'person' ? actor.userId : null;
        await this.inbox.dismiss(tx, brandId, open, madeAt);
        const mends = open.map((problemId): Mend => {
          const made = { changes: null, note, outcome: 'dismissed' as const, madeBy, madeAt };
          return { mendId: this.ids.next(), problemId, action: 'dismissed', ...made };
        });
        await this.inbox.addMends(tx, brandId, mends);
        return { dismissed: open.length };
      }),
    );
  }
}
