import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/**
 * What files of sales are sent as. No form of another site can send one of them, so that nobody's browser is made to import
 * a file; a workbook is no text, whatever it is called.
 */
export const FILE_TYPES = ['text/csv', 'text/tab-separated-values', 'application/octet-stream'];

/** What images, videos and documents are sent as beside that, by which no form sends either. What they are, their bytes say. */
const MEDIA_TYPES = [/^image\/[\w.+-]+$/, /^video\/[\w.+-]+$/, 'application/pdf'];

/** Hands such bodies on as the stream they are, unread, for what takes them in to say how much it takes. */
@Injectable()
export class FileBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    for (const type of [...FILE_TYPES, ...MEDIA_TYPES]) {
      if (!fastify.hasContentTypeParser(type))
        fastify.addContentTypeParser(type, (_request, body, done) => done(null, body));
    }
  }
}
