import type { MessageView } from '@evenhand/messages';
import { toGlobalId } from '../graphql';
import { toParty } from '../parties/party.types';
import type { MessageType } from './messages.types';

export function toMessage({ message, authorName, party, own }: MessageView): MessageType {
  const { id, dealId, text, writtenAt, unread } = message;
  const ids = { id: toGlobalId('message', id), dealId: toGlobalId('deal', dealId) };
  return { ...ids, authorName, party: toParty(party), own, unread, text, writtenAt };
}
