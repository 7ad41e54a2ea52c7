import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { getNamedType, type GraphQLResolveInfo, isObjectType } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields';

/** Whether the client asks for the number of all rows of a list, for `PageRequest.counted`. */
export const Counted = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  isSelected(GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>(), 'totalCount'),
);

/** True where the client asks for the field of what the resolver answers, in whatever fragment. */
function isSelected({ schema, fragments, variableValues, returnType, fieldNodes }: GraphQLResolveInfo, field: string) {
  const type = getNamedType(returnType);
  if (!isObjectType(type)) return false;
  const selected = collectSubfields(schema, fragments, variableValues, type, fieldNodes);
  return [...selected.values()].some(([node]) => node?.name.value === field);
}
