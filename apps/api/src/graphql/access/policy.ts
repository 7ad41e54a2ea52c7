import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { allow, everyone, type FieldPolicy } from './rules';

const plumbing: FieldPolicy = {
  Money: allow(everyone, 'amount', 'currency'),
  PageInfo: allow(everyone, 'hasNextPage', 'endCursor'),
  ErrorDetail: allow(everyone, 'name', 'value'),
  BusinessError: allow(everyone, 'code', 'message', 'details'),
};

/** The one table that says who may select which field; each context contributes its part. */
export function mergePolicies(...parts: readonly FieldPolicy[]): FieldPolicy {
  const merged: Record<string, FieldPolicy[string]> = {};
  for (const part of [plumbing, ...parts]) {
    for (const [type, fields] of Object.entries(part)) merged[type] = { ...merged[type], ...fields };
  }
  return merged;
}

/** The table with the error types of the schema added: their fields are the interface's. */
export function withErrorTypes(policy: FieldPolicy, schema: GraphQLSchema): FieldPolicy {
  const errorInterface = schema.getType('BusinessError');
  if (!isInterfaceType(errorInterface)) return policy;
  const fields = policy['BusinessError'] ?? {};
  const errors = schema.getPossibleTypes(errorInterface).map((type) => [type.name, fields] as const);
  return { ...Object.fromEntries(errors), ...policy };
}

/** `Type.field` of every field of the schema that the table does not name; all of them are closed. */
export function unnamedFields(policy: FieldPolicy, schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.keys('getFields' in type ? type.getFields() : {})
        .filter((field) => policy[type.name]?.[field] === undefined)
        .map((field) => `${type.name}.${field}`),
    );
}
