import { Readable } from 'node:stream';
import { DiscardFile, EmptyFile, OpenFile, StoreFile } from '@evenhand/deals';
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromGlobalId, RequestContextFactory } from '../graphql';
import { answered } from '../http/answered';
import { letGo } from '../http/let-go';
import { type Parameters, textIn } from '../http/query-text';
import { headersOf, isKnown, rangeWanted } from './file-download';
import { toFile } from './version.mapper';
import type { DeliverableFileType } from './version.types';

/** An upload that stands still for so long is given up. */
const IDLE_MS = 60_000;

/** Files of deals: sent as they are, and had again by whoever sees the deal. */
@Controller('files')
export class FilesController {
  constructor(
    private readonly contexts: RequestContextFactory,
    private readonly storeFile: StoreFile,
    private readonly openFile: OpenFile,
    private readonly discardFile: DiscardFile,
  ) {}

  /** The file is the body, as one of the types of files or as application/octet-stream; what it is, its bytes say. */
  @Post()
  upload(
    @Query() query: Parameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliverableFileType> {
    return answered(async () => {
      const body = bodyOf(request);
      // What is refused is still answered: the connection must live on.
      const bytes: AsyncIterableIterator<Uint8Array> = body.iterator({ destroyOnReturn: false });
      request.raw.setTimeout(IDLE_MS);
      try {
        const actor = await this.contexts.signedIn(request, reply, 'deals:write');
        const { 'content-length': length } = request.headers;
        const stored = await this.storeFile.execute({
          actor,
          dealId: fromGlobalId('deal', textIn(query, 'dealId') ?? ''),
          name: textIn(query, 'name') ?? '',
          declaredBytes: length === undefined ? null : Number(length),
          bytes,
        });
        return toFile(stored);
      } finally {
        void bytes.return?.();
        letGo(body);
      }
    });
  }

  /** Fastify answers HEAD by the same way, without the body. */
  @Get(':id')
  download(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return answered(async () => {
      const actor = await this.contexts.signedIn(request, reply, 'deals:read');
      const file = await this.openFile.execute({ actor, fileId: fromGlobalId('file', id) });
      if (isKnown(file, request.headers)) {
        void reply.headers(headersOf(file)).status(HttpStatus.NOT_MODIFIED);
        return undefined;
      }
      const range = rangeWanted(file, request.headers, reply);
      const bytes = request.method === 'HEAD' ? [] : await this.openFile.bytesOf(file, range);
      void reply.headers(headersOf(file));
      if (range) {
        void reply.status(HttpStatus.PARTIAL_CONTENT);
        void reply.header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
      }
      const length = range ? range.end - range.start + 1 : file.sizeBytes;
      return new StreamableFile(Readable.from(bytes, { objectMode: false }), { type: file.type, length });
    });
  }

  /** For one that no version holds; 204. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  discard(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return answered(async () => {
      const actor = await this.contexts.signedIn(request, reply, 'deals:write');
      await this.discardFile.execute({ actor, fileId: fromGlobalId('file', id) });
    });
  }
}

function bodyOf({ body, headers }: FastifyRequest): Readable {
  if (body instanceof Readable) return body;
  if (headers['content-length'] === '0') throw new EmptyFile();
  throw new UnsupportedMediaTypeException('The body is the file itself, as its own type or application/octet-stream.');
}
