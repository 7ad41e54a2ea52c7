import { type DomainError, Forbidden, NotFound, Unauthenticated } from '@evenhand/kernel';
import { SalesFileTooLarge, WebhookConflict, WebhookRefused } from '@evenhand/sales';
import { HttpException, HttpStatus } from '@nestjs/common';

const STATUS = new Map<abstract new (...args: never[]) => DomainError, HttpStatus>([
  [WebhookRefused, HttpStatus.UNAUTHORIZED],
  [Unauthenticated, HttpStatus.UNAUTHORIZED],
  [Forbidden, HttpStatus.FORBIDDEN],
  [NotFound, HttpStatus.NOT_FOUND],
  [WebhookConflict, HttpStatus.CONFLICT],
  [SalesFileTooLarge, HttpStatus.PAYLOAD_TOO_LARGE],
]);

/** A broken rule outside GraphQL: its status, code and message. */
export function httpErrorOf(error: DomainError): HttpException {
  const { code, message } = error;
  const known = [...STATUS].find(([errorClass]) => error instanceof errorClass);
  return new HttpException({ code, message }, known?.[1] ?? HttpStatus.BAD_REQUEST);
}
