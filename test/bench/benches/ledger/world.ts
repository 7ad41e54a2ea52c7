import type { EarningDraft } from '@evenhand/ledger';
import { uuidv7 } from 'uuidv7';
import { type DealInTest, dealInTest, fund, saleOf } from '../../../invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../invariants/ledger-under-test';

const BOOKS = 16;
const DEALS_PER_BOOK = 25;
/** More than all sales of a run together, in minor units. */
const RESERVE_MINOR = 10n ** 15n;
const OPENED_AT = new Date('2026-10-01T12:00:00Z');

/** The deals on which sales are made, with every account they need opened. */
export interface World {
  /** Many deals of many books; one list of deals per book. */
  readonly books: readonly (readonly DealInTest[])[];
  /** One deal of one book, on which everybody sells at once; the brand owes the commission. */
  readonly hot: DealInTest;
  /** As the hot one, but its commission is drawn from a reserve in escrow, whose floor is kept. */
  readonly hotFunded: DealInTest;
}

export async function buildWorld(ledger: LedgerUnderTest): Promise<World> {
  const books: DealInTest[][] = [];
  for (let book = 0; book < BOOKS; book += 1) books.push(await dealsOfOneBook(ledger, DEALS_PER_BOOK));
  const [hot] = await dealsOfOneBook(ledger, 1);
  const [hotFunded] = await dealsOfOneBook(ledger, 1);
  await ledger.releaseDueHolds.execute({ now: OPENED_AT, limit: 10 * BOOKS * DEALS_PER_BOOK });
  if (!hot || !hotFunded) throw new RangeError('A book without deals was asked for.');
  await fund(ledger, hotFunded, RESERVE_MINOR, 'commission_reserve');
  return { books, hot, hotFunded };
}

/** Each deal with an influencer and an agency of its own. */
async function dealsOfOneBook(ledger: LedgerUnderTest, count: number): Promise<DealInTest[]> {
  const brandId = uuidv7();
  const deals: DealInTest[] = [];
  for (let deal = 0; deal < count; deal += 1) deals.push(await dealInTest(ledger, { brandId }));
  const opening = deals.map((deal) => saleOf(deal, 1_000n, { releaseAt: OPENED_AT }));
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, brandId, opening));
  return deals;
}

/** A sale as a shop's event has it, and the amounts of its three shares for whoever does not split it himself. */
export interface Sale {
  readonly deal: DealInTest;
  readonly draft: EarningDraft;
  readonly grossMinor: bigint;
  /** In the order of the plan's shares: platform, agency, influencer. */
  readonly amountsMinor: readonly bigint[];
}

/** Sales of one book. */
export interface Batch {
  readonly brandId: string;
  readonly bookId: number;
  readonly sales: readonly Sale[];
  readonly drafts: readonly EarningDraft[];
}

/** So many batches of `size` sales: each of one book and over all its deals, the books taken in turn. */
export function spreadBatches(world: World, batches: number, size: number, given?: Partial<EarningDraft>): Batch[] {
  return Array.from({ length: batches }, (_, place) => {
    return batchOf(world.books[place % world.books.length] ?? [], size, place, given);
  });
}

export function hotBatches(deal: DealInTest, batches: number, size: number): Batch[] {
  return Array.from({ length: batches }, (_, place) => batchOf([deal], size, place));
}

function batchOf(deals: readonly DealInTest[], size: number, from: number, given?: Partial<EarningDraft>): Batch {
  const [first] = deals;
  if (!first) throw new RangeError('A batch needs a deal.');
  const sales = Array.from({ length: size }, (_, place): Sale => {
    const deal = deals[(from + place) % deals.length] ?? first;
    const grossMinor = BigInt(100 + ((place * 7_919) % 90_000));
    return { deal, draft: saleOf(deal, grossMinor, given), grossMinor, amountsMinor: tenthsOf(grossMinor) };
  });
  return { brandId: first.brandId, bookId: first.bookId, sales, drafts: sales.map(({ draft }) => draft) };
}

function tenthsOf(grossMinor: bigint): readonly bigint[] {
  const platformMinor = grossMinor / 10n;
  const agencyMinor = (grossMinor * 4n) / 10n;
  return [platformMinor, agencyMinor, grossMinor - platformMinor - agencyMinor];
}
