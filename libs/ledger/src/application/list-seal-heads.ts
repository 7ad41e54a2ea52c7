import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { TrustedSeal } from '../domain/seal/check-chain';
import { Seals } from './seals';

/** The last seal of every book; kept elsewhere, they show later that no chain was cut or written anew. */
@Injectable()
export class ListSealHeads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: Seals,
  ) {}

  execute(): Promise<readonly TrustedSeal[]> {
    return this.uow.read(systemActor('list seal heads'), (tx) => this.seals.heads(tx));
  }
}
