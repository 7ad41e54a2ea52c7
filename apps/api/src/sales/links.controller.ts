import { FollowLink } from '@evenhand/sales';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BUSY, isUnavailable } from '../graphql';

/** Visits are never answered from a cache, and the shop is not told which page held the link. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

const PAGES = {
  unknown_link: { status: 404, text: 'There is no such link.' },
  no_destination: { status: 404, text: 'This link leads nowhere yet.' },
  loads_ahead: { status: 503, text: 'This link leads on when it is clicked.' },
};

/** The short links of deals: a visit is recorded as a click and sent on to the shop. */
@Controller('r')
export class LinksController {
  constructor(private readonly followLink: FollowLink) {}

  /** Fastify answers HEAD by the same way, without the body: that is no visit. */
  @Get(':slug')
  async follow(
    @Param('slug') linkSlug: string,
    @Req() { headers, method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.headers(HEADERS);
    const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-purpose'] ?? headers['x-moz'];
    try {
      const answer = await this.followLink.execute({
        linkSlug,
        visitor: { userAgent: headers['user-agent'] ?? null, purpose: purpose?.toString() ?? null },
        referrer: headers.referer ?? null,
        isVisit: method === 'GET',
      });
      if (answer.found) {
        await reply.redirect(answer.location, 302);
        return;
      }
      const { status, text } = PAGES[answer.because];
      await reply.status(status).type('text/html; charset=utf-8').send(pageOf(text));
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await reply.status(503).header('retry-after', '1').type('text/html; charset=utf-8').send(pageOf(BUSY));
    }
  }
}

function pageOf(text: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>${text}</title>
  <p>${text}</p>
</html>
`;
}
