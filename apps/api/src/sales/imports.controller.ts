import { Readable } from 'node:stream';
import { type Actor, InvalidInput } from '@evenhand/kernel';
import { GetImport, MAX_FILE_BYTES, SalesFileTooLarge, StartImport } from '@evenhand/sales';
import {
  BadRequestException,
  Controller,
  Get,
  type MessageEvent,
  Param,
  Post,
  Query,
  Req,
  Res,
  Sse,
  StreamableFile,
} from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { fromGlobalId, RequestContextFactory } from '../graphql';
import { answered } from '../http/answered';
import { FILE_TYPES } from '../http/file-bodies';
import { type Parameters, textIn } from '../http/query-text';
import { toImportRow, toSalesImport } from './imports.mapper';
import type { SalesImportType } from './imports.types';
import { progressOf } from './import-progress';

interface StartedImportAnswer {
  /** `duplicate`: the same file by the same mapping was imported before, and nothing is done again. */
  readonly status: 'stored' | 'duplicate';
  readonly import: SalesImportType;
}

const PAGE = 1_000;

/** Files of sales: sent as they are, with how far they are read and what was not recorded. */
@Controller('imports/sales')
export class ImportsController {
  constructor(
    private readonly contexts: RequestContextFactory,
    private readonly startImport: StartImport,
    private readonly getImport: GetImport,
  ) {}

  /** The file is the body; 202 when it is stored for good, it is read later. */
  @Post()
  async start(
    @Query() query: Parameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StartedImportAnswer> {
    return answered(async () => {
      const actor = await this.contexts.signedIn(request, reply);
      if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES) throw new SalesFileTooLarge(MAX_FILE_BYTES);
      if (!(request.body instanceof Readable)) {
        throw new BadRequestException(`Send the file as ${FILE_TYPES.join(', ')}.`);
      }
      const started = await this.startImport.execute({
        actor,
        brandId: fromGlobalId('party', textIn(query, 'brandId') ?? ''),
        fileName: textIn(query, 'fileName') ?? 'file',
        mapping: textIn(query, 'mapping') ?? 'csv',
        source: textIn(query, 'source'),
        currency: textIn(query, 'currency'),
        dryRun: truthIn(query, 'dryRun'),
        bytes: request.body,
      });
      void reply.status(started.isNew ? 202 : 200);
      return { status: started.isNew ? 'stored' : 'duplicate', import: toSalesImport(started.import) };
    });
  }

  /** `progress` whenever it changed, then `done` or `failed`, and the end of the stream. */
  @Sse(':id/events')
  async events(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Observable<MessageEvent>> {
    return answered(async () => {
      const command = { actor: await this.contexts.signedIn(request, reply), importId: fromGlobalId('import', id) };
      await this.getImport.execute(command);
      return progressOf(async () => toSalesImport(await this.getImport.execute(command)));
    });
  }

  /** Every row that was not recorded, by line; cells that a spreadsheet would take for formulas are made text. */
  @Get(':id/rows.csv')
  async rows(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return answered(async () => {
      const query = { actor: await this.contexts.signedIn(request, reply), importId: fromGlobalId('import', id) };
      await this.getImport.execute(query);
      const lines = Readable.from(this.lines(query));
      const csv = lines.pipe(stringify({ header: true, bom: true, escape_formulas: true, columns: COLUMNS }));
      lines.on('error', (error) => csv.destroy(error));
      return new StreamableFile(csv, {
        type: 'text/csv; charset=utf-8',
        disposition: 'attachment; filename="rows.csv"',
      });
    });
  }

  private async *lines(query: { readonly actor: Actor; readonly importId: string }) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<GetImport['rows']>> = await this.getImport.rows({
        ...query,
        page: { first: PAGE, after },
      });
      for (const { node } of page.rows) {
        const { reason, ...row } = toImportRow(node);
        yield { ...row, code: reason.code, message: reason.message };
      }
      after = page.hasNextPage ? (page.rows.at(-1)?.cursor ?? null) : null;
    } while (after !== null);
  }
}

const COLUMNS = ['line', 'column', 'outcome', 'externalId', 'code', 'message'];

function truthIn(query: Parameters, name: string): boolean {
  const text = textIn(query, name) ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new InvalidInput(name, 'Write true or false.');
}
