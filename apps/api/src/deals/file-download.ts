import type { StoredFile } from '@evenhand/deals';
import type { ByteRange } from '@evenhand/kernel';
import { HttpException, HttpStatus } from '@nestjs/common';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import parseRange from 'range-parser';

type Headers = FastifyRequest['headers'];

/**
 * Nothing that was uploaded is ever shown in place: it is saved under its name, taken for what its bytes say alone, and can
 * run nothing. A browser keeps it for its user and asks each time whether they still may have it.
 */
export function headersOf(file: StoredFile): Readonly<Record<string, string>> {
  return {
    'content-disposition': contentDisposition(file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: etagOf(file),
  };
}

/** The asker has the file already, and may still have it. */
export function isKnown(file: StoredFile, headers: Headers): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etagOf(file)) || known.includes('*');
}

/**
 * Which bytes are wanted: null for all of them, which is also the answer to several parts at once and to what makes no
 * sense. Throws 416 where the file has no such bytes.
 */
export function rangeWanted(file: StoredFile, headers: Headers, reply: FastifyReply): ByteRange | null {
  const { range, 'if-range': ifRange } = headers;
  if (range === undefined || (ifRange !== undefined && ifRange !== etagOf(file))) return null;
  // The end of a file that is shorter than that is all of it.
  if (/^bytes=-\d/.test(range) && Number(range.slice('bytes=-'.length)) >= file.sizeBytes) return null;
  const ranges = parseRange(file.sizeBytes, range, { combine: true });
  if (ranges === -1) {
    void reply.header('content-range', `bytes */${file.sizeBytes}`);
    const message = `The file has ${file.sizeBytes} bytes.`;
    throw new HttpException({ code: 'RANGE_NOT_SATISFIABLE', message }, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
  }
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

function etagOf({ sha256 }: StoredFile): string {
  return `"${sha256}"`;
}
