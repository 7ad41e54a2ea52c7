import type { FileKind, VersionOutcome } from '@evenhand/deals';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { PartyType } from '../parties/party.types';
import { FileKindEnum, VersionOutcomeEnum } from './deal.enums';

@ObjectType('DeliverableFile', { description: 'Never changed; downloaded and never shown in place.' })
export class DeliverableFileType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'As it was uploaded, with an extension of its type.' })
  name: string;

  @Field(() => String, { description: 'Media type, as its bytes say.' })
  type: string;

  @Field(() => FileKindEnum)
  kind: FileKind;

  @Field(() => Int)
  sizeBytes: number;

  @Field(() => String, { description: 'Hexadecimal.' })
  sha256: string;

  @Field(() => String, { description: 'Its path on this host.' })
  url: string;
}

@ObjectType('DeliverableVersion', {
  description: 'One handing over of a deliverable to the brand. It never changes; what became of it is said once.',
})
export class DeliverableVersionType {
  /** For what hangs on the version. */
  deliverableId: string;

  @Field(() => Int, { description: '1, 2, 3 …' })
  number: number;

  @Field(() => String)
  caption: string;

  @Field(() => [String])
  mediaUrls: readonly string[];

  @Field(() => [DeliverableFileType])
  files: DeliverableFileType[];

  @Field(() => PartyType, { description: 'The influencer, or the agency that acted for her.' })
  submittedBy: PartyType;

  @Field(() => GraphQLISODateTime)
  submittedAt: Date;

  @Field(() => VersionOutcomeEnum, { nullable: true, description: 'What became of it; null while the brand is asked.' })
  outcome: VersionOutcome | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What the brand wanted changed.' })
  feedback: string | null;

  @Field(() => Boolean, { description: 'Whether the caption says that it is advertising, as publishing asks.' })
  disclosed: boolean;
}
