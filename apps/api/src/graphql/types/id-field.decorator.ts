import { applyDecorators } from '@nestjs/common';
import { Field, type FieldOptions, ID } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** More than the longest id on the wire; what is longer need not be looked at. */
const MAX_ID_LENGTH = 100;

/** An id in an input; `fromGlobalId` says whether it is one of the kind that is wanted. */
export function IdField(options: Pick<FieldOptions, 'nullable' | 'description'> = {}): PropertyDecorator {
  const optional = options.nullable === true ? [IsOptional()] : [];
  return applyDecorators(
    Field(() => ID, options),
    ...optional,
    IsString(),
    MaxLength(MAX_ID_LENGTH),
  );
}
