import type { DomainError } from '@evenhand/kernel';
import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'One value that makes an error specific, such as the amount that is missing.' })
export class ErrorDetail {
  @Field(() => String)
  name: string;

  @Field(() => String)
  value: string;
}

@InterfaceType({ description: 'A rule of the business that the request broke. Nothing was written.' })
export abstract class BusinessError {
  @Field(() => String, { description: 'The literal name of the rule.' })
  code: string;

  @Field(() => String, { description: 'What happened and what to do, in a sentence.' })
  message: string;

  @Field(() => [ErrorDetail])
  details: ErrorDetail[];
}

export type DomainErrorClass = abstract new (...args: never[]) => DomainError;

const types = new Map<string, new () => BusinessError>();

/** The GraphQL object type of an error class; one per name. */
export function errorTypeOf(errorClass: DomainErrorClass): new () => BusinessError {
  const known = types.get(errorClass.name);
  if (known !== undefined) return known;
  class ErrorType extends BusinessError {}
  Object.defineProperty(ErrorType, 'name', { value: errorClass.name });
  ObjectType(errorClass.name, { implements: () => [BusinessError] })(ErrorType);
  types.set(errorClass.name, ErrorType);
  return ErrorType;
}

export function detailsOf(error: DomainError): ErrorDetail[] {
  return Object.entries(error.details).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : (JSON.stringify(value, bigintAsString) ?? ''),
  }));
}

function bigintAsString(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
