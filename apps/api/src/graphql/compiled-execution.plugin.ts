import type { ApolloServerPlugin, GraphQLRequestListener, GraphQLServerContext } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { RequestContext } from './request-context';
import type { TrustedDocuments } from './trusted-documents';

/**
 * Answers queries of trusted documents by code compiled for each of them. Only trusted ones: compiling costs some
 * milliseconds and keeps the code for good, which strangers must not be able to ask for. What does not go well is left to
 * the interpreter, which asks again and words the errors; that is harmless, since only mutations change anything.
 */
export class CompiledExecutionPlugin implements ApolloServerPlugin<RequestContext> {
  private readonly compiled = new Map<string, CompiledQuery | null>();

  constructor(private readonly trusted: TrustedDocuments) {}

  /** Throws InvalidSetting where a document does not fit the schema: its clients would hear of it much later. */
  async serverWillStart({ schema }: GraphQLServerContext): Promise<void> {
    this.trusted.assertFit(schema);
  }

  async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
    return {
      responseForOperation: async ({ queryHash, operation, operationName, document, schema, request, ...context }) => {
        if (operation?.operation !== OperationTypeNode.QUERY || !queryHash || !this.trusted.has(queryHash)) return null;
        const query = this.compiledOf(`${queryHash} ${operationName ?? ''}`, schema, document, operationName);
        const result = await query?.query(undefined, context.contextValue, request.variables);
        if (!result || result.errors) return null;
        const { http } = context.response;
        return { http, body: { kind: 'single', singleResult: { data: result.data } } };
      },
    };
  }

  /** Null for a document that cannot be compiled. */
  private compiledOf(
    key: string,
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null,
  ): CompiledQuery | null {
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const made = compileQuery(schema, document, operationName ?? undefined);
    const compiled = isCompiledQuery(made) ? made : null;
    this.compiled.set(key, compiled);
    return compiled;
  }
}
