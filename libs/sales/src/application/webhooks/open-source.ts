import { type Actor, Clock, IdGenerator, InvalidInput, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { SourceNameTaken } from '../../domain/errors';
import type { SalesSource, SourceFormat } from '../../domain/sales-source';
import { isSourceName } from '../../domain/validation';
import { authorizeIntake } from '../intake-rights';
import { SourceRepository } from './source-repository';
import { WebhookFormats } from './webhook-formats';

export interface OpenSourceCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly name: string;
  readonly format: SourceFormat;
  /** The secret the shop signs with; null where we make it. */
  readonly secret: string | null;
}

/** The secret is told this once. */
export interface SourceWithNewSecret {
  readonly source: SalesSource;
  readonly secret: string;
}

/** Opens a source of webhooks for a brand. Throws `NotFound`, `Forbidden`, `InvalidInput`, `SourceNameTaken`. */
@Injectable()
export class OpenSource {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly sources: SourceRepository,
    private readonly formats: WebhookFormats,
  ) {}

  async execute({ actor, brandId, name, format, secret: given }: OpenSourceCommand): Promise<SourceWithNewSecret> {
    authorizeIntake(actor, brandId);
    if (!isSourceName(name)) {
      throw new InvalidInput('name', 'A source is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.');
    }
    const secret = this.formats.secretFor(format, given);
    const createdAt = this.clock.now();
    const source = { brandId, sourceId: this.ids.next(), name, format, createdAt, closedAt: null };
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        if (!(await this.sources.add(tx, source))) throw new SourceNameTaken(name);
        const secretId = this.ids.next();
        await this.sources.addSecret(tx, source, { secretId, secret, createdAt, othersUntil: createdAt });
        return { source, secret };
      }),
    );
  }
}
