import { type EarningKind, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { plainArray, queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type EarningSource, EarningStore, type RecordedReversal } from '../application/earning-store';
import type { ReversibleEarning, ReversibleShare } from '../domain/events/earning-reversed';
import type { ShareRole } from '../domain/split-plan';

interface LockedRow {
  readonly earning_id: string;
  readonly kind: EarningKind;
  readonly source_type: string;
  readonly source_id: string;
  readonly deal_id: string;
  readonly currency: string;
  readonly base_minor: string;
  readonly base_reversed_minor: string;
  readonly gross_minor: string;
  readonly gross_reversed_minor: string;
  readonly from_escrow_minor: string;
  readonly share_id: string;
  readonly party_id: string;
  readonly role: ShareRole;
  readonly amount_minor: string;
  readonly reversed_minor: string;
  readonly is_held: boolean;
}

interface ReversalRow {
  readonly idempotency_key: string;
  readonly earning_id: string | null;
  readonly gross_minor: string | null;
}

interface Prepared {
  readonly name: string;
  readonly sql: string;
}

const LOCK_EARNINGS: Prepared = {
  name: 'ledger.lock_earnings',
  sql: 'select * from ledger.lock_earnings($1::integer, $2::text[], $3::uuid[])',
};

const RECORDED_REVERSALS: Prepared = {
  name: 'ledger.recorded_reversals',
  sql: `
    select t.idempotency_key, r.earning_id, r.gross_minor from ledger.transactions t
    left join ledger.reversals r on r.book_id = t.book_id and r.transaction_id = t.transaction_id
    where t.book_id = $1::integer and t.idempotency_key = any ($2::text[])`,
};

@Injectable()
export class TypeormEarningStore extends EarningStore {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async lockBySources(
    tx: Transaction,
    bookId: number,
    sources: readonly EarningSource[],
  ): Promise<ReadonlyMap<string, ReversibleEarning>> {
    const distinct = [...new Map(sources.map((source) => [`${source.type}:${source.id}`, source])).values()];
    const parameters = [bookId, plainArray(distinct.map(({ type }) => type)), plainArray(distinct.map(({ id }) => id))];
    const rows = await this.query<LockedRow>(tx, LOCK_EARNINGS, parameters);
    const bySource = new Map<string, LockedRow[]>();
    for (const row of rows) {
      const key = `${row.source_type}:${row.source_id}`;
      const ofSource = bySource.get(key);
      if (ofSource) ofSource.push(row);
      else bySource.set(key, [row]);
    }
    return new Map([...bySource].map(([key, ofSource]) => [key, toEarning(ofSource)]));
  }

  override async recordedReversals(
    tx: Transaction,
    bookId: number,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, RecordedReversal>> {
    if (keys.length === 0) return new Map();
    const rows = await this.query<ReversalRow>(tx, RECORDED_REVERSALS, [bookId, keys]);
    return new Map(
      rows.map((row) => {
        const recorded = { earningId: BigInt(row.earning_id ?? 0), grossMinor: BigInt(row.gross_minor ?? 0) };
        return [row.idempotency_key, recorded];
      }),
    );
  }

  private async query<Row>(tx: Transaction, { name, sql }: Prepared, parameters: unknown[]): Promise<readonly Row[]> {
    return (await this.uow.asSystem(tx, () => queryPrepared(tx, name, sql, parameters))) as readonly Row[];
  }
}

function toEarning(rows: readonly LockedRow[]): ReversibleEarning {
  const [first] = rows;
  if (!first) throw new RangeError('An earning has at least the share of its influencer.');
  return {
    earningId: BigInt(first.earning_id),
    kind: first.kind,
    sourceId: first.source_id,
    dealId: first.deal_id,
    currency: first.currency,
    baseMinor: BigInt(first.base_minor),
    baseReversedMinor: BigInt(first.base_reversed_minor),
    grossMinor: BigInt(first.gross_minor),
    grossReversedMinor: BigInt(first.gross_reversed_minor),
    fromEscrowMinor: BigInt(first.from_escrow_minor),
    parts: rows.map(toShare),
  };
}

function toShare(row: LockedRow): ReversibleShare {
  return {
    shareId: BigInt(row.share_id),
    partyId: row.party_id,
    role: row.role,
    amountMinor: BigInt(row.amount_minor),
    reversedMinor: BigInt(row.reversed_minor),
    isHeld: row.is_held,
  };
}
