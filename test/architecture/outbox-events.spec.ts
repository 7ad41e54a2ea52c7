import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const LIBS = resolve(__dirname, '../../libs');
const WAITS_FOR = /readonly eventType = '([a-z]+\.[a-z_]+)'/u;

/** What is in the files of a folder whose names end so, specs apart. */
function sourcesIn(folder: string, end: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end) && !name.endsWith('spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const awaited = readdirSync(LIBS)
  .flatMap((context) => sourcesIn(join(LIBS, context, 'src'), '.handler.ts'))
  .flatMap((source) => WAITS_FOR.exec(source)?.[1] ?? []);

describe('a fact that a handler waits for', () => {
  it('is there', () => expect(awaited.length).toBeGreaterThanOrEqual(2));

  // Handlers are given such facts by hand in their specs, and would wait for ever for one that goes by another name.
  it.each(awaited)('is told by its context: %s', (fact) => {
    const [context = ''] = fact.split('.');
    const told = sourcesIn(join(LIBS, context, 'src'), '.ts').filter((source) => source.includes(`'${fact}'`));
    expect(told).not.toEqual([]);
  });
});
