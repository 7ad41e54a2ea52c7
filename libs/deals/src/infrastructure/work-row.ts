import type { DeliverableKind } from '@evenhand/campaigns';
import type { Deliverable, DeliverableVersion, Milestone, TrackingCode } from '../application/deal';
import type { CommissionKind } from '../application/deal-directory';
import type { ApprovedBy, DeliverableState } from '../domain/deliverable';
import type { VersionOutcome } from '../domain/version';
import { type FileRow, toStoredFile } from './file-row';
import { type PublicationColumns, toPlan, toPublication } from './publication-row';

/** A row of deals.deliverables; `due_on` is read as text, since a calendar day is no instant. */
export interface DeliverableRow extends PublicationColumns {
  readonly id: string;
  readonly deal_id: string;
  readonly spec_key: string;
  readonly sequence: number;
  readonly kind: DeliverableKind;
  readonly description: string;
  readonly due_on: string;
  readonly revisions_allowed: number;
  readonly state: DeliverableState;
  readonly revisions_used: number;
  readonly submitted_at: Date | null;
  readonly auto_approve_at: Date | null;
  readonly approved_at: Date | null;
  readonly approved_by: ApprovedBy | null;
  readonly published_at: Date | null;
  readonly live_url: string | null;
  readonly dispute_id: string | null;
}

/** A row of deals.milestones. */
export interface MilestoneRow {
  readonly id: string;
  readonly deliverable_id: string;
  readonly ordinal: number;
  readonly amount_minor: string;
  readonly released_at: Date | null;
}

/** A row of deals.deliverable_versions, with its files. */
export interface VersionRow {
  readonly deliverable_id: string;
  readonly number: number;
  readonly caption: string;
  readonly media_urls: readonly string[];
  readonly submitted_by: string | null;
  readonly party_id: string;
  readonly submitted_at: Date;
  readonly outcome: VersionOutcome | null;
  readonly decided_at: Date | null;
  readonly feedback: string | null;
  readonly files: readonly FileRow[];
}

/** A row of deals.tracking_codes. */
export interface TrackingCodeRow {
  readonly id: string;
  readonly deal_id: string;
  readonly kind: CommissionKind;
  readonly code: string;
  readonly link_slug: string;
  readonly created_at: Date;
}

export function toDeliverable(
  row: DeliverableRow,
  milestones: readonly MilestoneRow[],
  versions: readonly VersionRow[],
): Deliverable {
  return {
    id: row.id,
    specKey: row.spec_key,
    sequence: row.sequence,
    kind: row.kind,
    description: row.description,
    dueOn: row.due_on,
    revisionsAllowed: row.revisions_allowed,
    progress: {
      state: row.state,
      revisionsUsed: row.revisions_used,
      submittedAt: row.submitted_at,
      autoApproveAt: row.auto_approve_at,
      approvedAt: row.approved_at,
      approvedBy: row.approved_by,
      publishedAt: row.published_at,
      liveUrl: row.live_url,
    },
    disputeId: row.dispute_id,
    milestones: milestones.map(toMilestone),
    versions: versions.map(toVersion),
    plan: toPlan(row),
    publication: toPublication(row),
  };
}

function toMilestone(row: MilestoneRow): Milestone {
  return { id: row.id, ordinal: row.ordinal, amountMinor: BigInt(row.amount_minor), releasedAt: row.released_at };
}

function toVersion(row: VersionRow): DeliverableVersion {
  return {
    number: row.number,
    caption: row.caption,
    mediaUrls: row.media_urls,
    files: row.files.map(toStoredFile),
    submittedBy: row.submitted_by,
    partyId: row.party_id,
    submittedAt: row.submitted_at,
    outcome: row.outcome,
    decidedAt: row.decided_at,
    feedback: row.feedback,
  };
}

export function toTrackingCode(row: TrackingCodeRow): TrackingCode {
  return { id: row.id, kind: row.kind, code: row.code, linkSlug: row.link_slug, createdAt: row.created_at };
}
