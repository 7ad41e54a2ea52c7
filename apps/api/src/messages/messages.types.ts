import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import { PartyType } from '../parties/party.types';

@ObjectType('Message', { description: 'Said in the conversation of a deal; never changed, never taken back.' })
export class MessageType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => String, { description: 'Who wrote it.' })
  authorName: string;

  @Field(() => PartyType, {
    description: 'For whom: the brand, the influencer, the agency that represented her then, or the platform.',
  })
  party: PartyType;

  @Field(() => Boolean, { description: 'Written by the viewer.' })
  own: boolean;

  @Field(() => Boolean, { description: 'By somebody else, and after what the viewer has marked as read.' })
  unread: boolean;

  @Field(() => String)
  text: string;

  @Field(() => GraphQLISODateTime)
  writtenAt: Date;
}

@ObjectType()
export class MessageConnection extends connectionOf(MessageType, 'Message') {}

@ObjectType('MessagesRead')
export class MessagesReadType {
  @Field(() => ID)
  dealId: string;

  @Field(() => Int, { description: 'Those of the deal that are left.' })
  unreadMessages: number;
}
