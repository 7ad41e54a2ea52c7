import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type OwnParties, PersonEraser, type PersonToErase } from '../application/erase-person';

const OWN_PARTIES = `
  with mine as (
    select m.party_id, m.role,
      exists (select from parties.members o
              where o.party_id = m.party_id and o.removed_at is null and o.user_id <> $1) as "hasOthers",
      exists (select from parties.members o
              where o.party_id = m.party_id and o.removed_at is null and o.user_id <> $1 and o.role = 'owner') as "hasOwner"
    from parties.members m where m.user_id = $1 and m.removed_at is null
  )
  select
    (select party_id from parties.influencers where user_id = $1) as "influencerId",
    array(select party_id from mine where not "hasOthers" order by 1) as "aloneIn",
    array(select p.display_name from mine join parties.parties p on p.id = mine.party_id
          where role = 'owner' and "hasOthers" and not "hasOwner" order by 1) as "onlyOwnerOf"`;

@Injectable()
export class SqlPersonEraser extends PersonEraser {
  override async ownPartiesOf(tx: Transaction, userId: string): Promise<OwnParties> {
    const [row] = await managerOf(tx).query<OwnParties[]>(OWN_PARTIES, [userId]);
    return row ?? { influencerId: null, aloneIn: [], onlyOwnerOf: [] };
  }

  override async erase(tx: Transaction, person: PersonToErase, at: Date): Promise<void> {
    const { userId, email, influencerId, aloneIn } = person;
    await managerOf(tx).query('select parties.erase_person($1, $2, $3, $4, $5)', [
      userId,
      email,
      influencerId,
      aloneIn,
      at,
    ]);
  }
}
