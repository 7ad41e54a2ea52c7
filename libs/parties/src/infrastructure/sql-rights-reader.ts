import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type Rights, RightsReader } from '../application/load-actor';

/**
 * One round trip for everything a request needs to know of its user, because every request pays for it. That is why this
 * one query also reads `identity.users`.
 */
const RIGHTS_SQL = `
  with member as (
    select m.party_id, m.role, o.kind
    from parties.members m join parties.organisations o using (party_id)
    where m.user_id = $1 and m.removed_at is null
  )
  select
    (select party_id from parties.influencers where user_id = u.id) as "influencerId",
    u.staff_roles as "staffRoles",
    (select coalesce(jsonb_agg(jsonb_build_object('partyId', party_id, 'kind', kind, 'role', role)), '[]')
     from member) as memberships,
    (select coalesce(jsonb_agg(distinct jsonb_build_object(
              'agencyId', v.agency_id, 'influencerId', v.influencer_id, 'role', member.role)), '[]')
     from member join parties.mandates v on v.agency_id = member.party_id
     where v.valid_from <= $2 and (v.valid_until is null or v.valid_until > $2)) as representations
  from identity.users u
  where u.id = $1 and u.disabled_at is null`;

@Injectable()
export class SqlRightsReader extends RightsReader {
  override async rightsOf(tx: Transaction, userId: string, at: Date): Promise<Rights | null> {
    const [rights] = await managerOf(tx).query<Rights[]>(RIGHTS_SQL, [userId, at]);
    return rights ?? null;
  }
}
