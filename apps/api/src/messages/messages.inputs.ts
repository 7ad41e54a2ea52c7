import { MAX_TEXT_LENGTH } from '@evenhand/messages';
import { Field, InputType } from '@nestjs/graphql';
import { IdField, Text } from '../graphql';

const MAX_KEY = 200;

@InputType()
export class SendMessageInput {
  @IdField()
  dealId: string;

  @IdField({
    nullable: true,
    description: 'For whom the viewer writes; needed only where they may write for several parties of the deal.',
  })
  partyId: string | null = null;

  @Field(() => String, { description: `1 to ${MAX_TEXT_LENGTH} characters.` })
  @Text({ max: MAX_TEXT_LENGTH })
  text: string;

  @Field(() => String, { description: 'The same key with the same text: the message that was sent first.' })
  @Text({ max: MAX_KEY })
  idempotencyKey: string;
}

@InputType()
export class MarkMessagesReadInput {
  @IdField()
  dealId: string;

  @IdField({ description: 'This message of the deal and all before it.' })
  throughMessageId: string;
}
