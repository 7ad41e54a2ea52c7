import type { UserProfiles } from '@evenhand/identity';
import type { Transaction } from '@evenhand/kernel';
import type { PartyDirectory, PartyName } from '@evenhand/parties';
import type { ReadableMessage } from './message-store';

/** A message as it is shown to a reader, with the names of who wrote it and for whom. */
export interface MessageView {
  readonly message: ReadableMessage;
  /** Empty where the author is gone. */
  readonly authorName: string;
  readonly party: PartyName;
  /** Written by the reader. */
  readonly own: boolean;
}

/** The names of all messages, however many, in two queries. */
export async function viewsOf(
  tx: Transaction,
  names: { readonly users: UserProfiles; readonly parties: PartyDirectory },
  readerId: string,
  messages: readonly ReadableMessage[],
): Promise<readonly MessageView[]> {
  if (messages.length === 0) return [];
  const authors = await names.users.profilesOf(tx, [...new Set(messages.map(({ authorId }) => authorId))]);
  const parties = await names.parties.namesOf(
    tx,
    messages.map(({ partyId }) => partyId),
  );
  return messages.map((message) => {
    const party = parties.get(message.partyId);
    if (!party) throw new Error(`Party ${message.partyId} has no name.`);
    const authorName = authors.get(message.authorId)?.displayName ?? '';
    return { message, authorName, party, own: message.authorId === readerId };
  });
}
