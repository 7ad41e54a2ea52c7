/** What is kept instead of customers: it tells whether two orders have the same one, and nothing about whom. */
export abstract class CustomerTokens {
  /**
   * Tokens of an e-mail address for orders of one brand, the one to keep first; the others find again what was kept by
   * older keys. A token is its own; what is neither has none.
   */
  abstract tokensOf(brandId: string, customer: string): readonly string[];
}
