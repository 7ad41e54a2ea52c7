import { ReceiveWebhook } from '@evenhand/sales';
import { BadRequestException, Controller, HttpCode, Param, Post, Req, type RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { fromGlobalId } from '../graphql';
import { httpErrorOf } from '../http/http-error';

interface Receipt {
  readonly status: 'stored' | 'duplicate';
}

/** Webhooks of shops. The answer is 2xx when the message is stored for good, and not before. */
@Controller('webhooks/sales')
export class SalesWebhooksController {
  constructor(private readonly receiveWebhook: ReceiveWebhook) {}

  @Post(':source')
  @HttpCode(202)
  async receive(@Param('source') source: string, @Req() request: RawBodyRequest<FastifyRequest>): Promise<Receipt> {
    if (!request.rawBody) throw new BadRequestException('The body of a webhook is JSON.');
    try {
      const sourceId = fromGlobalId('source', source);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
      );
      return { status: await this.receiveWebhook.execute({ sourceId, headers, body: request.rawBody }) };
    } catch (error) {
      throw httpErrorOf(error);
    }
  }
}
