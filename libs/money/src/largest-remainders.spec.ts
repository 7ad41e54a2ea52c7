import { indexesOfLargest } from './largest-remainders';

const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto');

describe('indexesOfLargest', () => {
  const keys = ['a', 'b', 'c', 'd'];

  afterEach(() => jest.restoreAllMocks());

  it('hashes nothing where the last unit is not tied, even with ties above and below it', () => {
    const createHash = jest.spyOn(crypto, 'createHash');
    expect(new Set(indexesOfLargest([1n, 5n, 5n, 1n], 2, keys, 'sale-1'))).toEqual(new Set([1, 2]));
    expect(createHash).not.toHaveBeenCalled();
  });

  it('hashes only the parts that are tied for the last unit', () => {
    const createHash = jest.spyOn(crypto, 'createHash');
    const winners = indexesOfLargest([9n, 5n, 5n, 1n], 2, keys, 'sale-1');
    expect(winners).toContain(0);
    expect(winners).not.toContain(3);
    expect(createHash).toHaveBeenCalledTimes(2);
  });
});
