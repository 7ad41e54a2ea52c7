import { Module } from '@nestjs/common';
import { AuditCommand, AuditHeadCommand, VerifyAuditCommand } from './audit/audit.command';
import { MigrateCommand } from './database/migrate.command';
import { DemoCommand, LoadDemoCommand } from './demo/demo.command';
import { DemoWorld } from './demo/demo-world';
import { AddStaffCommand, StaffCommand } from './identity/staff.command';
import { EarningsCommand, ReplayEarningsCommand } from './ledger/earnings.command';
import { FxCommand, ImportFxCommand } from './ledger/fx.command';
import { InvariantsCommand } from './ledger/invariants.command';
import { ClosePeriodCommand, PeriodsCommand } from './ledger/periods.command';
import { SealHeadsCommand, SealReceiptCommand, SealsCommand, VerifySealsCommand } from './ledger/seals.command';
import { ExportPayoutsCommand, PayoutsCommand } from './payouts/payouts.command';
import { PrivacyCommand, PrivacyMapCommand, ResealCommand } from './privacy/privacy.command';
import { Product } from './product';
import { ReplayCommand } from './sales/replay.command';
import { ImportSalesCommand } from './sales/import-sales.command';
import { SalesCommand } from './sales/sales.command';

/** The command line for administrators. A command opens the product only when it runs, so that help is instant. */
@Module({
  providers: [
    Product,
    StaffCommand,
    AddStaffCommand,
    SalesCommand,
    ImportSalesCommand,
    ReplayCommand,
    FxCommand,
    ImportFxCommand,
    InvariantsCommand,
    EarningsCommand,
    ReplayEarningsCommand,
    PeriodsCommand,
    ClosePeriodCommand,
    SealsCommand,
    VerifySealsCommand,
    SealHeadsCommand,
    SealReceiptCommand,
    AuditCommand,
    VerifyAuditCommand,
    AuditHeadCommand,
    PayoutsCommand,
    ExportPayoutsCommand,
    PrivacyCommand,
    ResealCommand,
    PrivacyMapCommand,
    MigrateCommand,
    DemoWorld,
    DemoCommand,
    LoadDemoCommand,
  ],
})
export class CliModule {}
