import type { AuditActorKind } from '@evenhand/audit';
import { ArgsType, Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, IdField, PageArgs } from '../graphql';
import { PartyType } from '../parties/party.types';
import { AuditActorKindEnum } from './audit.enums';

@ObjectType('AuditActor')
export class AuditActorType {
  @Field(() => AuditActorKindEnum, {
    description: 'A person, a job or command of the system, a stranger, or somebody who works in the database itself.',
  })
  kind: AuditActorKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Of the person, the job or the command; null for a person of another party, whose name is its own matter.',
  })
  name: string | null;

  @Field(() => PartyType, { nullable: true, description: 'For whom the person acted, where that is certain.' })
  party: PartyType | null;

  @Field(() => ID, { nullable: true, description: 'The API key that was used; shown where the name is.' })
  apiKeyId: string | null;
}

@ObjectType('AuditChange')
export class AuditChangeType {
  @Field(() => String, {
    description: 'As in the database; amounts are in minor units: `state`, `budget_minor`, `brief.title`.',
  })
  field: string;

  @Field(() => String, { nullable: true })
  old: string | null;

  @Field(() => String, { nullable: true })
  new: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A keyed digest instead of the value, for what people wrote or are called: equal digests, equal values.',
  })
  oldDigest: string | null;

  @Field(() => String, { nullable: true })
  newDigest: string | null;

  @Field(() => Boolean, { description: 'A secret changed; neither it nor a digest is kept.' })
  isSecret: boolean;
}

@ObjectType('AuditEntry', { description: 'One change of state, recorded with it and never changed.' })
export class AuditEntryType {
  @Field(() => ID)
  id: string;

  @Field(() => ID, { description: 'What changed: the object that was asked for, or one within it.' })
  objectId: string;

  @Field(() => String, { description: 'The kind of row: `deals`, `offers`, `members`.' })
  record: string;

  @Field(() => String, { description: '`created`, `deleted`, the new state where there is one, else `changed`.' })
  action: string;

  @Field(() => AuditActorType)
  actor: AuditActorType;

  @Field(() => GraphQLISODateTime)
  recordedAt: Date;

  @Field(() => [AuditChangeType])
  changes: AuditChangeType[];

  @Field(() => String, {
    nullable: true,
    description:
      'Of its link in the chain of hashes, sha256 in hexadecimal; null for a few seconds, until it is sealed.',
  })
  hash: string | null;
}

@ObjectType()
export class AuditEntryConnection extends connectionOf(AuditEntryType, 'AuditEntry') {}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @IdField({
    description: 'Of any object whose log the viewer may read: a deal, a bid, a mandate, a party, an API key …',
  })
  objectId: string;
}
