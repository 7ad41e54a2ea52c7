import { type Actor, groupBy, type Page, type PageRequest } from '@evenhand/kernel';
import { LoaderPerActor } from './loader-per-actor';

interface Wanted<Key> {
  readonly key: Key;
  readonly page: PageRequest;
}

/** Pages of what hangs on many things; all that are asked for at the same moment are loaded at once. */
export class PagesPerActor<Key, Row> {
  private readonly pages = new LoaderPerActor<Wanted<Key>, Page<Row>>((actor, wanted) => this.all(actor, wanted));

  /** `loadAll` answers the same page of each key, in the order of the keys. */
  constructor(
    private readonly loadAll: (actor: Actor, keys: readonly Key[], page: PageRequest) => Promise<readonly Page<Row>[]>,
  ) {}

  load(actor: Actor, key: Key, page: PageRequest): Promise<Page<Row>> {
    return this.pages.load(actor, { key, page });
  }

  /** One call for each page that is asked for, which is one unless a document asks for several by aliases. */
  private async all(actor: Actor, wanted: readonly Wanted<Key>[]): Promise<readonly Page<Row>[]> {
    const found = new Map<Wanted<Key>, Page<Row>>();
    for (const alike of groupBy(wanted, ({ page }) => JSON.stringify([page.first, page.after])).values()) {
      const [{ page } = { page: { first: 0, after: null } }] = alike;
      const keys = alike.map(({ key }) => key);
      for (const [place, one] of (await this.loadAll(actor, keys, page)).entries()) {
        const asked = alike[place];
        if (asked) found.set(asked, one);
      }
    }
    return wanted.map((one) => found.get(one) ?? { rows: [], totalCount: 0, hasNextPage: false });
  }
}
