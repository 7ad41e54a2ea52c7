import { type Actor, Clock, NotFound, type Page, type PageRequest, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { authorizeInbox, authorizeReading } from '../intake-rights';
import { type ImportRow, ImportStore, type SalesImport } from './import-store';

/** The files that a brand imported, newest first. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class ListImports {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportStore,
  ) {}

  async execute(query: { readonly actor: Actor; readonly brandId: string; readonly page: PageRequest }) {
    authorizeInbox(query.actor, query.brandId);
    return this.uow.read(query.actor, (tx) => this.imports.page(tx, query.brandId, query.page));
  }
}

/** An import with how far it came. Throws `Unauthenticated`, `Forbidden`, `NotFound`. */
@Injectable()
export class GetImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly imports: ImportStore,
  ) {}

  async execute({ actor, importId }: { readonly actor: Actor; readonly importId: string }): Promise<SalesImport> {
    authorizeReading(actor);
    const found = await this.uow.read(actor, (tx) => this.imports.find(tx, importId));
    if (!found) throw new NotFound('Import');
    authorizeInbox(actor, found.brandId, 'Import');
    return found;
  }

  /** Rows of its file that were not recorded, by line, each with its reason. */
  async rows(query: {
    readonly actor: Actor;
    readonly importId: string;
    readonly page: PageRequest;
  }): Promise<Page<ImportRow>> {
    const found = await this.execute(query);
    return this.uow.read(query.actor, (tx) => this.imports.rowPage(tx, found, query.page));
  }
}

const ACTOR = systemActor('watch imports');
const ABANDONED_MS = 24 * 3_600_000;

/** What the worker looks for again and again. */
@Injectable()
export class WatchImports {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly imports: ImportStore,
  ) {}

  /** Imports whose turn it is, longest waiting first. */
  due(limit: number): Promise<readonly Pick<SalesImport, 'brandId' | 'importId'>[]> {
    return this.uow.read(ACTOR, (tx) => this.imports.due(tx, this.clock.now(), limit));
  }

  /** Removes what was begun to be received a day ago and never was: whoever received it was killed. */
  async forgetAbandoned(): Promise<void> {
    await this.uow.run(ACTOR, async (tx) => {
      const before = new Date(this.clock.now().getTime() - ABANDONED_MS);
      for (const { brandId, importId } of await this.imports.abandoned(tx, before)) {
        await this.imports.remove(tx, brandId, importId, true);
      }
    });
  }
}
