import { type Actor, Clock, IdGenerator, InvalidInput, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { MappingNameTaken } from '../../domain/errors';
import { checkMapping, type FileMapping } from '../../domain/file-mapping';
import { PRESET_MAPPINGS } from '../../domain/preset-mappings';
import { isSourceName } from '../../domain/validation';
import { authorizeInbox, authorizeIntake } from '../intake-rights';
import { MappingRepository, type NamedMapping, presetOf } from './mapping-repository';

export interface SaveFileMappingCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly name: string;
  readonly mapping: FileMapping;
}

/**
 * Gives a brand a mapping of its own, or changes it; imports made by it before stay as they are. Throws `NotFound`,
 * `Forbidden`, `InvalidInput`, `UnknownCurrency`, `UnknownTimeZone`, `MappingNameTaken` for the name of a preset.
 */
@Injectable()
export class SaveFileMapping {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly mappings: MappingRepository,
  ) {}

  async execute({ actor, brandId, name, mapping }: SaveFileMappingCommand): Promise<NamedMapping> {
    authorizeIntake(actor, brandId);
    if (!isSourceName(name)) {
      throw new InvalidInput('name', 'A name is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.');
    }
    if (presetOf(name)) throw new MappingNameTaken(name);
    checkMapping(mapping);
    const named = { mappingId: this.ids.next(), name, mapping, changedAt: this.clock.now() };
    const changedBy = actor.kind === 'person' ? actor.userId : null;
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => ({
        ...named,
        ...(await this.mappings.save(tx, brandId, named, changedBy)),
      })),
    );
  }
}

/** Answers whether there was one of that name. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class RemoveFileMapping {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mappings: MappingRepository,
  ) {}

  async execute(command: { readonly actor: Actor; readonly brandId: string; readonly name: string }) {
    const { actor, brandId, name } = command;
    authorizeIntake(actor, brandId);
    const removed = await this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, () => this.mappings.remove(tx, brandId, name)),
    );
    return { removed };
  }
}

/** The mappings that a brand may read files by: the presets, then its own by name. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class ListFileMappings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mappings: MappingRepository,
  ) {}

  async execute(query: { readonly actor: Actor; readonly brandId: string }) {
    authorizeInbox(query.actor, query.brandId);
    const own = await this.uow.read(query.actor, (tx) => this.mappings.listByBrand(tx, query.brandId));
    const presets = Object.entries(PRESET_MAPPINGS).map(([name, mapping]) => ({ name, mapping, isPreset: true }));
    return [...presets, ...own.map(({ name, mapping }) => ({ name, mapping, isPreset: false }))];
  }
}
