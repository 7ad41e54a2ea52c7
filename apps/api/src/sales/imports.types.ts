import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import { FileDatesEnum, FileStyleEnum, ImportOutcomeEnum, ImportStateEnum } from './sales.enums';
import { IntakeReasonType } from './sales.types';

@ObjectType('FileColumn')
export class FileColumnType {
  @Field(() => String, { description: 'What of a sale or correction it holds.' })
  field: string;

  @Field(() => [String], { description: 'The file’s names of it; the first that it has counts.' })
  names: string[];
}

@ObjectType('FileMapping', { description: 'How a file of sales is read.' })
export class FileMappingType {
  @Field(() => String)
  name: string;

  @Field(() => Boolean, { description: 'True for those that every brand has.' })
  isPreset: boolean;

  @Field(() => FileStyleEnum)
  style: string;

  @Field(() => [FileColumnType])
  columns: FileColumnType[];

  @Field(() => String, { nullable: true, description: 'Of rows that name none.' })
  currency: string | null;

  @Field(() => String)
  decimal: string;

  @Field(() => String, { nullable: true })
  thousands: string | null;

  @Field(() => FileDatesEnum)
  dates: string;

  @Field(() => String, { description: 'Of dates without a zone.' })
  timeZone: string;

  @Field(() => [String], { description: 'Words of the status that take the sale back.' })
  declined: string[];

  @Field(() => [String], { description: 'Words of the status whose rows are left out.' })
  ignored: string[];
}

@ObjectType()
export class FileMappingSaved {
  @Field(() => FileMappingType)
  mapping: FileMappingType;
}

@ObjectType()
export class FileMappingRemoved {
  @Field(() => Boolean, { description: 'False where there was none of that name.' })
  removed: boolean;
}

@ObjectType('SalesImport', {
  description: 'A file of sales and how far it is read; orders of several rows count once.',
})
export class SalesImportType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  fileName: string;

  @Field(() => String)
  mappingName: string;

  @Field(() => String, { description: 'Of rows that name none.' })
  source: string;

  @Field(() => Boolean, { description: 'True: it says what would become of every row, and nothing is recorded.' })
  dryRun: boolean;

  @Field(() => ImportStateEnum)
  state: string;

  @Field(() => Int)
  sizeBytes: number;

  @Field(() => Int, { nullable: true, description: 'Null until they are counted.' })
  rowsTotal: number | null;

  @Field(() => Int)
  rowsRead: number;

  @Field(() => Int)
  salesRecorded: number;

  @Field(() => Int)
  refundsRecorded: number;

  @Field(() => Int, { description: 'Sales and refunds that were recorded before.' })
  knownBefore: number;

  @Field(() => Int)
  unattributed: number;

  @Field(() => Int, { description: 'Refunds that wait for their sale.' })
  parked: number;

  @Field(() => Int)
  refused: number;

  @Field(() => Int)
  badRows: number;

  @Field(() => Int, { description: 'Rows left out by their status.' })
  ignored: number;

  @Field(() => IntakeReasonType, { nullable: true, description: 'Why it failed.' })
  reason: IntakeReasonType | null;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  finishedAt: Date | null;
}

@ObjectType()
export class SalesImportConnection extends connectionOf(SalesImportType, 'SalesImport') {}

@ObjectType('ImportRow', { description: 'A row of a file that was not recorded, with its reason.' })
export class ImportRowType {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'Of the file, the header included; of JSON the position of the object.' })
  line: number;

  @Field(() => String, { nullable: true, description: 'The file’s name of the column at fault.' })
  column: string | null;

  @Field(() => ImportOutcomeEnum)
  outcome: string;

  @Field(() => String, { nullable: true })
  externalId: string | null;

  @Field(() => IntakeReasonType)
  reason: IntakeReasonType;
}

@ObjectType()
export class ImportRowConnection extends connectionOf(ImportRowType, 'ImportRow') {}
