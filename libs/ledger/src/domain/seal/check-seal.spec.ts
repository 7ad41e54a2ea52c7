import { createHash } from 'node:crypto';
import { checkSeal, type Leaf, type SealWithLeaves } from './check-seal';
import { leafHash, merkleRoot } from './merkle';
import { NO_SEAL } from './seal';

const SALT = Buffer.alloc(32, 3);
const leaves = [1n, 2n, 3n].map((transactionId): Leaf => leafOf(transactionId, 'as sealed'));

function leafOf(transactionId: bigint, content: string, partChecks = 0b101n): Leaf {
  return { transactionId, partChecks, hash: leafHash(SALT, `${transactionId} ${content}`) };
}

const seal: SealWithLeaves = {
  bookId: 1,
  sealNo: 7,
  salt: SALT,
  leaves,
  header: {
    format: 'evenhand/seal/1',
    book: '1',
    brand: 'b',
    seal: '7',
    through: '2026-10-01 00:00:00+00',
    transactions: '3',
    root: merkleRoot(leaves.map(({ hash }) => hash)).toString('hex'),
    saltHash: createHash('sha256').update(SALT).digest('hex'),
    previous: NO_SEAL,
    skipped: NO_SEAL,
    sealedAt: '2026-10-01 00:00:00+00',
  },
};

const wordsOf = (given: SealWithLeaves, present: readonly Leaf[]) =>
  checkSeal(given, present).map(({ words }) => words);

describe('a seal and the transactions of its time', () => {
  it('match where nothing was touched', () => {
    expect(checkSeal(seal, leaves)).toEqual([]);
  });

  it('differ by a changed transaction, and in which part', () => {
    const changed = leafOf(2n, 'edited', 0b101n | (1n << 10n) | (512n << 30n));
    expect(checkSeal(seal, leaves.with(1, changed))).toEqual([
      {
        bookId: 1,
        sealNo: 7,
        transactionId: 2n,
        words:
          'transaction 2 of book 1, sealed in seal 7, does not have the content it was sealed with: ' +
          'its postings or their accounts, its shares changed',
      },
    ]);
  });

  it('differ by a change that the hints do not show', () => {
    expect(wordsOf(seal, leaves.with(1, leafOf(2n, 'edited')))).toEqual([
      'transaction 2 of book 1, sealed in seal 7, does not have the content it was sealed with',
    ]);
  });

  it('differ by a transaction that is gone and one that was slipped in', () => {
    expect(wordsOf(seal, [...leaves.slice(1), leafOf(9n, 'forged')])).toEqual([
      'transaction 1 of book 1, sealed in seal 7, is not there any more, or was moved in time',
      'transaction 9 of book 1 is in no seal, though its time was sealed: it was slipped in',
    ]);
  });

  it('differ by a changed list, though the transactions are as they were', () => {
    const forged = { ...seal, leaves: leaves.with(0, leafOf(1n, 'forged')) };
    expect(wordsOf(forged, leaves)).toEqual([
      'the list of seal 7 of book 1 was changed; the transactions are as they were sealed',
    ]);
    expect(wordsOf({ ...seal, leaves: [] }, leaves)).toHaveLength(1);
    const renamed = leaves.with(0, { ...leafOf(1n, 'as sealed'), transactionId: 8n });
    expect(wordsOf({ ...seal, leaves: renamed }, leaves)).toHaveLength(1);
  });

  it('differ by a list that was changed along with a transaction', () => {
    const forged = leafOf(1n, 'forged');
    expect(wordsOf({ ...seal, leaves: leaves.with(0, forged) }, leaves.with(0, forged))).toEqual([
      'seal 7 of book 1 does not match its list of transactions',
    ]);
  });

  it('differ by a changed salt, which says nothing about the transactions', () => {
    const salt = Buffer.alloc(32, 4);
    const present = leaves.map(({ transactionId, partChecks }) => ({
      transactionId,
      partChecks,
      hash: leafHash(salt, `${transactionId} as sealed`),
    }));
    expect(wordsOf({ ...seal, salt }, present)).toEqual(['the salt of seal 7 of book 1 was changed']);
  });
});
