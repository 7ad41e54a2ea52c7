import type { Readable } from 'node:stream';

const PATIENCE_MS = 30_000;

/**
 * A body that was answered before its end: what comes of it is read for a while and dropped. Closed at once, the connection
 * would take the answer with it.
 */
export function letGo(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  const end = setTimeout(() => body.destroy(), PATIENCE_MS).unref();
  body.once('close', () => clearTimeout(end));
  body.on('error', () => clearTimeout(end));
  body.resume();
}
