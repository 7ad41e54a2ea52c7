import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { Product } from '../product';
import { LAST_BATCH_KEY } from './back-office';
import { PEOPLE } from './demo-logins';
import { Story } from './story';
import { StoryClock } from './story-clock';

class DemoWorldIncomplete extends Error {
  override readonly message =
    'Loading the demo world was broken off once. Begin anew with an empty database (embedded: delete DATA_DIR).';
}

/** Invented brands, an agency and influencers, some weeks into their work. */
@Injectable()
export class DemoWorld {
  constructor(private readonly product: Product) {}

  /** Loads the world where nobody has signed up yet; answers whether it did. Fails where half of it is there. */
  async loadOnce(onStart: () => void): Promise<boolean> {
    const clock = new StoryClock();
    return this.product.withUseCases(
      async (app) => {
        const found = await whatIsThere(app);
        if (found === 'half a demo world') throw new DemoWorldIncomplete();
        if (found === 'people') return false;
        onStart();
        await new Story(app, clock).tell();
        return true;
      },
      { clock },
    );
  }
}

/** What the database holds already; half a world is what a load that was killed leaves behind. */
async function whatIsThere(app: INestApplicationContext): Promise<'nobody' | 'people' | 'half a demo world'> {
  const sql = `
    select exists (select from identity.users) as people,
      exists (select from identity.users where email = $1)
        and not exists (select from payouts.batches where idempotency_key = $2) as half`;
  const uow = app.get(UnitOfWork, { strict: false });
  const [found] = await uow.read(systemActor('demo world'), (tx) =>
    managerOf(tx).query<{ people: boolean; half: boolean }[]>(sql, [PEOPLE.tove.email, LAST_BATCH_KEY]),
  );
  if (found?.half === true) return 'half a demo world';
  return found?.people === true ? 'people' : 'nobody';
}
