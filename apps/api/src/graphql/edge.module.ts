import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { SETTINGS, type Settings } from '@evenhand/platform';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { policy } from '../policy';
import { FieldPolicyPlugin } from './access/field-policy.plugin';
import { withErrorTypes } from './access/policy';
import type { FieldPolicy } from './access/rules';
import { CompiledExecutionPlugin } from './compiled-execution.plugin';
import { formatError } from './errors/format-error';
import { limitPlugins, limitRules, MAX_TOKENS, NulGuardPlugin, UnavailableStatusPlugin } from './limits';
import { RequestContextFactory } from './request-context.factory';
import { RequestContextModule } from './request-context.module';
import { TrustedDocuments } from './trusted-documents';

/** Apollo on Fastify: schema from code, policy on every field, limits before execution, errors without secrets. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [RequestContextModule],
      inject: [RequestContextFactory, SETTINGS],
      useFactory: (contexts: RequestContextFactory, settings: Settings) => ({
        ...trusting(documentsOf(settings)),
        autoSchemaFile: true,
        sortSchema: true,
        graphiql: false,
        introspection: true,
        csrfPrevention: true,
        allowBatchedHttpRequests: false,
        includeStacktraceInErrorResponses: false,
        autoTransformHttpErrors: false,
        preserveHttpStatusForExecutionErrors: false,
        stopOnTerminationSignals: false,
        parseOptions: { maxTokens: MAX_TOKENS },
        validationRules: limitRules,
        formatError,
        context: (request: FastifyRequest, reply: FastifyReply) => contexts.create(request, reply),
      }),
    }),
  ],
})
export class EdgeModule {}

function documentsOf({ trustedDocuments }: Settings): TrustedDocuments {
  return trustedDocuments === null ? TrustedDocuments.none() : TrustedDocuments.fromFile(trustedDocuments);
}

function trusting(documents: TrustedDocuments): Pick<ApolloDriverConfig, 'plugins' | 'persistedQueries'> {
  return { plugins: plugins(documents), persistedQueries: { cache: documents.store } };
}

/** Nest types Apollo's plugins by its ES module build, this application by the CommonJS one: the same classes twice. */
function plugins(documents: TrustedDocuments): ApolloDriverConfig['plugins'] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ...limitPlugins,
    new NulGuardPlugin(),
    new FieldPolicyPlugin(policyOf),
    new UnavailableStatusPlugin(),
    new CompiledExecutionPlugin(documents),
  ] as unknown as ApolloDriverConfig['plugins'];
}

const complete = new WeakMap<GraphQLSchema, FieldPolicy>();

/** The policy with the error types of this schema, made once per schema. */
function policyOf(schema: GraphQLSchema): FieldPolicy {
  const known = complete.get(schema);
  if (known !== undefined) return known;
  const made = withErrorTypes(policy, schema);
  complete.set(schema, made);
  return made;
}
