import {
  agencyMembers,
  allow,
  anyOf,
  brandMembers,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  influencers,
  operators,
  scoped,
} from '../graphql';

const eitherSide = anyOf(brandMembers, influencers, agencyMembers);
const readers = anyOf(eitherSide, operators);

/** Finance sees deals for their money, not what people say to each other. */
export const messagesPolicy: FieldPolicy = {
  Query: allow(scoped('deals:read', readers), 'unreadMessages'),
  Mutation: {
    ...allow(scoped('deals:write', readers), 'sendMessage'),
    ...allow(scoped('deals:write', eitherSide), 'markMessagesRead'),
  },
  Deal: allow(readers, 'messages', 'unreadMessages'),
  Message: allow(readers, 'id', 'dealId', 'authorName', 'party', 'own', 'unread', 'text', 'writtenAt'),
  MessageConnection: connectionFields,
  MessageEdge: edgeFields,
  MessagesRead: allow(eitherSide, 'dealId', 'unreadMessages'),
};
