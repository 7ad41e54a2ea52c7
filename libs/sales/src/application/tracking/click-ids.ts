/** Click ids as shops get them: `click_01j…`, with the id of the click beneath. */
export abstract class ClickIds {
  abstract textOf(clickId: string): string;

  /** Null where the text cannot be the id of a click. */
  abstract idOf(text: string): string | null;
}
