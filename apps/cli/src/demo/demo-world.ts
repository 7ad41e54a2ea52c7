import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { Product } from '../product';
import { Story } from './story';
import { StoryClock } from './story-clock';

/** Invented brands, an agency and influencers, some weeks into their work. */
@Injectable()
export class DemoWorld {
  constructor(private readonly product: Product) {}

  /** Loads the world where nobody has signed up yet; answers whether it did. */
  async loadOnce(onStart: () => void): Promise<boolean> {
    const clock = new StoryClock();
    return this.product.withUseCases(
      async (app) => {
        if (await hasPeople(app)) return false;
        onStart();
        await new Story(app, clock).tell();
        return true;
      },
      { clock },
    );
  }
}

async function hasPeople(app: INestApplicationContext): Promise<boolean> {
  const sql = 'select exists (select from identity.users) as found';
  const uow = app.get(UnitOfWork, { strict: false });
  const rows = await uow.read(systemActor('demo world'), (tx) => managerOf(tx).query<{ found: boolean }[]>(sql));
  return rows[0]?.found ?? false;
}
