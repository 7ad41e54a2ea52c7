import { FileStorage, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { storageKeyOf } from './file';
import { FileRepository } from './file-repository';

/** Removes a file that no version holds: its bytes first, so that what remembers them is there until they are gone. */
@Injectable()
export class FileRemoval {
  constructor(
    private readonly files: FileRepository,
    private readonly storage: FileStorage,
  ) {}

  /** False where there is no such file, or a version holds it, or somebody else is about it. */
  async remove(tx: Transaction, fileId: string): Promise<boolean> {
    if (!(await this.files.lockUnattached(tx, fileId))) return false;
    await this.storage.delete(storageKeyOf(fileId));
    await this.files.remove(tx, fileId);
    return true;
  }
}
