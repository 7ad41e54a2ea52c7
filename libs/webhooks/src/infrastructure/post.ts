import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

export interface Post {
  readonly url: URL;
  /** Where the host is; nothing else is connected to. */
  readonly addresses: readonly string[];
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Its beginning. */
  readonly body: Buffer;
}

/** No more of an answer is read. */
const MAX_READ_BYTES = 4_096;

/**
 * Posts once, over a connection of its own, to one of the addresses given; the certificate must be the host's. Redirects
 * are answers like others. Of the body as much is read as arrives in time, and no more than 4 kB.
 */
export function post({ url, addresses, headers, body, signal }: Post): Promise<Answer> {
  const options: RequestOptions = { method: 'POST', headers, signal, agent: false, lookup: pinnedTo(addresses) };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      // From here on there is an answer, whatever happens to the rest of it.
      resolve(readStart(response));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Answers a look-up with what was checked, in whichever form the socket asks. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = known;
    if (options.all === true) callback(null, known);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The answer counts once its status is there, whatever becomes of its body. */
async function readStart(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_READ_BYTES) break;
    }
  } catch {
    // Cut off, or too slow.
  }
  response.destroy();
  const body = Buffer.concat(chunks).subarray(0, MAX_READ_BYTES);
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body };
}
