import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestListener,
} from '@apollo/server';
import { type Actor } from '@evenhand/kernel';
import { getNamedType, GraphQLError, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { RequestContext } from '../request-context';
import type { FieldPolicy, FieldRule } from './rules';

const ROOTS = new Set(['Query', 'Mutation']);

/** Refuses an operation that selects a field its actor may not see, before any resolver runs. */
export class FieldPolicyPlugin implements ApolloServerPlugin<RequestContext> {
  constructor(private readonly policy: (schema: GraphQLSchema) => FieldPolicy) {}

  async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
    return { didResolveOperation: (context) => this.check(context) };
  }

  private async check(context: GraphQLRequestContextDidResolveOperation<RequestContext>): Promise<void> {
    const { actor } = context.contextValue;
    const policy = this.policy(context.schema);
    const types = new TypeInfo(context.schema);
    visit(
      context.document,
      visitWithTypeInfo(types, {
        Field: (node) => {
          const parent = getNamedType(types.getParentType())?.name;
          const field = node.name.value;
          if (parent === undefined || parent.startsWith('__') || field.startsWith('__')) return;
          refuseUnless(policy[parent]?.[field], actor, `${parent}.${field}`, ROOTS.has(parent));
        },
      }),
    );
  }
}

function refuseUnless(rule: FieldRule | undefined, actor: Actor, field: string, isRoot: boolean): void {
  if (rule !== undefined && rule.may(actor) && (!isRoot || keyReaches(actor, rule))) return;
  if (actor.kind === 'anonymous') {
    throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
  }
  const open = rule === undefined ? 'It is closed.' : `It is open to ${rule.says}.`;
  throw new GraphQLError(`You may not use ${field}. ${open}`, {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
}

function keyReaches(actor: Actor, rule: FieldRule): boolean {
  if (actor.kind !== 'person' || actor.scopes === null) return true;
  return rule.scope !== undefined && actor.scopes.includes(rule.scope);
}
