import type { PartyKind, PartyName } from '@evenhand/parties';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../graphql';
import { PartyKindEnum } from './parties.enums';

@ObjectType('Party', { description: 'Anyone who can hold money: brand, agency, influencer, the platform.' })
export class PartyType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => PartyKindEnum)
  kind: PartyKind;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2.' })
  country: string;
}

export function toParty(party: PartyName): PartyType {
  return { id: toGlobalId('party', party.id), name: party.name, kind: party.kind, country: party.country };
}
