import { postAll, type PostedMessage } from '../../../support/post-all';

export const CONNECTIONS = 20;
const OK = 200;

/** Answers how many were asked; fails unless all are answered by 200. */
export async function askAll(url: string, messages: readonly PostedMessage[], connections: number): Promise<number> {
  const refused = (await postAll(url, messages, connections)).find((status) => status !== OK);
  if (refused !== undefined) throw new Error(`${url} answered ${refused}.`);
  return messages.length;
}

/** To a server that signs nobody in. */
export function bareMessage(query: string, variables: Readonly<Record<string, unknown>>): PostedMessage {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) };
}
