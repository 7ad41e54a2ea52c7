import { Field, InputType } from '@nestjs/graphql';
import { IsString, MaxLength } from 'class-validator';
import { IdField, Text } from '../graphql';

@InputType()
export class EraseMyAccountInput {
  @Field(() => String, { description: 'Once more: it cannot be undone.' })
  @IsString()
  @MaxLength(1_000)
  password: string;
}

@InputType()
export class ErasePersonInput {
  @IdField()
  userId: string;

  @Field(() => String, { description: 'How the person asked, for whoever has to prove it later. Kept.' })
  @Text({ max: 1_000 })
  reason: string;
}
