import type { FileMapping } from '@evenhand/sales';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { IdField, PageArgs, Text, Texts } from '../graphql';
import { FileDatesEnum, FileStyleEnum } from './sales.enums';

const MAX_NAME = 64;
const MAX_TEXT = 100;
const MAX_NAMES = 10;
const MAX_COLUMNS = 40;
const MAX_WORDS = 20;
const DECIMALS = ['.', ','] as const;
const THOUSANDS = ['.', ',', ' ', "'"] as const;

@InputType()
export class FileColumnInput {
  @Field(() => String, { description: 'What of a sale or correction it holds.' })
  @Text({ max: MAX_NAME })
  field: string;

  @Field(() => [String], { description: 'The file’s names of it; the first that it has counts.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_NAMES)
  @Texts({ max: MAX_TEXT })
  names: string[];
}

@InputType()
export class SaveFileMappingInput {
  @IdField()
  brandId: string;

  @Field(() => String, { description: 'Lower-case letters, digits, dots, hyphens and underscores.' })
  @Text({ max: MAX_NAME })
  name: string;

  @Field(() => FileStyleEnum, { description: 'LINES: a row a line of an order; TRANSACTIONS: a network’s report.' })
  @IsIn(['lines', 'transactions'])
  style: 'lines' | 'transactions';

  @Field(() => [FileColumnInput])
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_COLUMNS)
  @ValidateNested({ each: true })
  @Type(() => FileColumnInput)
  columns: FileColumnInput[];

  @Field(() => String, { nullable: true, description: 'Of rows that name none; ISO 4217.' })
  @IsOptional()
  @Text({ max: 3 })
  currency: string | null = null;

  @Field(() => String, { defaultValue: '.' })
  @IsIn(DECIMALS)
  decimal: FileMapping['decimal'] = '.';

  @Field(() => String, { nullable: true, description: "One of `.` `,` `'` or a space." })
  @IsOptional()
  @IsIn(THOUSANDS)
  thousands: FileMapping['thousands'] = null;

  @Field(() => FileDatesEnum, { defaultValue: 'zoned' })
  @IsIn(Object.values(FileDatesEnum))
  dates: FileMapping['dates'] = 'zoned';

  @Field(() => String, { defaultValue: 'UTC', description: 'IANA zone of dates without one.' })
  @IsString()
  @Text({ max: MAX_TEXT })
  timeZone: string = 'UTC';

  @Field(() => [String], { defaultValue: [], description: 'Words of the status that take the sale back.' })
  @IsArray()
  @ArrayMaxSize(MAX_WORDS)
  @Texts({ max: MAX_TEXT })
  declined: string[] = [];

  @Field(() => [String], { defaultValue: [], description: 'Words of the status whose rows are left out.' })
  @IsArray()
  @ArrayMaxSize(MAX_WORDS)
  @Texts({ max: MAX_TEXT })
  ignored: string[] = [];
}

@InputType()
export class RemoveFileMappingInput {
  @IdField()
  brandId: string;

  @Field(() => String)
  @Text({ max: MAX_NAME })
  name: string;
}

@ArgsType()
export class FileMappingsArgs {
  @IdField()
  brandId: string;
}

@ArgsType()
export class SalesImportsArgs extends PageArgs {
  @IdField()
  brandId: string;
}

@ArgsType()
export class SalesImportArgs {
  @IdField()
  id: string;
}

@ArgsType()
export class ImportRowsArgs extends PageArgs {
  @IdField()
  importId: string;
}

export function fromMappingInput(input: SaveFileMappingInput): FileMapping {
  const { style, columns, currency, decimal, thousands, dates, timeZone, declined, ignored } = input;
  const byField = Object.fromEntries(columns.map(({ field, names }) => [field, names]));
  const lower = (word: string) => word.toLowerCase();
  return {
    style,
    columns: byField,
    currency,
    decimal,
    thousands,
    dates,
    timeZone,
    declined: declined.map(lower),
    ignored: ignored.map(lower),
  };
}
