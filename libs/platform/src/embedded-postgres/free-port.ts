import net from 'node:net';

/** The first of the wanted ports that is free on 127.0.0.1, else any free one. */
export async function findFreePort(wanted: readonly number[] = []): Promise<number> {
  for (const port of [...wanted, 0]) {
    const bound = await tryToBind(port);
    if (bound !== undefined) return bound;
  }
  throw new Error('no free port on 127.0.0.1');
}

function tryToBind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const bound = address !== null && typeof address === 'object' ? address.port : undefined;
      probe.close(() => resolve(bound));
    });
  });
}
