import type { MigrationInterface } from 'typeorm';
import { Access1764000001000 } from './0001-access';
import { Outbox1764000002000 } from './0002-outbox';
import { Identity1764000010000 } from './0010-identity';
import { Parties1764000020000 } from './0020-parties';
import { MandateTerms1764000021000 } from './0021-mandate-terms';
import { Campaigns1764000030000 } from './0030-campaigns';
import { Deals1764000040000 } from './0040-deals';
import { DealReviews1764000041000 } from './0041-deal-reviews';
import { Messages1764000042000 } from './0042-messages';
import { DeliverableVersions1764000044000 } from './0044-deliverable-versions';
import { Discovery1764000045000 } from './0045-discovery';
import { Notifications1764000046000 } from './0046-notifications';
import { Gifts1764000047000 } from './0047-gifts';
import { Publication1764000048000 } from './0048-publication';
import { DealDays1764000049000 } from './0049-deal-days';
import { Disputes1764000049500 } from './0049-disputes';
import { Sales1764000050000 } from './0050-sales';
import { SalesWebhooks1764000051000 } from './0051-sales-webhooks';
import { SalesTracking1764000052000 } from './0052-sales-tracking';
import { SalesImports1764000053000 } from './0053-sales-imports';
import { SalesRisk1764000054000 } from './0054-sales-risk';
import { LedgerTables1764000060000 } from './0060-ledger-tables';
import { LedgerWriter1764000061000 } from './0061-ledger-writer';
import { LedgerHolds1764000062000 } from './0062-ledger-holds';
import { LedgerReading1764000063000 } from './0063-ledger-reading';
import { LedgerPeriods1764000064000 } from './0064-ledger-periods';
import { LedgerSeals1764000065000 } from './0065-ledger-seals';
import { LedgerTicks1764000066000 } from './0066-ledger-ticks';
import { LedgerPostEarning1764000067000 } from './0067-ledger-post-earning';
import { Payouts1764000070000 } from './0070-payouts';
import { OutgoingWebhooks1764000080000 } from './0080-outgoing-webhooks';
import { AuditLog1764000090000 } from './0090-audit-log';
import { Privacy1764000092000 } from './0092-privacy';

/** Every migration of the product, in the order in which they run. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Access1764000001000,
  Outbox1764000002000,
  Identity1764000010000,
  Parties1764000020000,
  MandateTerms1764000021000,
  Campaigns1764000030000,
  Deals1764000040000,
  DealReviews1764000041000,
  Messages1764000042000,
  DeliverableVersions1764000044000,
  Discovery1764000045000,
  Notifications1764000046000,
  Gifts1764000047000,
  Publication1764000048000,
  DealDays1764000049000,
  Disputes1764000049500,
  Sales1764000050000,
  SalesWebhooks1764000051000,
  SalesTracking1764000052000,
  SalesImports1764000053000,
  SalesRisk1764000054000,
  LedgerTables1764000060000,
  LedgerWriter1764000061000,
  LedgerHolds1764000062000,
  LedgerReading1764000063000,
  LedgerPeriods1764000064000,
  LedgerSeals1764000065000,
  LedgerTicks1764000066000,
  LedgerPostEarning1764000067000,
  Payouts1764000070000,
  OutgoingWebhooks1764000080000,
  AuditLog1764000090000,
  Privacy1764000092000,
];
