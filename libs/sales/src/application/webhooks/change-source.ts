import {
  type Actor,
  Clock,
  IdGenerator,
  InvalidTransition,
  NotFound,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { SalesSource } from '../../domain/sales-source';
import { authorizeIntake } from '../intake-rights';
import type { SourceWithNewSecret } from './open-source';
import { SourceRepository } from './source-repository';
import { WebhookFormats } from './webhook-formats';

/** So long the secret before the newest one is valid, for a shop to be told of the new one. */
const OVERLAP_MS = 24 * 3_600_000;

export interface RotateSourceSecretCommand {
  readonly actor: Actor;
  readonly sourceId: string;
  /** The secret the shop signs with from now on; null where we make it. */
  readonly secret: string | null;
}

export interface CloseSourceCommand {
  readonly actor: Actor;
  readonly sourceId: string;
}

/** What may be done with a source that is there. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class SourceAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sources: SourceRepository,
  ) {}

  /** Runs `change` with the system's rights, the source locked. */
  change<T>(actor: Actor, sourceId: string, change: (tx: Transaction, source: SalesSource) => Promise<T>): Promise<T> {
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const source = await this.sources.lock(tx, sourceId);
        if (!source) throw new NotFound('Source');
        authorizeIntake(actor, source.brandId, 'Source');
        return change(tx, source);
      }),
    );
  }
}

/** Gives a source a new secret; the old one is valid for another day. Throws `NotFound`, `Forbidden`, `InvalidInput`, `InvalidTransition`. */
@Injectable()
export class RotateSourceSecret {
  constructor(
    private readonly access: SourceAccess,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly sources: SourceRepository,
    private readonly formats: WebhookFormats,
  ) {}

  execute({ actor, sourceId, secret: given }: RotateSourceSecretCommand): Promise<SourceWithNewSecret> {
    return this.access.change(actor, sourceId, async (tx, source) => {
      if (source.closedAt) throw new InvalidTransition('Source', 'closed', 'rotate secret');
      const secret = this.formats.secretFor(source.format, given);
      const createdAt = this.clock.now();
      const othersUntil = new Date(createdAt.getTime() + OVERLAP_MS);
      await this.sources.addSecret(tx, source, { secretId: this.ids.next(), secret, createdAt, othersUntil });
      return { source, secret };
    });
  }
}

/** Refuses what a source sends from now on; what came before is kept. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class CloseSource {
  constructor(
    private readonly access: SourceAccess,
    private readonly clock: Clock,
    private readonly sources: SourceRepository,
  ) {}

  execute({ actor, sourceId }: CloseSourceCommand): Promise<SalesSource> {
    return this.access.change(actor, sourceId, async (tx, source) => {
      if (source.closedAt) return source;
      const closedAt = this.clock.now();
      await this.sources.close(tx, source, closedAt);
      return { ...source, closedAt };
    });
  }
}
