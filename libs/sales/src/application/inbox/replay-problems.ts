import {
  type Actor,
  Clock,
  IdGenerator,
  InvalidTransition,
  NotFound,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { ImportStore } from '../files/import-store';
import { authorizeIntake } from '../intake-rights';
import { receiptOf } from '../prepared-event';
import { InboxRepository } from './inbox-repository';
import type { IntakeProblem, IntakeProblemFilter, Mend, ReplayedProblem } from './problem';
import { ProblemReplayer } from './problem-replayer';

/** At most so many problems in one command. */
export const MAX_PROBLEMS = 500;

export interface ReplayProblemsCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly problemIds: readonly string[];
}

export interface ReplayMatchingCommand {
  readonly actor: Actor;
  readonly filter: IntakeProblemFilter;
  /** Cursor of the last one of the command before; null to begin. */
  readonly after: string | null;
}

export interface ReplayedPart {
  readonly problems: readonly ReplayedProblem[];
  /** Where the next command goes on; null where none is left. */
  readonly endCursor: string | null;
}

/**
 * Takes problems in again as they are: after a code was made, a deal became active, a sale came. Whatever is not recorded
 * stays open with its reason of now; dismissed ones are open again. Throws `NotFound`, `Forbidden`, `InvalidTransition`,
 * `BookNotOpen`.
 */
@Injectable()
export class ReplayProblems {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly inbox: InboxRepository,
    private readonly imports: ImportStore,
    private readonly replayer: ProblemReplayer,
  ) {}

  async execute({ actor, brandId, problemIds }: ReplayProblemsCommand): Promise<readonly ReplayedProblem[]> {
    authorizeIntake(actor, brandId);
    const ids = [...new Set(problemIds)];
    return this.replay(actor, brandId, ids, (problems) => {
      if (problems.length !== ids.length) throw new NotFound('Problem');
      const mended = problems.find(({ status }) => status === 'mended');
      if (mended) throw new InvalidTransition('Problem', mended.status, 'replay');
      return problems;
    });
  }

  /** The newest {@link MAX_PROBLEMS} that the filter holds for, then those after them. */
  async matching({ actor, filter, after }: ReplayMatchingCommand): Promise<ReplayedPart> {
    const { brandId } = filter;
    authorizeIntake(actor, brandId);
    const page = { first: MAX_PROBLEMS, after };
    const found = await this.uow.read(actor, async (tx) => {
      await this.requireImport(tx, brandId, filter.importId ?? null);
      return this.inbox.page(tx, { ...filter, status: 'open' }, page);
    });
    const ids = found.rows.map(({ node }) => node.problemId);
    // What somebody else mended or dismissed in between is left alone.
    const problems = await this.replay(actor, brandId, ids, (locked) => locked.filter(isOpen));
    return { problems, endCursor: found.hasNextPage ? (found.rows.at(-1)?.cursor ?? null) : null };
  }

  private async requireImport(tx: Transaction, brandId: string, importId: string | null): Promise<void> {
    if (importId === null) return;
    const file = await this.imports.find(tx, importId);
    if (file?.brandId !== brandId) throw new NotFound('Import');
  }

  private replay(
    actor: Actor,
    brandId: string,
    ids: readonly string[],
    choose: (locked: readonly IntakeProblem[]) => readonly IntakeProblem[],
  ): Promise<readonly ReplayedProblem[]> {
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const now = this.clock.now();
        const problems = choose(await this.replayer.lock(tx, brandId, ids));
        const replayed = await this.replayer.replay(tx, receiptOf(actor, brandId, now), problems);
        const madeBy = actor.kind === 'person' ? actor.userId : null;
        const mends = replayed.map(({ problemId, outcome }): Mend => {
          const made = { changes: null, note: null, outcome, madeBy, madeAt: now };
          return { mendId: this.ids.next(), problemId, action: 'replayed', ...made };
        });
        await this.inbox.addMends(tx, brandId, mends);
        return replayed;
      }),
    );
  }
}

function isOpen({ status }: IntakeProblem): boolean {
  return status === 'open';
}
