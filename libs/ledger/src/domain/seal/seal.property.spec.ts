import * as fc from 'fast-check';
import { ChainCheck, type StoredSeal } from './check-chain';
import { linksBetween, NO_SEAL, type SealHeader, sealHash, skippedTo } from './seal';

function chainOf(length: number): readonly StoredSeal[] {
  const hashes = [NO_SEAL];
  return Array.from({ length }, (_, place) => {
    const sealNo = place + 1;
    const header: SealHeader = {
      format: 'evenhand/seal/1',
      book: '1',
      brand: 'b',
      seal: `${sealNo}`,
      through: `2026-10-01 00:00:${sealNo}+00`,
      transactions: '1',
      root: 'ab',
      saltHash: 'cd',
      previous: hashes[place] ?? '',
      skipped: hashes[skippedTo(sealNo)] ?? '',
      sealedAt: '2026-10-01 00:00:00+00',
    };
    const text = JSON.stringify(header);
    hashes.push(sealHash(text));
    return { bookId: 1, sealNo, text, hash: sealHash(text) };
  });
}

function findingsIn(seals: readonly StoredSeal[], trusted: ConstructorParameters<typeof ChainCheck>[1] = []) {
  const check = new ChainCheck(1, trusted);
  return [...seals.flatMap((seal) => check.next(seal)), ...check.end()].map(({ words }) => words);
}

describe('a chain of seals', () => {
  const seals = chainOf(70);

  it('leads from any seal to any later one, each the previous or skipped one of the next, in few steps', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 0, max: 2 ** 20 }));
    fc.assert(
      fc.property(pair, ([sealNo, more]) => {
        const links = linksBetween(sealNo, sealNo + more);
        expect([links[0], links.at(-1)]).toEqual([sealNo, sealNo + more]);
        for (const [place, at] of links.entries()) {
          if (place > 0) expect([at - 1, skippedTo(at)]).toContain(links[place - 1]);
        }
        expect(links.length).toBeLessThan(260);
      }),
    );
  });

  it('is found in order where nothing was touched', () => {
    expect(findingsIn(seals, [{ bookId: 1, sealNo: 70, hash: seals[69]!.hash }])).toEqual([]);
  });

  it('names a seal that was changed', () => {
    const changed = seals.map((seal) =>
      seal.sealNo === 7 ? { ...seal, text: seal.text.replace('"transactions":"1"', '"transactions":"2"') } : seal,
    );
    expect(findingsIn(changed)).toEqual(['seal 7 of book 1 was changed: it does not give its hash']);
  });

  it('names a seal that was changed with its hash, by the ones that follow it', () => {
    const text = seals[6]!.text.replace('"root":"ab"', '"root":"ac"');
    const changed = seals.map((seal) => (seal.sealNo === 7 ? { ...seal, text, hash: sealHash(text) } : seal));
    expect(findingsIn(changed)).toEqual(['seal 8 of book 1 does not follow seal 7']);
  });

  it('names a seal that is gone from the middle or the end', () => {
    expect(findingsIn(seals.filter(({ sealNo }) => sealNo !== 8))).toEqual(['seal 8 of book 1 is missing']);
    expect(findingsIn(seals.filter(({ sealNo }) => sealNo < 8 || sealNo > 20))).toEqual([
      'seals 8 to 20 of book 1 are missing',
    ]);
    const head = { bookId: 1, sealNo: 70, hash: seals[69]!.hash };
    expect(findingsIn(seals.slice(0, 69), [head])).toEqual(['seal 70 of book 1 is missing, and it is trusted']);
  });

  it('names a chain that was written anew', () => {
    const trusted = { bookId: 1, sealNo: 3, hash: 'f'.repeat(64) };
    expect(findingsIn(seals, [trusted])).toEqual([
      'seal 3 of book 1 is not the one that is trusted: the chain was written anew',
    ]);
  });
});
