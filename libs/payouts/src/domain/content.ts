/** What an approver puts his name to, item by item. */
export interface ContentItem {
  readonly itemId: string;
  readonly endToEndId: string;
  readonly partyId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** Sum of the item's lines; anything but `amountMinor` is a change. */
  readonly linesMinor: bigint;
  /** sha256 over the item's lines (book, posting, amount) in order, hex. */
  readonly linesDigest: string;
  /** The account that would be paid now; null where the payee has none any more. */
  readonly account: { readonly accountId: string; readonly setAt: Date } | null;
}

/** What identifies a batch besides its items. */
export interface ContentHead {
  readonly batchId: string;
  readonly cutOff: Date;
  readonly timeZone: string;
}

/**
 * The canonical text of a batch: one JSON array a line, items by id. Two batches have the same text only where they pay
 * the same amounts for the same postings to the same accounts.
 */
export function canonicalContent(head: ContentHead, items: readonly ContentItem[]): string {
  const first = ['evenhand-batch/1', head.batchId, head.cutOff.toISOString(), head.timeZone, items.length];
  const rest = [...items]
    .sort((a, b) => (a.itemId < b.itemId ? -1 : 1))
    .map((item) => [
      item.itemId,
      item.endToEndId,
      item.partyId,
      item.currency,
      `${item.amountMinor}`,
      `${item.linesMinor}`,
      item.linesDigest,
      item.account?.accountId ?? null,
      item.account?.setAt.toISOString() ?? null,
    ]);
  return [first, ...rest].map((line) => `${JSON.stringify(line)}\n`).join('');
}
