import { isUuid, systemActor, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { TypeID } from 'typeid-js';

export interface FoundBrand {
  readonly id: string;
  readonly name: string;
}

/** The one brand with this id (`party_…` or a UUID) or name; a name is compared without regard to case. */
export async function findBrand(app: INestApplicationContext, idOrName: string): Promise<FoundBrand> {
  const found = await app.get(UnitOfWork).read(systemActor('command line'), (tx) =>
    managerOf(tx).query<FoundBrand[]>(
      `select id, display_name as name from parties.parties
       where kind = 'brand' and (id = $1::uuid or lower(display_name) = lower($2)) order by id limit 2`,
      [uuidOf(idOrName), idOrName],
    ),
  );
  const [brand, another] = found;
  if (!brand) throw new Error(`There is no brand with the id or name "${idOrName}".`);
  if (another) throw new Error(`More than one brand is called "${idOrName}": name it by its id.`);
  return brand;
}

function uuidOf(text: string): string | null {
  if (isUuid(text)) return text;
  try {
    return TypeID.fromString(text, 'party').toUUID();
  } catch {
    return null;
  }
}
