import { Agent, request } from 'node:http';

/** A request as it goes over the wire. */
export interface PostedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts the messages over so many connections that stay open, one after the other on each. Answers the status of each, in
 * their order; an answer's body is not looked at.
 */
export async function postAll(
  url: string,
  messages: readonly PostedMessage[],
  connections: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const statuses: number[] = [];
  const left = messages.entries();
  const sendSome = async (): Promise<void> => {
    for (const [place, message] of left) statuses[place] = await post(agent, url, message);
  };
  try {
    await Promise.all(Array.from({ length: connections }, sendSome));
    return statuses;
  } finally {
    agent.destroy();
  }
}

function post(agent: Agent, url: string, { headers, body }: PostedMessage): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
