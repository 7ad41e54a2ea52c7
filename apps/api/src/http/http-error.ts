import { FileAlreadyAttached, FileTooLarge, TooManyUnattachedFiles, UnsupportedFileType } from '@evenhand/deals';
import { DomainError, Forbidden, NotFound, Unauthenticated } from '@evenhand/kernel';
import { SalesFileTooLarge, WebhookConflict, WebhookRefused } from '@evenhand/sales';
import { HttpException, HttpStatus, ServiceUnavailableException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { BUSY, isUnavailable, UNAVAILABLE } from '../graphql';

const STATUS = new Map<abstract new (...args: never[]) => DomainError, HttpStatus>([
  [WebhookRefused, HttpStatus.UNAUTHORIZED],
  [Unauthenticated, HttpStatus.UNAUTHORIZED],
  [Forbidden, HttpStatus.FORBIDDEN],
  [NotFound, HttpStatus.NOT_FOUND],
  [WebhookConflict, HttpStatus.CONFLICT],
  [SalesFileTooLarge, HttpStatus.PAYLOAD_TOO_LARGE],
  [FileTooLarge, HttpStatus.PAYLOAD_TOO_LARGE],
  [UnsupportedFileType, HttpStatus.UNSUPPORTED_MEDIA_TYPE],
  [TooManyUnattachedFiles, HttpStatus.CONFLICT],
  [FileAlreadyAttached, HttpStatus.CONFLICT],
]);

/** What is answered outside GraphQL: a broken rule by its status, code and message; 503 where it may soon be tried again. */
export function httpErrorOf(error: unknown): unknown {
  // Who asks is found out as for GraphQL, whose error holds what it was.
  const cause = error instanceof GraphQLError ? error.originalError : error;
  if (isUnavailable(cause)) return new ServiceUnavailableException({ code: UNAVAILABLE, message: BUSY });
  if (!(error instanceof DomainError)) return error;
  const { code, message } = error;
  const known = [...STATUS].find(([errorClass]) => error instanceof errorClass);
  return new HttpException({ code, message }, known?.[1] ?? HttpStatus.BAD_REQUEST);
}
