import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MandateSide, MandateState, MandateVersion } from '../domain/mandate';
import type { BrandOverride, MandateCuts } from '../domain/mandate-cut';

@Entity({ schema: 'parties', name: 'mandates' })
export class MandateRow {
  @PrimaryColumn('uuid', { name: 'mandate_id' })
  mandateId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('uuid', { name: 'influencer_id' })
  influencerId: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId: string;

  @Column('smallint')
  position: number;

  @Column('jsonb')
  cuts: MandateCuts;

  @Column('jsonb', { name: 'brand_overrides' })
  brandOverrides: readonly BrandOverride[];

  @Column('smallint', { name: 'notice_days' })
  noticeDays: number;

  @Column('text')
  state: MandateState;

  @Column('date', { name: 'starts_on', nullable: true })
  startsOn: string | null;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('uuid', { name: 'requested_by' })
  requestedBy: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;

  @Column('timestamptz', { name: 'lapses_at' })
  lapsesAt: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('timestamptz', { name: 'valid_from', nullable: true })
  validFrom: Date | null;

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil: Date | null;

  @Column('text', { name: 'notice_side', nullable: true })
  noticeSide: MandateSide | null;

  @Column('uuid', { name: 'notice_given_by', nullable: true })
  noticeGivenBy: string | null;

  @Column('timestamptz', { name: 'notice_given_at', nullable: true })
  noticeGivenAt: Date | null;

  @Column('timestamptz', { name: 'notice_ends_at', nullable: true })
  noticeEndsAt: Date | null;

  @Column('text', { name: 'notice_reason', nullable: true })
  noticeReason: string | null;

  @Column('boolean', { name: 'notice_at_once', nullable: true })
  noticeAtOnce: boolean | null;

  @Column('timestamptz', { name: 'notice_prior_until', nullable: true })
  noticePriorUntil: Date | null;

  @Column('uuid', { name: 'ended_by', nullable: true })
  endedBy: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason: string | null;
}

export function toVersion(row: MandateRow): MandateVersion {
  const {
    noticeSide,
    noticeGivenBy,
    noticeGivenAt,
    noticeEndsAt,
    noticeReason,
    noticeAtOnce,
    noticePriorUntil,
    ...version
  } = row;
  if (noticeSide === null || noticeGivenBy === null || noticeGivenAt === null || noticeEndsAt === null) {
    return { ...version, notice: null };
  }
  return {
    ...version,
    notice: {
      side: noticeSide,
      givenBy: noticeGivenBy,
      givenAt: noticeGivenAt,
      endsAt: noticeEndsAt,
      reason: noticeReason,
      atOnce: noticeAtOnce === true,
      priorUntil: noticePriorUntil,
    },
  };
}

/** What changes of a version, as its columns. */
export function courseColumns(version: MandateVersion) {
  const { state, decidedBy, decidedAt, validFrom, validUntil, notice, endedBy, endedAt, endReason } = version;
  return {
    state,
    decidedBy,
    decidedAt,
    validFrom,
    validUntil,
    endedBy,
    endedAt,
    endReason,
    noticeSide: notice?.side ?? null,
    noticeGivenBy: notice?.givenBy ?? null,
    noticeGivenAt: notice?.givenAt ?? null,
    noticeEndsAt: notice?.endsAt ?? null,
    noticeReason: notice?.reason ?? null,
    noticeAtOnce: notice?.atOnce ?? null,
    noticePriorUntil: notice?.priorUntil ?? null,
  };
}
