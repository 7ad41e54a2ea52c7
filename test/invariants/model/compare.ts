import { systemActor, type Transaction } from '@evenhand/kernel';
import type { Account, AccountBalance } from '@evenhand/ledger';
import type { LedgerUnderTest } from '../ledger-under-test';
import type { AccountName, BookModel } from './book-model';
import type { Answer, Event } from './event';
import type { Expectation, LedgerModel } from './ledger-model';
import type { Performed } from './perform';

const READER = systemActor('model test');
const ALL = { first: 1000, after: null };

/** The answer is what the model says, which items are duplicates included, or an error that the model names. */
export function expectAnswers(event: Event, { answers, refusals }: Expectation, performed: Performed): void {
  const { refusal } = performed;
  if (refusal && refusals.some(({ code, about }) => code === refusal.code && about === refusal.about)) return;
  const isAlike = refusals.length === 0 && refusal === null && answers.length === performed.answers.length;
  if (isAlike && performed.answers.every((answer, place) => isOneOf(answer, answers[place]))) return;
  const predicted = refusals.length > 0 ? { refusedAs: refusals } : { answers };
  expect({ event, ...(refusal ? { refusedAs: [refusal] } : { answers: performed.answers }) }).toEqual({
    event,
    ...predicted,
  });
  throw new Error('The answers are not those of the model.');
}

function isOneOf(answer: Answer, predicted: Answer | undefined): boolean {
  if ('refused' in answer) {
    const [refusal] = answer.refused;
    const allowed = predicted && 'refused' in predicted ? predicted.refused : [];
    return allowed.some(({ code, about }) => code === refusal?.code && about === refusal.about);
  }
  if (!predicted || 'refused' in predicted) return false;
  const isAlike = answer.isDuplicate === null || answer.isDuplicate === predicted.isDuplicate;
  return isAlike && answer.key === predicted.key && answer.says === predicted.says;
}

function nameOf({ kind, currency, partyId, dealId, purpose }: Omit<AccountBalance, 'balanceMinor'>): AccountName {
  return [kind, currency, partyId, dealId, purpose].filter((part) => part !== null).join('/');
}

function sortedNonZero(balances: Iterable<readonly [AccountName, bigint]>): readonly string[] {
  return [...balances]
    .filter(([, balance]) => balance !== 0n)
    .map(([name, balance]) => `${name} ${balance}`)
    .sort();
}

/** Every balance of every book that the model knows, to the minor unit. */
export async function expectSameBalances(ledger: LedgerUnderTest, model: LedgerModel): Promise<void> {
  await ledger.uow.read(READER, async (tx) => {
    for (const book of model.allBooks) {
      const rows = await ledger.queries.balancesOf(tx, book.bookId);
      const recorded = rows.map((row) => [nameOf(row), row.balanceMinor] as const);
      expect(sortedNonZero(recorded)).toEqual(sortedNonZero(book.balances));
    }
  });
}

export async function recordedBalances(
  ledger: LedgerUnderTest,
  bookId: number,
): Promise<ReadonlyMap<AccountName, bigint>> {
  const rows = await ledger.uow.read(READER, (tx) => ledger.queries.balancesOf(tx, bookId));
  return new Map(rows.map((row) => [nameOf(row), row.balanceMinor]));
}

/** Every earning with its shares: what was taken back, from where it was paid, what is held and frozen. */
export async function expectSameEarnings(ledger: LedgerUnderTest, model: LedgerModel): Promise<void> {
  await ledger.uow.read(READER, async (tx) => {
    for (const book of model.allBooks) {
      expect(await recordedEarnings(ledger, tx, book.brandId)).toEqual(expectedEarnings(model, book));
      const { differences } = await ledger.queries.trialBalance(tx, book.bookId);
      expect(differences.filter(({ differenceMinor }) => differenceMinor !== 0n)).toEqual([]);
    }
  });
}

async function recordedEarnings(ledger: LedgerUnderTest, tx: Transaction, brandId: string): Promise<readonly string[]> {
  const { rows } = await ledger.queries.earnings(tx, { brandId }, ALL);
  return rows
    .map(({ node }) => {
      const shares = node.shares.map(
        (share) =>
          `${share.role} ${share.partyId} ${share.amountMinor} less ${share.reversedMinor} ${share.state}` +
          (share.frozenReason === null ? '' : ' frozen'),
      );
      const back = `${node.baseReversedMinor} of ${node.baseMinor}, ${node.grossReversedMinor} of ${node.grossMinor}`;
      return `${node.sourceType}:${node.sourceId} ${node.earnedAt.toISOString()} ${back}, from escrow ${node.fromEscrowMinor}: ${shares.join('; ')}`;
    })
    .sort();
}

function expectedEarnings(model: LedgerModel, book: BookModel): readonly string[] {
  return [...book.earnings]
    .map(([source, earning]) => {
      const shares = earning.shares.map(
        (share) =>
          `${share.role} ${share.partyId} ${share.amountMinor} less ${share.reversedMinor} ` +
          `${share.isHeld ? 'held' : 'released'}${model.isFrozen(earning) ? ' frozen' : ''}`,
      );
      const base = `${earning.baseReversedMinor} of ${earning.baseMinor}`;
      const gross = `${earning.grossReversedMinor} of ${earning.grossMinor}`;
      return `${source} ${earning.earnedAt.toISOString()} ${base}, ${gross}, from escrow ${earning.fromEscrowMinor}: ${shares.join('; ')}`;
    })
    .sort();
}

/** Balances as they were at an instant, remembered to be asked for again later. */
export interface Moment {
  readonly at: Date;
  readonly books: readonly { readonly bookId: number; readonly balances: ReadonlyMap<AccountName, bigint> }[];
}

/** An instant with nothing recorded in the millisecond before or after it. */
export async function rememberMoment(model: LedgerModel): Promise<Moment> {
  await sleep(2);
  const at = new Date();
  await sleep(2);
  const books = model.allBooks.map(({ bookId, balances }) => ({ bookId, balances: new Map(balances) }));
  return { at, books };
}

/** `names` tells the accounts to ask about: at the end more are known than there were then. */
export async function expectSamePast(
  ledger: LedgerUnderTest,
  model: LedgerModel,
  { at, books }: Moment,
): Promise<void> {
  await ledger.uow.read(READER, async (tx) => {
    for (const { bookId, balances } of books) {
      const now = model.allBooks.find((book) => book.bookId === bookId);
      const recorded: [AccountName, bigint][] = [];
      for (const name of now?.balances.keys() ?? []) {
        recorded.push([name, await ledger.queries.balanceAt(tx, bookId, accountOf(name), at)]);
      }
      expect(sortedNonZero(recorded)).toEqual(sortedNonZero(balances));
    }
  });
}

function accountOf(name: AccountName): Account {
  const [kind = '', currency = '', owner = null, purpose = null] = name.split('/');
  const ofDeal = kind === 'deal_escrow';
  return {
    kind: kind as Account['kind'],
    currency,
    partyId: ofDeal ? null : owner,
    dealId: ofDeal ? owner : null,
    purpose: purpose as Account['purpose'],
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
