import { eachAlone, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { keptUnattachedSince } from '../../domain/file';
import { FileRemoval } from './file-removal';
import { FileRepository } from './file-repository';

const ACTOR = systemActor('remove-unattached-files');

/**
 * Removes what was uploaded a day ago and no version holds, and what a process that was killed has left of an upload. Each
 * file has a transaction of its own; of two runs at once, one removes it.
 */
@Injectable()
export class RemoveUnattachedFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: FileRepository,
    private readonly removal: FileRemoval,
  ) {}

  /** Answers how many were removed; throws an `AggregateError` of what failed after all others were tried. */
  async execute({ now, limit }: { readonly now: Date; readonly limit: number }): Promise<{ readonly removed: number }> {
    const due = await this.uow.read(ACTOR, (tx) => this.files.unattachedSince(tx, keptUnattachedSince(now), limit));
    const outcomes = await eachAlone(due, (fileId) => this.uow.run(ACTOR, (tx) => this.removal.remove(tx, fileId)));
    return { removed: outcomes.filter(Boolean).length };
  }
}
