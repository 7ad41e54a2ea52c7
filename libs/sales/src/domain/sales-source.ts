/** How a source writes its messages: Shopify's own webhooks, or Standard Webhooks with our events. */
export type SourceFormat = 'shopify' | 'standard';

/** Where a brand's webhooks come from. */
export interface SalesSource {
  readonly brandId: string;
  readonly sourceId: string;
  /** The `source` of the events it brings. */
  readonly name: string;
  readonly format: SourceFormat;
  readonly createdAt: Date;
  /** Since when its messages are refused; null while it is open. */
  readonly closedAt: Date | null;
}
