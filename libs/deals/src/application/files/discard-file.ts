import { type Actor, NotFound, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { FileAlreadyAttached } from '../../domain/errors';
import { FileRemoval } from './file-removal';
import { FileRepository } from './file-repository';

/** Removes a file that its uploader does not want to submit after all. Throws NotFound, FileAlreadyAttached. */
@Injectable()
export class DiscardFile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: FileRepository,
    private readonly removal: FileRemoval,
  ) {}

  async execute({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<void> {
    const person = requirePerson(actor);
    await this.uow.run(person, async (tx) => {
      const file = await this.files.find(tx, fileId);
      if (file?.isAttached) throw new FileAlreadyAttached();
      if (!file || !(await this.removal.remove(tx, fileId))) throw new NotFound('File');
    });
  }
}
