import { UnknownMilestoneDeliverable } from './errors';

/** One piece the brief asks for: a spec of quantity 3 becomes three deliverables, numbered from 1. */
export interface DeliverablePiece {
  readonly specKey: string;
  readonly sequence: number;
}

/** An amount released when its piece is approved, minor units. */
export interface MilestonePart extends DeliverablePiece {
  /** 1, 2, 3 … over the milestones of one piece. */
  readonly ordinal: number;
  readonly amountMinor: bigint;
}

export function expandPieces<Spec extends { readonly key: string; readonly quantity: number }>(
  specs: readonly Spec[],
): readonly (DeliverablePiece & { readonly spec: Spec })[] {
  return specs.flatMap((spec) =>
    Array.from({ length: spec.quantity }, (_, index) => ({ specKey: spec.key, sequence: index + 1, spec })),
  );
}

/**
 * The milestones of an offer, piece by piece: what is offered for a spec of several pieces is divided equally over them,
 * an odd remainder going to the first ones, so that the parts sum to the milestone. Parts of zero are left out.
 * Throws UnknownMilestoneDeliverable.
 */
export function expandMilestones(
  milestones: readonly { readonly deliverableKey: string; readonly amountMinor: bigint }[],
  specs: readonly { readonly key: string; readonly quantity: number }[],
): readonly MilestonePart[] {
  const quantities = new Map(specs.map((spec) => [spec.key, spec.quantity]));
  const ordinals = new Map<string, number>();
  return milestones.flatMap(({ deliverableKey, amountMinor }) => {
    const quantity = quantities.get(deliverableKey);
    if (quantity === undefined) throw new UnknownMilestoneDeliverable(deliverableKey);
    const ordinal = (ordinals.get(deliverableKey) ?? 0) + 1;
    ordinals.set(deliverableKey, ordinal);
    return divideEqually(amountMinor, quantity)
      .map((part, index) => ({
        specKey: deliverableKey,
        sequence: index + 1,
        ordinal,
        amountMinor: part,
      }))
      .filter((part) => part.amountMinor > 0n);
  });
}

function divideEqually(amountMinor: bigint, pieces: number): readonly bigint[] {
  const count = BigInt(pieces);
  const whole = amountMinor / count;
  const rest = amountMinor % count;
  return Array.from({ length: pieces }, (_, index) => (BigInt(index) < rest ? whole + 1n : whole));
}
