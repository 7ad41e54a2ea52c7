import { SealAuditLog } from '@evenhand/audit';
import { ExpireBids } from '@evenhand/campaigns';
import {
  AutoApproveDeliverables,
  MarkGiftsOverdue,
  RemindOfGiftReceipts,
  RemoveUnattachedFiles,
  TellTermEnds,
} from '@evenhand/deals';
import { MatchSavedSearches } from '@evenhand/discovery';
import { ForgetAttempts } from '@evenhand/identity';
import { Clock } from '@evenhand/kernel';
import { PreparePartitions, ReleaseDueHolds, SealTransactions, SettleRecords } from '@evenhand/ledger';
import { EndRunOutMandates, ExpireMandateRequests } from '@evenhand/parties';
import { RelayOutbox } from '@evenhand/platform';
import { ContinueErasures, ResealEverything } from '@evenhand/privacy';
import { ForgetClicks, WatchImports } from '@evenhand/sales';
import { ForgetMessages } from '@evenhand/webhooks';
import type { FactoryProvider } from '@nestjs/common';
import { EmailJobs } from './email-jobs';
import { ImportJobs } from './import-jobs';
import { IntakeJobs } from './intake-jobs';
import { PERIODIC_JOBS, type PeriodicJob } from './periodic-job';
import { WebhookJobs } from './webhook-jobs';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** How much one run takes at most; what is left is due again at once. */
const LIMIT = 5_000;
/** As much as leaves writers under full load 95 % of two cores; what is left of a peak is sealed after it. */
const SEAL_LIMIT = 2_000;

/** Everything that happens because time passes. */
export const periodicJobs: FactoryProvider<readonly PeriodicJob[]> = {
  provide: PERIODIC_JOBS,
  inject: [
    Clock,
    RelayOutbox,
    IntakeJobs,
    WebhookJobs,
    EmailJobs,
    ImportJobs,
    WatchImports,
    SettleRecords,
    SealTransactions,
    SealAuditLog,
    ReleaseDueHolds,
    AutoApproveDeliverables,
    ExpireBids,
    ExpireMandateRequests,
    EndRunOutMandates,
    MarkGiftsOverdue,
    RemindOfGiftReceipts,
    MatchSavedSearches,
    RemoveUnattachedFiles,
    TellTermEnds,
    ForgetAttempts,
    ForgetClicks,
    PreparePartitions,
    ResealEverything,
    ForgetMessages,
    ContinueErasures,
  ],
  useFactory: (
    clock: Clock,
    relay: RelayOutbox,
    intake: IntakeJobs,
    webhooks: WebhookJobs,
    emails: EmailJobs,
    imports: ImportJobs,
    watchImports: WatchImports,
    settle: SettleRecords,
    seal: SealTransactions,
    sealAuditLog: SealAuditLog,
    releaseHolds: ReleaseDueHolds,
    autoApprove: AutoApproveDeliverables,
    expireBids: ExpireBids,
    expireMandates: ExpireMandateRequests,
    endMandates: EndRunOutMandates,
    markOverdue: MarkGiftsOverdue,
    remindOfGifts: RemindOfGiftReceipts,
    matchSearches: MatchSavedSearches,
    removeFiles: RemoveUnattachedFiles,
    tellTermEnds: TellTermEnds,
    forgetAttempts: ForgetAttempts,
    forgetClicks: ForgetClicks,
    partitions: PreparePartitions,
    reseal: ResealEverything,
    forgetMessages: ForgetMessages,
    continueErasures: ContinueErasures,
  ) => {
    const due = () => ({ now: clock.now(), limit: LIMIT });
    return [
      { name: 'relay-outbox', everyMs: SECOND, run: () => relay.execute() },
      { name: 'hand-out-intake', everyMs: SECOND, run: () => intake.execute() },
      { name: 'hand-out-webhooks', everyMs: SECOND, run: () => webhooks.execute() },
      { name: 'hand-out-emails', everyMs: SECOND, run: () => emails.execute() },
      { name: 'hand-out-imports', everyMs: SECOND, run: () => imports.execute() },
      { name: 'forget-abandoned-imports', everyMs: HOUR, run: () => watchImports.forgetAbandoned() },
      { name: 'settle-records', everyMs: 2 * SECOND, run: () => settle.execute() },
      { name: 'seal-transactions', everyMs: 2 * SECOND, run: () => seal.execute({ ...due(), limit: SEAL_LIMIT }) },
      { name: 'seal-audit-log', everyMs: 2 * SECOND, run: () => sealAuditLog.execute({ ...due(), limit: SEAL_LIMIT }) },
      { name: 'release-due-holds', everyMs: 5 * SECOND, run: () => releaseHolds.execute(due()) },
      { name: 'auto-approve-deliverables', everyMs: 30 * SECOND, run: () => autoApprove.execute(due()) },
      { name: 'expire-bids', everyMs: 10 * SECOND, run: () => expireBids.execute(due()) },
      { name: 'expire-mandate-requests', everyMs: MINUTE, run: () => expireMandates.execute(due()) },
      { name: 'end-run-out-mandates', everyMs: MINUTE, run: () => endMandates.execute(due()) },
      { name: 'mark-gifts-overdue', everyMs: MINUTE, run: () => markOverdue.execute(due()) },
      { name: 'remind-of-gift-receipts', everyMs: HOUR, run: () => remindOfGifts.execute(due()) },
      { name: 'match-saved-searches', everyMs: 15 * SECOND, run: () => matchSearches.execute() },
      { name: 'remove-unattached-files', everyMs: HOUR, run: () => removeFiles.execute(due()) },
      { name: 'tell-term-ends', everyMs: MINUTE, run: () => tellTermEnds.execute(due()) },
      { name: 'forget-attempts', everyMs: HOUR, run: () => forgetAttempts.execute(due()) },
      { name: 'forget-clicks', everyMs: HOUR, run: () => forgetClicks.execute(due()) },
      { name: 'prepare-partitions', everyMs: 12 * HOUR, run: () => partitions.execute() },
      { name: 'reseal-everything', everyMs: 12 * HOUR, run: () => reseal.execute() },
      {
        name: 'continue-erasures',
        everyMs: 10 * SECOND,
        run: () => continueErasures.execute({ ...due(), limit: 100 }),
      },
      { name: 'forget-messages', everyMs: HOUR, run: () => forgetMessages.execute(due()) },
    ];
  },
};
