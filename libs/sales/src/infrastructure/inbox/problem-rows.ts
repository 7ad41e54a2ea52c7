import type {
  IntakeProblem,
  Mend,
  MendAction,
  ProblemForm,
  ProblemState,
  ProblemStatus,
} from '../../application/inbox/problem';
import type { IntakeVia } from '../../application/intake-repository';

/** A row of the view sales.inbox. */
export interface ProblemRow {
  readonly brand_id: string;
  readonly problem_id: string;
  readonly form: ProblemForm;
  readonly kind: 'sale' | 'refund' | null;
  readonly state: ProblemState;
  readonly status: ProblemStatus;
  readonly via: IntakeVia;
  readonly source: string;
  readonly external_id: string | null;
  readonly import_id: string | null;
  readonly line: number | null;
  readonly column_name: string | null;
  readonly raw: string | null;
  readonly mended: string | null;
  readonly reason_code: string | null;
  readonly reason: string | null;
  readonly received_at: Date;
  readonly decided_at: Date;
}

export interface MendRow {
  readonly mend_id: string;
  readonly problem_id: string;
  readonly action: MendAction;
  readonly changes: string | null;
  readonly note: string | null;
  readonly outcome: Mend['outcome'];
  readonly made_by: string | null;
  readonly made_at: Date;
}

export function problemOf(row: ProblemRow): IntakeProblem {
  return {
    problemId: row.problem_id,
    brandId: row.brand_id,
    form: row.form,
    kind: row.kind,
    status: row.status,
    state: row.state,
    via: row.via,
    source: row.source,
    externalId: row.external_id,
    importId: row.import_id,
    line: row.line,
    column: row.column_name,
    reasonCode: row.reason_code ?? '',
    reason: row.reason ?? '',
    content: row.raw,
    mendedContent: row.mended,
    receivedAt: row.received_at,
    decidedAt: row.decided_at,
    mends: [],
  };
}

export function mendOf(row: MendRow): Mend {
  return {
    mendId: row.mend_id,
    problemId: row.problem_id,
    action: row.action,
    changes: row.changes,
    note: row.note,
    outcome: row.outcome,
    madeBy: row.made_by,
    madeAt: row.made_at,
  };
}
