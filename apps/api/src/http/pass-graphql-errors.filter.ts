import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { GqlContextType } from '@nestjs/graphql';

/**
 * Hands what a resolver throws on to Apollo as it is. Without it Nest logs every error with its stack first, also the
 * refusals that are answers; `formatError` logs those that nobody expected. Errors outside GraphQL go the usual way.
 */
@Catch()
export class PassGraphqlErrorsFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType<GqlContextType>() === 'graphql') throw exception;
    // oxlint-disable-next-line promise/valid-params -- a filter's catch, not a promise's
    super.catch(exception, host);
  }
}
