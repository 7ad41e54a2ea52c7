import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError } from 'graphql';
import type { RequestContext } from './request-context';

/** More tokens than the largest document a person writes; checked by the parser itself. */
export const MAX_TOKENS = 4_000;
export const MAX_BODY_BYTES = 262_144;

const armor = new ApolloArmor({
  maxDepth: { n: 12 },
  maxAliases: { n: 15 },
  maxDirectives: { n: 20 },
  costLimit: { maxCost: 20_000, objectCost: 2, scalarCost: 1, depthCostFactor: 1.2, ignoreIntrospection: true },
  // Its token limit answers 500 to syntax errors; Apollo's own `maxTokens` does the same job.
  maxTokens: { enabled: false },
  blockFieldSuggestion: { enabled: false },
}).protect();

/** Limits on what one document may ask, applied before any resolver runs. */
export const limitPlugins = armor.plugins as ApolloServerPlugin<RequestContext>[];
export const limitRules = armor.validationRules;

/** PostgreSQL cannot store U+0000: a request that holds one anywhere is refused as bad input. */
export class NulGuardPlugin implements ApolloServerPlugin<RequestContext> {
  async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
    return {
      async didResolveOperation({ request, source }) {
        if (holdsNul(request.variables) || source.includes('\\u0000') || source.includes('\u0000')) {
          throw new GraphQLError('Text must not hold the character U+0000.', {
            extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
          });
        }
      },
    };
  }
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\u0000') || holdsNul(inner));
}

/** Answers 503 where an operation failed because the database could not take it. */
export class UnavailableStatusPlugin implements ApolloServerPlugin<RequestContext> {
  async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return;
        const errors = response.body.singleResult.errors ?? [];
        if (errors.some((error) => error.extensions?.['code'] === 'UNAVAILABLE')) response.http.status = 503;
      },
    };
  }
}
