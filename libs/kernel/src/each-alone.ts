/**
 * Works on the items one after another, also on those after one that fails: what is wrong with one holds up no other.
 * Answers the results in the order of the items; throws an `AggregateError` of all failures once every item was tried.
 */
export async function eachAlone<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      results.push(await work(item));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${items.length} items failed.`);
  return results;
}
