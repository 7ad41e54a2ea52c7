/** Longest id that ISO 20022 carries from the payer to the payee's statement. */
export const MAX_END_TO_END_ID_LENGTH = 35;

/**
 * The id under which a bank knows an item: a function of the item's id alone, so it is the same in every file and at
 * every retry. 34 characters of A–Z and 0–9.
 */
export function endToEndIdOf(itemId: string): string {
  return `EH${itemId.replaceAll('-', '').toUpperCase()}`;
}
