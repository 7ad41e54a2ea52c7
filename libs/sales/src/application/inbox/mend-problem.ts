import { DealDirectory } from '@evenhand/deals';
import {
  type Actor,
  Clock,
  IdGenerator,
  InvalidInput,
  InvalidTransition,
  NotFound,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { refundContent, refundOfContent, saleContent, saleOfContent } from '../../domain/content';
import { correctedRefund, correctedSale, type RefundCorrection, type SaleCorrection } from '../../domain/mend';
import { RowReplayer } from '../files/row-replayer';
import type { RowCorrection } from '../files/sales-file-reader';
import { authorizeIntake } from '../intake-rights';
import { receiptOf } from '../prepared-event';
import { InboxRepository } from './inbox-repository';
import type { IntakeProblem, ReplayedProblem } from './problem';
import { ProblemReplayer } from './problem-replayer';

/** A deal that a person gives an order to; it counts by the code that the deal has for this kind of commission. */
export interface AssignedDeal {
  readonly dealId: string;
  readonly kind: 'note_commission' | 'livestream_commission';
}

/** What to correct: of a sale, of a refund, or values of a file's rows, as fits the problem. */
export interface MendProblemCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly problemId: string;
  readonly sale: SaleCorrection | null;
  readonly deal: AssignedDeal | null;
  readonly refund: RefundCorrection | null;
  readonly rows: readonly RowCorrection[] | null;
}

/**
 * Corrects a problem and takes it in again. What came stays as it is, the correction is stored beside it with its maker;
 * the shop's repetition of what came is a duplicate from then on. Throws `NotFound`, `Forbidden`, `InvalidInput`,
 * `InvalidTransition` where it is recorded meanwhile, `BookNotOpen`.
 */
@Injectable()
export class MendProblem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly deals: DealDirectory,
    private readonly inbox: InboxRepository,
    private readonly replayer: ProblemReplayer,
    private readonly rows: RowReplayer,
  ) {}

  async execute(command: MendProblemCommand): Promise<ReplayedProblem> {
    const { actor, brandId, problemId } = command;
    authorizeIntake(actor, brandId);
    const given = [command.sale ?? command.deal, command.refund, command.rows].filter((part) => part !== null);
    if (given.length !== 1) throw new InvalidInput('correction', 'Correct a sale, a refund or rows of a file.');
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const now = this.clock.now();
        const [problem] = await this.replayer.lock(tx, brandId, [problemId]);
        if (!problem) throw new NotFound('Problem');
        if (problem.status === 'mended') throw new InvalidTransition('Problem', problem.status, 'mend');
        const changes = await this.store(tx, command, problem, now);
        const [replayed] = await this.replayer.replay(tx, receiptOf(actor, brandId, now), [problem]);
        if (!replayed) throw new NotFound('Problem');
        const { outcome } = replayed;
        const madeBy = actor.kind === 'person' ? actor.userId : null;
        const mend = { mendId: this.ids.next(), problemId, action: 'mended' as const, note: null };
        await this.inbox.addMends(tx, brandId, [{ ...mend, changes, outcome, madeBy, madeAt: now }]);
        return replayed;
      }),
    );
  }

  /** Stores what the correction makes of the problem; answers the correction as JSON. */
  private async store(tx: Transaction, command: MendProblemCommand, problem: IntakeProblem, now: Date) {
    const { brandId, problemId } = command;
    const before = problem.mendedContent ?? problem.content ?? '';
    if (problem.kind === 'sale' && (command.sale ?? command.deal)) {
      const correction = await this.withCodeOfDeal(tx, brandId, command);
      const content = saleContent(correctedSale(saleOfContent(before), correction));
      await this.inbox.mendEvent(tx, brandId, problemId, { content, saleExternalId: null }, now);
      return changesText({ ...correction, ...(command.deal && { dealId: command.deal.dealId }) });
    }
    if (problem.kind === 'refund' && command.refund) {
      const event = correctedRefund(refundOfContent(before), command.refund);
      const mended = { content: refundContent(event), saleExternalId: event.saleExternalId };
      await this.inbox.mendEvent(tx, brandId, problemId, mended, now);
      return changesText(command.refund);
    }
    if (problem.form === 'row' && command.rows) {
      return changesText(await this.rows.correct(tx, brandId, problemId, command.rows, now));
    }
    throw new InvalidInput('correction', `This is ${NAMES[problem.form]}, which is not corrected in this way.`);
  }

  private async withCodeOfDeal(tx: Transaction, brandId: string, command: MendProblemCommand): Promise<SaleCorrection> {
    const { sale, deal } = command;
    if (!deal) return sale ?? {};
    if (sale?.code) throw new InvalidInput('code', 'Give the order a deal or a code, not both.');
    const code = await this.deals.codeOf(tx, brandId, deal.dealId, deal.kind);
    if (code === undefined) throw new NotFound('Deal');
    return { ...sale, code };
  }
}

const NAMES = { event: 'an event of another kind', message: 'a webhook', row: 'a row of a file' } as const;

/** What is left out or null was not corrected. */
function changesText(changes: object): string {
  return JSON.stringify(changes, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    return value ?? undefined;
  });
}
