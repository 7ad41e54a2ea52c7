import {
  type Actor,
  authorize,
  DomainError,
  hasStaffRole,
  NotFound,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type ReplayedEarning, replayEarning } from '../domain/replay-earning';
import type { SharedAmount } from '../domain/split-pool';
import type { SourceType } from '../domain/transaction-draft';
import { LedgerQueries } from './ledger-queries';
import { type EarningKey, type RecordedEarning, RecordedEarnings } from './recorded-earnings';

/** An earning that its own rule does not give again. */
export interface ReplayDifference extends EarningKey {
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly currency: string;
  /** What was recorded and what the rule gives, in words; amounts in minor units. */
  readonly findings: readonly string[];
}

export interface ReplayedEarnings {
  readonly replayed: number;
  /** By book and earning. */
  readonly differences: readonly ReplayDifference[];
}

/** Earnings read at once. */
const PAGE = 2000;

/**
 * Computes the recorded earnings of a brand's book, or of all books, anew by the rule stored with each, and names those
 * whose gross or shares are not what was recorded. One snapshot; for finance and operators.
 */
@Injectable()
export class ReplayEarnings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
    private readonly earnings: RecordedEarnings,
  ) {}

  /** Throws `Forbidden`, or `NotFound` where the brand has no book. */
  async execute({ actor, brandId }: { readonly actor: Actor; readonly brandId?: string }): Promise<ReplayedEarnings> {
    const mayReplay = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(mayReplay, true, 'Book', 'replay earnings');
    return this.uow.read(actor, (tx) => this.uow.asSystem(tx, () => this.replayAll(tx, brandId)));
  }

  private async replayAll(tx: Transaction, brandId: string | undefined): Promise<ReplayedEarnings> {
    const bookId = brandId === undefined ? null : await this.queries.bookIdOf(tx, brandId);
    if (brandId !== undefined && bookId === null) throw new NotFound('Book');
    const differences: ReplayDifference[] = [];
    let replayed = 0;
    let after: EarningKey | null = null;
    do {
      const page: readonly RecordedEarning[] = await this.earnings.pageAfter(tx, bookId, after, PAGE);
      replayed += page.length;
      differences.push(...page.map(differenceOf).filter(({ findings }) => findings.length > 0));
      after = page.at(-1) ?? null;
    } while (after);
    return { replayed, differences };
  }
}

function differenceOf(recorded: RecordedEarning): ReplayDifference {
  const { bookId, earningId, sourceType, currency, facts } = recorded;
  return { bookId, earningId, sourceType, sourceId: facts.sourceId, currency, findings: findingsOf(recorded) };
}

function findingsOf(recorded: RecordedEarning): readonly string[] {
  if (!recorded.rule) return ['its rule is not stored'];
  try {
    return unequal(recorded, replayEarning(recorded.rule, recorded.facts));
  } catch (error) {
    if (error instanceof DomainError) return [`cannot be replayed, ${error.code}: ${error.message}`];
    throw error;
  }
}

function unequal(recorded: RecordedEarning, { grossMinor, parts }: ReplayedEarning): readonly string[] {
  const findings =
    recorded.grossMinor === grossMinor
      ? []
      : [`a gross of ${recorded.grossMinor} is recorded, the rule gives ${grossMinor}`];
  const places = Array.from({ length: Math.max(recorded.parts.length, parts.length) }, (_, place) => place);
  for (const place of places) {
    const [stored, given] = [partText(recorded.parts[place]), partText(parts[place])];
    if (stored !== given) findings.push(`share ${place + 1} is recorded as ${stored}, the rule gives ${given}`);
  }
  return findings;
}

function partText(part: SharedAmount | undefined): string {
  return part ? `${part.amountMinor} (${part.share}) for the ${part.role} ${part.partyId}` : 'nothing';
}
