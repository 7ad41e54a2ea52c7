import { systemActor, type Transaction, type UnitOfWork } from '@evenhand/kernel';

const CHUNK = 100;

/** Seals anew in transactions of their own, a chunk each, until nothing stale is left; answers how many. */
export async function resealAll(
  uow: UnitOfWork,
  name: string,
  resealStale: (tx: Transaction, limit: number) => Promise<number>,
): Promise<{ resealed: number }> {
  let resealed = 0;
  for (;;) {
    const chunk = await uow.run(systemActor(name), (tx) => resealStale(tx, CHUNK));
    resealed += chunk;
    if (chunk === 0) return { resealed };
  }
}
