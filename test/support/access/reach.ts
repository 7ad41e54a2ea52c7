import type { FieldPolicy } from '../../../apps/api/src/graphql/access/rules';
import type { GraphqlClient } from '../graphql-client';
import type { Objects } from './demo-objects';
import { documentsOf, kindOf, type Operation, pick, variablesOf, variantsOf } from './operations';
import { NOBODY_IN_PARTICULAR } from './roles';

const REFUSED = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'BAD_USER_INPUT', 'INVALID_INPUT']);

/** What takes rights away comes after what needs them. */
const lateness = ({ name }: Operation) =>
  ['delete', 'end', 'remove', 'revoke', 'disableUser'].findIndex((it) => name.startsWith(it));

/** In an order in which one after the other can be tried on the same objects. */
export function inOrder(operations: readonly Operation[]): readonly Operation[] {
  return operations.toSorted((one, other) => lateness(one) - lateness(other));
}

/** The code of each answer, with every combination of the objects; `none` for what was done. */
export async function codesOf(
  operation: Operation,
  client: GraphqlClient,
  policy: FieldPolicy,
  theirs: Objects,
): Promise<readonly string[]> {
  const [document = ''] = documentsOf(operation, policy, NOBODY_IN_PARTICULAR);
  const codes: string[] = [];
  for (let variant = 0; variant < variantsOf(operation, theirs); variant += 1) {
    const variables = variablesOf(operation, (path) => pick(theirs, kindOf(operation, path), variant));
    const { errors } = await client.send(document, variables);
    codes.push(errors[0]?.extensions.code ?? 'none');
  }
  return codes;
}

/** True where none of the answers got past the gates: the objects are not there, or not to be worked on. */
export function isRefused(codes: readonly string[]): boolean {
  return codes.every((code) => REFUSED.has(code));
}
