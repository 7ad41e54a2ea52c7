import { NotFound, type Transaction } from '@evenhand/kernel';
import type { FileMapping } from '../../domain/file-mapping';
import { PRESET_MAPPINGS } from '../../domain/preset-mappings';

/** A mapping of a brand's own, by its name. */
export interface NamedMapping {
  readonly mappingId: string;
  readonly name: string;
  readonly mapping: FileMapping;
  readonly changedAt: Date;
}

/** Mappings that brands made. Writes need the system's rights. */
export abstract class MappingRepository {
  /** Puts it in the place of the one of the same name, whose id it keeps; answers the id. */
  abstract save(
    tx: Transaction,
    brandId: string,
    mapping: NamedMapping,
    changedBy: string | null,
  ): Promise<{ readonly mappingId: string }>;

  /** By name. */
  abstract listByBrand(tx: Transaction, brandId: string): Promise<readonly NamedMapping[]>;

  /** False where there is none. */
  abstract remove(tx: Transaction, brandId: string, name: string): Promise<boolean>;
}

/** The mapping of this name: one that every brand has, or the brand's own. Throws `NotFound`. */
export async function findMapping(
  mappings: MappingRepository,
  tx: Transaction,
  brandId: string,
  name: string,
): Promise<FileMapping> {
  const preset = presetOf(name);
  if (preset) return preset;
  const own = (await mappings.listByBrand(tx, brandId)).find((mapping) => mapping.name === name);
  if (!own) throw new NotFound('Mapping');
  return own.mapping;
}

export function presetOf(name: string): FileMapping | undefined {
  return Object.hasOwn(PRESET_MAPPINGS, name) ? PRESET_MAPPINGS[name] : undefined;
}
