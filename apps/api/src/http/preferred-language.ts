import { type Language, languageOf } from '@evenhand/notifications';
import Negotiator from 'negotiator';
import type { IncomingHttpHeaders } from 'node:http';

/** What the browser asks for in `Accept-Language`, among the languages that texts are written in. */
export function preferredLanguage({ headers }: { readonly headers: IncomingHttpHeaders }): Language {
  return languageOf(...new Negotiator({ headers }).languages());
}
