import { type Actor, authorize, hasStaffRole, isFinance, type PersonActor, requirePerson } from '@evenhand/kernel';

const BATCH = 'Payout batch';

/** Staff may know that batches exist; to anybody else they are not there. */
function mayKnowBatches(actor: Actor): boolean {
  return isFinance(actor) || hasStaffRole(actor, 'operator');
}

export function authorizeReadingBatches(actor: Actor): void {
  authorize(mayKnowBatches(actor), false, BATCH, 'see payout batches');
}

export function authorizePreparing(actor: Actor): void {
  authorize(hasStaffRole(actor, 'finance_preparer'), mayKnowBatches(actor), BATCH, 'prepare payout batches');
}

/** Approving is a person's act: no job and no command line approves. */
export function authorizeApproving(actor: Actor): PersonActor {
  const person = requirePerson(actor);
  authorize(hasStaffRole(person, 'finance_approver'), mayKnowBatches(actor), BATCH, 'approve payout batches');
  return person;
}

export function authorizePaying(actor: Actor): void {
  authorize(isFinance(actor), mayKnowBatches(actor), BATCH, 'export or settle payout batches');
}

/** A draft belongs to whoever prepared it: so nobody can edit a batch and then be its second person. */
export function authorizeEditing(actor: Actor, preparedBy: string | null): void {
  authorizePreparing(actor);
  const isPreparer = actor.kind === 'system' || preparedBy === null || userIdOf(actor) === preparedBy;
  authorize(isPreparer, true, BATCH, 'change a batch that somebody else prepared');
}

/** The person's id, null for the system. */
export function userIdOf(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.userId : null;
}
