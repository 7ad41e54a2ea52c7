import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFieldConfig,
  type GraphQLSchema,
  isNonNullType,
} from 'graphql';
import type { RequestContext } from '../request-context';
import type { FieldPolicy } from './rules';

/** Wraps the resolvers of those fields whose rule looks at the object: a refused nullable field answers null. */
export function guardParents(schema: GraphQLSchema, policy: FieldPolicy): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (
      field: GraphQLFieldConfig<unknown, RequestContext>,
      fieldName: string,
      typeName: string,
    ) => {
      const mayOn = policy[typeName]?.[fieldName]?.mayOn;
      if (mayOn === undefined) return field;
      const resolve = field.resolve ?? defaultFieldResolver;
      const nullable = !isNonNullType(field.type);
      return {
        ...field,
        resolve: (parent: unknown, args: Record<string, unknown>, context: RequestContext, info) => {
          if (mayOn(context.actor, parent)) return resolve(parent, args, context, info);
          if (nullable) return null;
          throw new GraphQLError(`You may not see ${typeName}.${fieldName}.`, { extensions: { code: 'FORBIDDEN' } });
        },
      };
    },
  });
}
