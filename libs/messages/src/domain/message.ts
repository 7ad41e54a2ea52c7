import { InvalidInput } from '@evenhand/kernel';

/** Characters, as Unicode counts them. */
export const MAX_TEXT_LENGTH = 4_000;

/** Something that was said in the conversation of a deal; it is never changed and never taken back. */
export interface Message {
  readonly id: string;
  readonly dealId: string;
  /** 1, 2, 3 … within the deal, in the order in which messages became visible. */
  readonly number: number;
  readonly authorId: string;
  /** For whom the author wrote: the brand, the influencer, an agency of hers, or the platform. */
  readonly partyId: string;
  readonly text: string;
  /** By the clock; the order is that of the numbers. */
  readonly writtenAt: Date;
}

/** The text without space around it; throws InvalidInput unless 1 to 4,000 characters are left. */
export function parseMessageText(text: string): string {
  const trimmed = text.trim();
  const { length } = [...trimmed];
  if (length >= 1 && length <= MAX_TEXT_LENGTH) return trimmed;
  throw new InvalidInput('text', `A message has 1 to ${MAX_TEXT_LENGTH.toLocaleString('en')} characters.`);
}
