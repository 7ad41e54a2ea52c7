import { type Actor, InvalidInput, NotFound, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { FileAlreadyAttached } from '../../domain/errors';
import { keptUnattachedSince, MAX_FILES_OF_VERSION } from '../../domain/file';
import { FileRepository } from './file-repository';

export interface VersionPlace {
  readonly dealId: string;
  readonly deliverableId: string;
  readonly number: number;
}

/** Gives a version that is being submitted its files. */
@Injectable()
export class VersionFiles {
  constructor(private readonly files: FileRepository) {}

  /**
   * The submitter's own files, each of one version only. A file that is due to be removed is not found any more, so that its
   * bytes cannot vanish from a version. Throws InvalidInput, NotFound, FileAlreadyAttached.
   */
  async attach(tx: Transaction, actor: Actor, at: VersionPlace, fileIds: readonly string[], now: Date): Promise<void> {
    if (fileIds.length === 0) return;
    if (fileIds.length > MAX_FILES_OF_VERSION || new Set(fileIds).size < fileIds.length) {
      throw new InvalidInput('fileIds', `A version holds up to ${MAX_FILES_OF_VERSION} files, each once.`);
    }
    const own = actor.kind === 'person' ? await this.files.lockOwn(tx, at.dealId, actor.userId, fileIds) : [];
    const keptSince = keptUnattachedSince(now);
    for (const fileId of fileIds) {
      const file = own.find(({ id }) => id === fileId);
      if (!file || (!file.isAttached && file.begunAt <= keptSince)) throw new NotFound('File');
      if (file.isAttached) throw new FileAlreadyAttached();
    }
    await this.files.attach(tx, at.deliverableId, at.number, fileIds);
  }
}
