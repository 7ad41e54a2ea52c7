import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import type { SourceFormat } from '@evenhand/sales';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional } from 'class-validator';
import { IdField, PageArgs, Text, Texts } from '../graphql';
import { SourceFormatEnum } from './sales.enums';

const MAX_NAME = 64;
const MAX_SECRET = 200;
const MAX_ID = 100;
const MAX_DELIVERIES = 1_000;

@InputType()
export class OpenSalesSourceInput {
  @IdField()
  brandId: string;

  @Field(() => String, { description: 'Lower-case letters, digits, dots, hyphens and underscores.' })
  @Text({ max: MAX_NAME })
  name: string;

  @Field(() => SourceFormatEnum)
  @IsIn(Object.values(SourceFormatEnum))
  format: SourceFormat;

  @Field(() => String, { nullable: true, description: 'Shopify’s secret; left out for Standard Webhooks it is made.' })
  @IsOptional()
  @Text({ max: MAX_SECRET })
  secret: string | null = null;
}

@InputType()
export class RotateSourceSecretInput {
  @IdField()
  sourceId: string;

  @Field(() => String, {
    nullable: true,
    description: 'Shopify’s new secret; left out for Standard Webhooks it is made.',
  })
  @IsOptional()
  @Text({ max: MAX_SECRET })
  secret: string | null = null;
}

@InputType()
export class CloseSalesSourceInput {
  @IdField()
  sourceId: string;
}

@InputType()
export class RetryDeliveriesInput {
  @IdField()
  brandId: string;

  @Field(() => [ID])
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_DELIVERIES)
  @Texts({ max: MAX_ID })
  deliveryIds: string[];
}

@ArgsType()
export class SalesSourcesArgs {
  @IdField()
  brandId: string;
}

@ArgsType()
export class FailedDeliveriesArgs extends PageArgs {
  @IdField()
  brandId: string;
}
