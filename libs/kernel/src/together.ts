/**
 * What all of them come to, once all are done. Where some fail it throws the failure of the first in the order given, not
 * of the first to be heard of: statements sent behind one that fails fail as well, and tell only that it did.
 */
export async function together<Results extends readonly unknown[]>(
  ...work: { readonly [Place in keyof Results]: Promise<Results[Place]> }
): Promise<{ -readonly [Place in keyof Results]: Awaited<Results[Place]> }> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(work) as Promise<{ -readonly [Place in keyof Results]: Awaited<Results[Place]> }>;
}
