import {
  type Actor,
  Clock,
  FileStorage,
  IdGenerator,
  NotFound,
  type PersonActor,
  requirePerson,
  systemActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireActive } from '../../domain/deal';
import { TooManyUnattachedFiles } from '../../domain/errors';
import { fileTypeOf, MAX_UNATTACHED_FILES, requireSize } from '../../domain/file';
import { fileNameOf } from '../../domain/file-name';
import { requireInfluencerSide } from '../deal-access';
import { DealDirectory } from '../deal-directory';
import { type StoredFile, storageKeyOf } from './file';
import { FileRemoval } from './file-removal';
import { FileRepository } from './file-repository';
import { FileSniffer } from './file-sniffer';
import { begin, MeasuredBytes } from './measured-bytes';

/** What tells a type: pictures may have colour profiles before anything that says more of them. */
const HEAD_BYTES = 128 * 1024;
const DISCARDS = systemActor('discard-broken-uploads');

export interface StoreFileCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** As the sender calls it. */
  readonly name: string;
  /** How many bytes the sender says there are; null where it does not say. */
  readonly declaredBytes: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Takes in a file for a version that the influencer's side is about to submit. Who asks is checked before a byte is read, what
 * the file is by its first bytes, and its size all along. Where anything fails, or the sender goes away, nothing is left.
 * Throws NotFound, Forbidden, DealNotActive, TooManyUnattachedFiles, EmptyFile, UnsupportedFileType, FileTooLarge.
 */
@Injectable()
export class StoreFile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
    private readonly files: FileRepository,
    private readonly removal: FileRemoval,
    private readonly sniffer: FileSniffer,
    private readonly storage: FileStorage,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: StoreFileCommand): Promise<StoredFile> {
    const person = requirePerson(command.actor);
    const fileId = this.ids.next();
    await this.uow.run(person, (tx) => this.begun(tx, person, command.dealId, fileId));
    try {
      return await this.received(person, fileId, command);
    } catch (error) {
      // What cannot be removed now is removed with the files that no version holds.
      await this.uow.run(DISCARDS, (tx) => this.removal.remove(tx, fileId)).catch(() => undefined);
      throw error;
    }
  }

  /** The row is there before the bytes, so that none are ever in storage that nothing knows of. */
  private async begun(tx: Transaction, person: PersonActor, dealId: string, fileId: string): Promise<void> {
    const deal = (await this.deals.summariesOf(tx, [dealId])).get(dealId);
    if (!deal) throw new NotFound('Deal');
    requireInfluencerSide(person, deal, 'upload files for this deal');
    requireActive(deal.state);
    const unattached = await this.files.countUnattached(tx, person.userId);
    if (unattached >= MAX_UNATTACHED_FILES) throw new TooManyUnattachedFiles(MAX_UNATTACHED_FILES);
    await this.files.begin(tx, deal, { id: fileId, uploadedBy: person.userId, begunAt: this.clock.now() });
  }

  private async received(person: PersonActor, fileId: string, command: StoreFileCommand): Promise<StoredFile> {
    const { dealId, declaredBytes } = command;
    const { head, all } = await begin(command.bytes, HEAD_BYTES);
    const type = fileTypeOf(await this.sniffer.typeOf(head), head);
    requireSize(type, declaredBytes ?? 0);
    const measured = new MeasuredBytes(type);
    await this.storage.put(storageKeyOf(fileId), measured.through(all));
    const content = {
      name: fileNameOf(command.name, type),
      type: type.mime,
      sizeBytes: measured.sizeBytes,
      sha256: measured.sha256(),
      storedAt: this.clock.now(),
    };
    const isKept = await this.uow.run(person, (tx) => this.files.finish(tx, fileId, content));
    if (!isKept) throw new NotFound('Deal');
    return { id: fileId, dealId, kind: type.kind, ...content };
  }
}
