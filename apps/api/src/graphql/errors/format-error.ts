import { unwrapResolverError } from '@apollo/server/errors';
import { DomainError } from '@evenhand/kernel';
import { BadRequestException, Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { detailsOf } from './business-error.type';
import { BUSY, isUnavailable, UNAVAILABLE } from './unavailable';

const logger = new Logger('GraphQL');
const INTERNAL = 'INTERNAL_SERVER_ERROR';
/** Codes whose message was written for the client by Apollo or by our own limits. */
const CLIENT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  UNAVAILABLE,
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_MANY_REQUESTS',
]);

/** What a client may see of an error: never a stack, SQL or anything it did not send itself. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const place = { locations: formatted.locations, path: formatted.path };
  if (cause instanceof DomainError) {
    return { ...place, message: cause.message, extensions: { code: cause.code, details: detailsOf(cause) } };
  }
  if (cause instanceof BadRequestException) {
    return {
      ...place,
      message: 'Some input is not valid.',
      extensions: { code: 'BAD_USER_INPUT', fields: fieldsOf(cause) },
    };
  }
  if (isUnavailable(cause)) {
    logger.warn({ err: cause, path: formatted.path }, 'The database could not take an operation');
    return { ...place, message: BUSY, extensions: { code: UNAVAILABLE } };
  }
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && CLIENT_CODES.has(code)) {
    return { ...place, message: formatted.message, extensions: { code } };
  }
  logger.error({ err: cause, path: formatted.path }, 'An operation failed unexpectedly');
  return {
    ...place,
    message: 'Something went wrong on our side. Nothing was changed.',
    extensions: { code: INTERNAL },
  };
}

function fieldsOf(exception: BadRequestException): readonly string[] {
  const response = exception.getResponse();
  const message = typeof response === 'object' && 'message' in response ? response.message : response;
  return Array.isArray(message) ? message.map(String) : [String(message)];
}
