import { DealsModule } from '@evenhand/deals';
import { LedgerModule } from '@evenhand/ledger';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { ResealIntake, SealedIntake } from './application/reseal-intake';
import { SqlSealedIntake } from './infrastructure/sql-sealed-intake';
import { BonusRepository } from './application/bonus-repository';
import { BonusSettlement } from './application/bonus-settlement';
import { CompareBids } from './application/compare-bids';
import { ListFileMappings, RemoveFileMapping, SaveFileMapping } from './application/files/change-mappings';
import { ImportStore } from './application/files/import-store';
import { GetImport, ListImports, WatchImports } from './application/files/list-imports';
import { MappingRepository } from './application/files/mapping-repository';
import { RowReplayer } from './application/files/row-replayer';
import { RunImport } from './application/files/run-import';
import { SalesFileReader } from './application/files/sales-file-reader';
import { StartImport } from './application/files/start-import';
import { DismissProblems } from './application/inbox/dismiss-problems';
import { InboxRepository } from './application/inbox/inbox-repository';
import { ListIntakeProblems } from './application/inbox/list-intake-problems';
import { MendProblem } from './application/inbox/mend-problem';
import { ProblemReplayer } from './application/inbox/problem-replayer';
import { ReplayProblems } from './application/inbox/replay-problems';
import { ReplaySalesWhenRatesLoaded } from './application/inbox/replay-sales-when-rates-loaded.handler';
import { IntakeRepository } from './application/intake-repository';
import { ListRefunds } from './application/list-refunds';
import { ListSales } from './application/list-sales';
import { PastResults } from './application/past-results';
import { RawEvents } from './application/rebuild/raw-events';
import { ReplayLedger } from './application/rebuild/replay-ledger';
import { ReadPerformance } from './application/read-performance';
import { RecordRefunds } from './application/record-refunds';
import { RecordSales } from './application/record-sales';
import { RefundRecorder } from './application/refund-recorder';
import { ChangeRiskRules, GetRiskRules } from './application/risk/change-risk-rules';
import { CustomerTokens } from './application/risk/customer-tokens';
import { DecideRiskHold } from './application/risk/decide-risk-hold';
import { ListRiskHolds } from './application/risk/list-risk-holds';
import { RiskHoldRepository } from './application/risk/risk-hold-repository';
import { RiskRulesStore } from './application/risk/risk-rules-store';
import { RiskScreening } from './application/risk/risk-screening';
import { SaleDirectory } from './application/sale-directory';
import { SaleRecorder } from './application/sale-recorder';
import { SaleRepository } from './application/sale-repository';
import { ClickIds } from './application/tracking/click-ids';
import { ClickLog } from './application/tracking/click-log';
import { ClickRepository } from './application/tracking/click-repository';
import { CountClicks } from './application/tracking/count-clicks';
import { FollowLink } from './application/tracking/follow-link';
import { ForgetClicks } from './application/tracking/forget-clicks';
import { LinkTargets } from './application/tracking/link-targets';
import { VisitorFilter } from './application/tracking/visitor-filter';
import { CloseSource, RotateSourceSecret, SourceAccess } from './application/webhooks/change-source';
import { DeliveryStore } from './application/webhooks/delivery-store';
import { ListFailedDeliveries, RetryDeliveries } from './application/webhooks/failed-deliveries';
import { ListSources } from './application/webhooks/list-sources';
import { OpenSource } from './application/webhooks/open-source';
import { ReceiveWebhook } from './application/webhooks/receive-webhook';
import { SourceRepository } from './application/webhooks/source-repository';
import { TakeInDeliveries } from './application/webhooks/take-in-deliveries';
import { WatchIntake } from './application/webhooks/watch-intake';
import { WebhookFormats } from './application/webhooks/webhook-formats';
import { SalesFileReaders } from './infrastructure/files/sales-file-readers';
import { TypeormImportStore } from './infrastructure/files/typeorm-import-store';
import { TypeormMappingRepository } from './infrastructure/files/typeorm-mapping-repository';
import { TypeormInboxRepository } from './infrastructure/inbox/typeorm-inbox-repository';
import { KeyedCustomerTokens } from './infrastructure/risk/keyed-customer-tokens';
import { TypeormRiskHoldRepository } from './infrastructure/risk/typeorm-risk-hold-repository';
import { TypeormRiskRulesStore } from './infrastructure/risk/typeorm-risk-rules-store';
import { SqlPastResults } from './infrastructure/sql-past-results';
import { BufferedClickLog } from './infrastructure/tracking/buffered-click-log';
import { CachedLinkTargets } from './infrastructure/tracking/cached-link-targets';
import { IsbotVisitorFilter } from './infrastructure/tracking/isbot-visitor-filter';
import { TypeidClickIds } from './infrastructure/tracking/typeid-click-ids';
import { TypeormClickRepository } from './infrastructure/tracking/typeorm-click-repository';
import { TypeormBonusRepository } from './infrastructure/typeorm-bonus-repository';
import { TypeormIntakeRepository } from './infrastructure/typeorm-intake-repository';
import { TypeormRawEvents } from './infrastructure/typeorm-raw-events';
import { TypeormSaleDirectory } from './infrastructure/typeorm-sale-directory';
import { TypeormSaleRepository } from './infrastructure/typeorm-sale-repository';
import { TypeormDeliveryStore } from './infrastructure/webhooks/typeorm-delivery-store';
import { TypeormSourceRepository } from './infrastructure/webhooks/typeorm-source-repository';
import { WebhookFormatsByKind } from './infrastructure/webhooks/webhook-formats-by-kind';

const USE_CASES = [
  ResealIntake,
  RecordSales,
  RecordRefunds,
  StartImport,
  RunImport,
  GetImport,
  ListImports,
  WatchImports,
  SaveFileMapping,
  RemoveFileMapping,
  ListFileMappings,
  ListSales,
  ListRefunds,
  ListIntakeProblems,
  MendProblem,
  ReplayProblems,
  DismissProblems,
  ReplayLedger,
  OpenSource,
  RotateSourceSecret,
  CloseSource,
  ListSources,
  ReceiveWebhook,
  TakeInDeliveries,
  WatchIntake,
  ListFailedDeliveries,
  RetryDeliveries,
  FollowLink,
  CountClicks,
  ReadPerformance,
  ForgetClicks,
  ListRiskHolds,
  DecideRiskHold,
  GetRiskRules,
  ChangeRiskRules,
  CompareBids,
];

/** Sales intake: every order once, attributed to its deal, its commission in the ledger. */
@Module({
  imports: [DealsModule, PartiesModule, LedgerModule],
  providers: [
    ...USE_CASES,
    SaleRecorder,
    RefundRecorder,
    ProblemReplayer,
    RowReplayer,
    ReplaySalesWhenRatesLoaded,
    BonusSettlement,
    RiskScreening,
    SourceAccess,
    { provide: SealedIntake, useClass: SqlSealedIntake },
    { provide: SourceRepository, useClass: TypeormSourceRepository },
    { provide: DeliveryStore, useClass: TypeormDeliveryStore },
    { provide: WebhookFormats, useClass: WebhookFormatsByKind },
    { provide: LinkTargets, useClass: CachedLinkTargets },
    { provide: ClickLog, useClass: BufferedClickLog },
    { provide: ClickRepository, useClass: TypeormClickRepository },
    { provide: ClickIds, useClass: TypeidClickIds },
    { provide: VisitorFilter, useClass: IsbotVisitorFilter },
    { provide: PastResults, useClass: SqlPastResults },
    { provide: BonusRepository, useClass: TypeormBonusRepository },
    { provide: IntakeRepository, useClass: TypeormIntakeRepository },
    { provide: RawEvents, useClass: TypeormRawEvents },
    { provide: InboxRepository, useClass: TypeormInboxRepository },
    { provide: ImportStore, useClass: TypeormImportStore },
    { provide: MappingRepository, useClass: TypeormMappingRepository },
    { provide: CustomerTokens, useClass: KeyedCustomerTokens },
    { provide: RiskHoldRepository, useClass: TypeormRiskHoldRepository },
    { provide: RiskRulesStore, useClass: TypeormRiskRulesStore },
    { provide: SaleRepository, useClass: TypeormSaleRepository },
    { provide: SaleDirectory, useClass: TypeormSaleDirectory },
    { provide: SalesFileReader, useClass: SalesFileReaders },
  ],
  exports: [...USE_CASES, SaleDirectory, ClickLog],
})
export class SalesModule {}
