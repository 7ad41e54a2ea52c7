import type { Actor } from '@evenhand/kernel';
import DataLoader from 'dataloader';

/** Loads with the rights of whoever asks: all that is asked for at the same moment at once, and nothing is remembered. */
export class LoaderPerActor<Key, Value> {
  // The actor is an object of its own in every request.
  private readonly loaders = new WeakMap<Actor, DataLoader<Key, Value>>();

  /** `loadAll` answers in the order of the keys. */
  constructor(private readonly loadAll: (actor: Actor, keys: readonly Key[]) => Promise<readonly Value[]>) {}

  load(actor: Actor, key: Key): Promise<Value> {
    const loader = this.loaders.get(actor) ?? new DataLoader((keys) => this.loadAll(actor, keys), { cache: false });
    this.loaders.set(actor, loader);
    return loader.load(key);
  }
}
