import type { Actor } from '@evenhand/kernel';
import {
  ApprovePayoutBatch,
  CancelPayoutBatch,
  ExcludePayoutItem,
  ExportPayoutBatch,
  GetPayoutBatch,
  ListPayoutBatches,
  PreparePayoutBatch,
  RejectPayoutBatch,
  ReopenPayoutBatch,
  SubmitPayoutBatch,
} from '@evenhand/payouts';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, fromMoneyInput, Input, toConnection } from '../graphql';
import { toBatch, toMoneys } from './batch.mapper';
import { PayoutBatchConnection, PayoutBatchExportType, PayoutBatchType } from './batch.types';
import { PayoutBatchesArgs } from './payouts.args';
import {
  ApprovePayoutBatchInput,
  CancelPayoutBatchInput,
  ExcludePayoutItemInput,
  ExportPayoutBatchInput,
  PreparePayoutBatchInput,
  RejectPayoutBatchInput,
  ReopenPayoutBatchInput,
  SubmitPayoutBatchInput,
} from './payouts.inputs';
import {
  ApprovePayoutBatchResult,
  CancelPayoutBatchResult,
  ExcludePayoutItemResult,
  ExportPayoutBatchResult,
  PreparePayoutBatchResult,
  RejectPayoutBatchResult,
  ReopenPayoutBatchResult,
  SubmitPayoutBatchResult,
} from './payouts.results';

@Resolver()
export class PayoutBatchesResolver {
  constructor(
    private readonly getBatch: GetPayoutBatch,
    private readonly listBatches: ListPayoutBatches,
    private readonly prepare: PreparePayoutBatch,
    private readonly exclude: ExcludePayoutItem,
    private readonly submit: SubmitPayoutBatch,
    private readonly approve: ApprovePayoutBatch,
    private readonly reject: RejectPayoutBatch,
    private readonly cancel: CancelPayoutBatch,
    private readonly reopen: ReopenPayoutBatch,
    private readonly exportBatch: ExportPayoutBatch,
  ) {}

  @Query(() => PayoutBatchType)
  payoutBatch(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<PayoutBatchType> {
    return this.shown(actor, fromGlobalId('batch', id));
  }

  @Query(() => PayoutBatchConnection, { description: 'Latest first.' })
  async payoutBatches(
    @CurrentActor() actor: Actor,
    @Args() { states, ...page }: PayoutBatchesArgs,
  ): Promise<PayoutBatchConnection> {
    const found = await this.listBatches.execute({ actor, states: states ?? null, page });
    return { ...toConnection(found, toBatch), totals: toMoneys(found.totals) };
  }

  @Mutation(() => PreparePayoutBatchResult.type)
  preparePayoutBatch(@CurrentActor() actor: Actor, @Input() input: PreparePayoutBatchInput) {
    return PreparePayoutBatchResult.of(async () => {
      const minimums = (input.minimums ?? []).map((minimum) => fromMoneyInput(minimum, { allowZero: true }));
      const { batchId } = await this.prepare.execute({
        actor,
        cutOff: input.cutOff,
        timeZone: input.timeZone,
        currencies: input.currencies ?? null,
        minimums: minimums.map(({ currency, amountMinor }) => ({ currency, minimumMinor: amountMinor })),
        idempotencyKey: input.idempotencyKey,
      });
      return this.shown(actor, batchId);
    });
  }

  @Mutation(() => ExcludePayoutItemResult.type)
  excludePayoutItem(@CurrentActor() actor: Actor, @Input() input: ExcludePayoutItemInput) {
    return ExcludePayoutItemResult.of(async () => {
      const itemId = fromGlobalId('payout', input.itemId);
      const { batchId } = await this.exclude.execute({ actor, itemId, reason: input.reason });
      return this.shown(actor, batchId);
    });
  }

  @Mutation(() => SubmitPayoutBatchResult.type)
  submitPayoutBatch(@CurrentActor() actor: Actor, @Input() input: SubmitPayoutBatchInput) {
    return SubmitPayoutBatchResult.of(() => this.after(actor, input, (command) => this.submit.execute(command)));
  }

  @Mutation(() => ApprovePayoutBatchResult.type)
  approvePayoutBatch(@CurrentActor() actor: Actor, @Input() input: ApprovePayoutBatchInput) {
    const { contentHash } = input;
    return ApprovePayoutBatchResult.of(() =>
      this.after(actor, input, (command) => this.approve.execute({ ...command, contentHash })),
    );
  }

  @Mutation(() => RejectPayoutBatchResult.type)
  rejectPayoutBatch(@CurrentActor() actor: Actor, @Input() input: RejectPayoutBatchInput) {
    const { reason } = input;
    return RejectPayoutBatchResult.of(() =>
      this.after(actor, input, (command) => this.reject.execute({ ...command, reason })),
    );
  }

  @Mutation(() => CancelPayoutBatchResult.type)
  cancelPayoutBatch(@CurrentActor() actor: Actor, @Input() input: CancelPayoutBatchInput) {
    const { reason } = input;
    return CancelPayoutBatchResult.of(() =>
      this.after(actor, input, (command) => this.cancel.execute({ ...command, reason })),
    );
  }

  @Mutation(() => ReopenPayoutBatchResult.type)
  reopenPayoutBatch(@CurrentActor() actor: Actor, @Input() input: ReopenPayoutBatchInput) {
    return ReopenPayoutBatchResult.of(() => this.after(actor, input, (command) => this.reopen.execute(command)));
  }

  @Mutation(() => ExportPayoutBatchResult.type, {
    description: 'Repeating it answers with the same file and sends nothing again.',
  })
  exportPayoutBatch(@CurrentActor() actor: Actor, @Input() input: ExportPayoutBatchInput) {
    return ExportPayoutBatchResult.of(async (): Promise<PayoutBatchExportType> => {
      const batchId = fromGlobalId('batch', input.batchId);
      const { fileName, text, isRepeated } = await this.exportBatch.execute({ actor, batchId });
      return { batch: await this.shown(actor, batchId), fileName, csv: text, isRepeated };
    });
  }

  private async after(
    actor: Actor,
    input: { readonly batchId: string },
    step: (command: { readonly actor: Actor; readonly batchId: string }) => Promise<unknown>,
  ): Promise<PayoutBatchType> {
    const batchId = fromGlobalId('batch', input.batchId);
    await step({ actor, batchId });
    return this.shown(actor, batchId);
  }

  private async shown(actor: Actor, batchId: string): Promise<PayoutBatchType> {
    return toBatch(await this.getBatch.execute({ actor, batchId }));
  }
}
