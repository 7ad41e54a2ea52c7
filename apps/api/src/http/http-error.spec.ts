import { FileAlreadyAttached, FileTooLarge, TooManyUnattachedFiles, UnsupportedFileType } from '@evenhand/deals';
import { Forbidden, InvalidInput, NotFound, Unauthenticated } from '@evenhand/kernel';
import { SalesFileTooLarge, WebhookConflict, WebhookRefused } from '@evenhand/sales';
import { HttpException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { httpErrorOf } from './http-error';

function answerTo(error: unknown): readonly [number, unknown] | undefined {
  const answer = httpErrorOf(error);
  if (!(answer instanceof HttpException)) return undefined;
  const body = answer.getResponse();
  return [answer.getStatus(), typeof body === 'object' && 'code' in body ? body.code : body];
}

describe('what is answered outside GraphQL', () => {
  it.each<readonly [unknown, number, string]>([
    [new WebhookRefused('No secret made the signature.'), 401, 'WEBHOOK_REFUSED'],
    [new Unauthenticated(), 401, 'UNAUTHENTICATED'],
    [new Forbidden('take in sales'), 403, 'FORBIDDEN'],
    [new NotFound('Source'), 404, 'NOT_FOUND'],
    [new WebhookConflict('msg_1'), 409, 'WEBHOOK_CONFLICT'],
    [new SalesFileTooLarge(1), 413, 'SALES_FILE_TOO_LARGE'],
    [new FileTooLarge('image', 1), 413, 'FILE_TOO_LARGE'],
    [new UnsupportedFileType([]), 415, 'UNSUPPORTED_FILE_TYPE'],
    [new TooManyUnattachedFiles(1), 409, 'TOO_MANY_UNATTACHED_FILES'],
    [new FileAlreadyAttached(), 409, 'FILE_ALREADY_ATTACHED'],
    [new InvalidInput('body', 'This is no JSON.'), 400, 'INVALID_INPUT'],
  ])('is for %p %i with its code', (error, status, code) => {
    expect(answerTo(error)).toEqual([status, code]);
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    new Error('timeout exceeded when trying to connect'),
    // Who asked could not be found out.
    new GraphQLError('', { originalError: new Error('Connection terminated') }),
    Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
  ])('is that it may be tried again where the database does not answer: %p', (error) => {
    expect(answerTo(error)).toEqual([503, 'UNAVAILABLE']);
  });

  it('is left to whoever logs it where it is our fault', () => {
    const fault = new TypeError('undefined is not a function');
    expect(httpErrorOf(fault)).toBe(fault);
  });
});
