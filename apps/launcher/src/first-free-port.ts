import { createServer } from 'node:net';

const TRIES = 20;

/** The wanted port, or the next one nobody listens on. 0 asks the system for any. */
export async function firstFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES; port += 1) {
    const free = await tryPort(port);
    if (free !== null) return free;
  }
  throw new Error(`No port from ${wanted} to ${wanted + TRIES - 1} is free. Set PORT.`);
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
