import { type Language, Unsubscribe, UNSUBSCRIBE_TEXTS } from '@evenhand/notifications';
import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from '../http/preferred-language';

const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };

/**
 * The way out of e-mails, for whoever has the signed link, by RFC 8058: mail programs post to it, people are asked first.
 * A GET changes nothing, for scanners follow every link of an e-mail. The token is in the query, which no log keeps.
 */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(private readonly unsubscribe: Unsubscribe) {}

  @Get()
  async ask(@Query('token') token: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = preferredLanguage(request);
    const { ask, button, invalid } = UNSUBSCRIBE_TEXTS[language];
    if (!this.unsubscribe.isOurs(String(token))) return answer(reply, 404, language, `<p>${invalid}</p>`);
    return answer(reply, 200, language, `<form method="post"><p>${ask}</p><button>${button}</button></form>`);
  }

  @Post()
  async stop(
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = preferredLanguage(request);
    const { done, invalid } = UNSUBSCRIBE_TEXTS[language];
    const isDone = await this.unsubscribe.execute(String(token));
    return answer(reply, isDone ? 200 : 404, language, `<p>${isDone ? done : invalid}</p>`);
  }
}

async function answer(reply: FastifyReply, status: number, language: Language, content: string): Promise<void> {
  const { title } = UNSUBSCRIBE_TEXTS[language];
  await reply.headers(HEADERS).status(status).type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="${language}">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>${title}</title>
  <h1>${title}</h1>
  ${content}
</html>
`);
}
