import { createHash } from 'node:crypto';
import { type Actor, Clock, IdGenerator, InvalidInput, NotFound, UnitOfWork } from '@evenhand/kernel';
import { currencyOf } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { SalesFileTooLarge, UnreadableSalesFile } from '../../domain/errors';
import { isSourceName } from '../../domain/validation';
import { authorizeIntake } from '../intake-rights';
import { ImportStore, type NewImport, type SalesImport, type StoredFile } from './import-store';
import { findMapping, MappingRepository } from './mapping-repository';

/** 200 MB: some two million rows. */
export const MAX_FILE_BYTES = 200 * 1024 * 1024;
const PART_BYTES = 256 * 1024;
const MAX_NAME_LENGTH = 200;

export interface StartImportCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly fileName: string;
  /** A preset's name or that of a mapping of the brand. */
  readonly mapping: string;
  /** Source of the rows that name none; the mapping's name where null. */
  readonly source: string | null;
  /** Of the rows that name none, in the mapping's stead. */
  readonly currency: string | null;
  /** True: says what would become of every row and records nothing. */
  readonly dryRun: boolean;
  readonly bytes: AsyncIterable<Buffer>;
}

/** `isNew` false: the same file by the same mapping was imported before, and this is that import. */
export interface StartedImport {
  readonly import: SalesImport;
  readonly isNew: boolean;
}

/**
 * Stores a file of sales piece by piece and lets it wait for its turn; it is read later. Who asks is checked before a byte
 * is read. Throws `NotFound`, `Forbidden`, `InvalidInput`, `UnknownCurrency`, `SalesFileTooLarge`, `UnreadableSalesFile`.
 */
@Injectable()
export class StartImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly imports: ImportStore,
    private readonly mappings: MappingRepository,
  ) {}

  async execute(command: StartImportCommand): Promise<StartedImport> {
    const { actor, brandId } = command;
    authorizeIntake(actor, brandId);
    const given = await this.begun(command);
    try {
      const file = await this.receive(actor, given, command.bytes);
      return await this.finish(actor, given, file);
    } catch (error) {
      await this.asSystem(actor, (tx) => this.imports.remove(tx, brandId, given.importId, true));
      throw error;
    }
  }

  private async begun(command: StartImportCommand): Promise<NewImport> {
    const { actor, brandId, mapping: mappingName, currency, dryRun } = command;
    const source = command.source ?? mappingName;
    if (!isSourceName(source)) {
      throw new InvalidInput('source', 'A source is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.');
    }
    if (currency !== null) currencyOf(currency);
    const fileName =
      command.fileName
        .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
        .trim()
        .slice(0, MAX_NAME_LENGTH) || 'file';
    const createdBy = actor.kind === 'person' ? actor.userId : null;
    return this.asSystem(actor, async (tx) => {
      const found = await findMapping(this.mappings, tx, brandId, mappingName);
      const mapping = { ...found, currency: currency ?? found.currency };
      const importId = this.ids.next();
      const named = { importId, brandId, fileName, mappingName, mapping, source, dryRun };
      const given = { ...named, createdAt: this.clock.now(), createdBy };
      await this.imports.add(tx, given);
      return given;
    });
  }

  private async receive(actor: Actor, given: NewImport, bytes: AsyncIterable<Buffer>): Promise<StoredFile> {
    const hash = createHash('sha256');
    let [sizeBytes, partNumber] = [0, 0];
    for await (const part of partsOf(bytes)) {
      if (partNumber === 0) requireText(part);
      sizeBytes += part.length;
      if (sizeBytes > MAX_FILE_BYTES) throw new SalesFileTooLarge(MAX_FILE_BYTES);
      hash.update(part);
      partNumber += 1;
      const number = partNumber;
      await this.asSystem(actor, (tx) => this.imports.addPart(tx, given, number, part));
    }
    if (sizeBytes === 0) throw new UnreadableSalesFile('The file is empty.');
    return { sizeBytes, sha256: hash.digest('hex') };
  }

  private finish(actor: Actor, given: NewImport, file: StoredFile): Promise<StartedImport> {
    return this.asSystem(actor, async (tx) => {
      const same = await this.imports.received(tx, given, file);
      if (same) {
        await this.imports.remove(tx, given.brandId, given.importId, true);
        return { import: same, isNew: false };
      }
      const stored = await this.imports.find(tx, given.importId);
      if (!stored) throw new NotFound('Import');
      return { import: stored, isNew: true };
    });
  }

  private asSystem<T>(actor: Actor, work: Parameters<typeof this.uow.run<T>>[1]): Promise<T> {
    return this.uow.run(actor, (tx) => this.uow.asSystem(tx, () => work(tx)));
  }
}

/** Pieces of one size, whatever those that come are cut into. */
async function* partsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    pending.push(chunk);
    size += chunk.length;
    if (size < PART_BYTES) continue;
    const whole = Buffer.concat(pending);
    const end = whole.length - (whole.length % PART_BYTES);
    for (let start = 0; start < end; start += PART_BYTES) yield whole.subarray(start, start + PART_BYTES);
    pending = [whole.subarray(end)];
    size = whole.length - end;
  }
  if (size > 0) yield Buffer.concat(pending);
}

const BINARY = [
  ['504b0304', 'a workbook or an archive'],
  ['d0cf11e0', 'a workbook'],
  ['1f8b', 'a compressed file'],
  ['25504446', 'a PDF'],
] as const;

function requireText(part: Buffer): void {
  const start = part.subarray(0, 4).toString('hex');
  const found = BINARY.find(([magic]) => start.startsWith(magic));
  if (found) throw new UnreadableSalesFile(`This is ${found[1]}: save it as CSV first.`);
  const isUtf16 = start.startsWith('fffe');
  if (!isUtf16 && part.includes(0)) throw new UnreadableSalesFile('This is no text.');
}
