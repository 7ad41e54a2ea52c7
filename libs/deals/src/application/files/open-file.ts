import { type Actor, type ByteRange, FileStorage, NotFound, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type StoredFile, storageKeyOf } from './file';
import { FileRepository } from './file-repository';

/** A file for whoever sees its deal; one that no version holds is for who uploaded it alone. NotFound for anybody else. */
@Injectable()
export class OpenFile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: FileRepository,
    private readonly storage: FileStorage,
  ) {}

  async execute({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<StoredFile> {
    const file = await this.uow.read(actor, (tx) => this.files.find(tx, fileId));
    if (!file) throw new NotFound('File');
    return file;
  }

  /** The bytes of a file that was answered, or some of them; NotFound where they were erased. */
  async bytesOf({ id }: StoredFile, range: ByteRange | null): Promise<AsyncIterable<Uint8Array>> {
    const bytes = await this.storage.open(storageKeyOf(id), range);
    if (!bytes) throw new NotFound('File');
    return bytes;
  }
}
