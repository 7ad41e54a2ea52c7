import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { SalesSource } from '../../domain/sales-source';
import { authorizeInbox } from '../intake-rights';
import { SourceRepository } from './source-repository';

/** The sources of a brand's webhooks, closed ones too, by name. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class ListSources {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sources: SourceRepository,
  ) {}

  async execute(query: { readonly actor: Actor; readonly brandId: string }): Promise<readonly SalesSource[]> {
    authorizeInbox(query.actor, query.brandId);
    return this.uow.read(query.actor, (tx) => this.sources.listByBrand(tx, query.brandId));
  }
}
