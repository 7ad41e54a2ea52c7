import { DomainError } from '@evenhand/kernel';
import { createUnionType } from '@nestjs/graphql';
import { type BusinessError, detailsOf, type DomainErrorClass, errorTypeOf } from './business-error.type';

type SuccessClass = abstract new (...args: never[]) => object;

export interface ResultUnion {
  /** For `@Mutation(() => X.type)`. */
  readonly type: object;
  /** Runs the use case: a listed error becomes the answer, any other goes on as an error of the request. */
  of<T extends object>(work: () => Promise<T>): Promise<T | BusinessError>;
}

/**
 * The answer of a mutation: its success type or one of the named business errors that its use case states.
 * A mutation without any answers its object type itself. Errors that are not listed (not found, forbidden, invalid input) stay GraphQL errors with `extensions.code`.
 */
export function resultUnion(
  name: string,
  success: () => SuccessClass,
  errorClasses: readonly [DomainErrorClass, ...DomainErrorClass[]],
): ResultUnion {
  const answers = new WeakMap<object, new () => BusinessError>();
  // Made now, not when the union is built: by then Nest has gathered the object types.
  const errorTypes = errorClasses.map(errorTypeOf);
  const type = createUnionType({
    name,
    types: () => [success(), ...errorTypes] as never,
    resolveType: (value: object) => answers.get(value) ?? success(),
  });
  return {
    type,
    async of(work) {
      try {
        return await work();
      } catch (error) {
        const errorClass = errorClasses.find((candidate) => error instanceof candidate);
        if (errorClass === undefined || !(error instanceof DomainError)) throw error;
        const answer = { code: error.code, message: error.message, details: detailsOf(error) };
        answers.set(answer, errorTypeOf(errorClass));
        return answer;
      }
    },
  };
}
