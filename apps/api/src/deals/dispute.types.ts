import {
  DISPUTE_ENTRY_KINDS,
  DISPUTE_OUTCOMES,
  DISPUTE_PLACES,
  DISPUTE_REASONS,
  DISPUTE_SCOPES,
  DISPUTE_SIDES,
  DISPUTE_STATES,
  type Dispute,
  type DisputeEntry,
  type DisputeItem,
  type DisputeView,
} from '@evenhand/deals';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { enumOf, MoneyType, toGlobalId, toMoney } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';

const DisputeStateEnum = enumOf('DisputeState', DISPUTE_STATES);
const DisputeScopeEnum = enumOf('DisputeScope', DISPUTE_SCOPES);
const DisputeSideEnum = enumOf('DisputeSide', DISPUTE_SIDES);
const DisputePlaceEnum = enumOf('DisputePlace', DISPUTE_PLACES);
const DisputeEntryKindEnum = enumOf('DisputeEntryKind', DISPUTE_ENTRY_KINDS);
export const DisputeReasonEnum = enumOf('DisputeReason', DISPUTE_REASONS);
export const DisputeOutcomeEnum = enumOf('DisputeOutcome', DISPUTE_OUTCOMES);

@ObjectType('DisputeItem', { description: 'The cash of one deliverable that is in question.' })
export class DisputeItemType {
  @Field(() => ID)
  deliverableId: string;

  @Field(() => DisputePlaceEnum, { description: 'Where the money was when the dispute was opened.' })
  place: string;

  @Field(() => MoneyType, { description: 'With the fee that the brand pays on top.' })
  amount: MoneyType;

  @Field(() => String, { nullable: true, description: 'Exact rational from 0 to 1; null while nothing is decided.' })
  influencerShare: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'What those keep whom the split plan names.' })
  kept: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'What went back to the brand; with `kept` it is the amount.' })
  returned: MoneyType | null;
}

@ObjectType('DisputeEntry', { description: 'What one side says, with files of the versions. It never changes.' })
export class DisputeEntryType {
  @Field(() => Int, { description: '1, 2, 3 …; the first is the claim.' })
  number: number;

  @Field(() => DisputeEntryKindEnum)
  kind: string;

  @Field(() => DisputeSideEnum)
  side: string;

  @Field(() => PartyType, { description: 'For whom it was written: the brand, the influencer, or an agency of hers.' })
  party: PartyType;

  @Field(() => String)
  text: string;

  @Field(() => [ID])
  fileIds: string[];

  @Field(() => GraphQLISODateTime)
  writtenAt: Date;
}

@ObjectType('DisputeDecision', { description: 'What an operator decided, once and for all.' })
export class DisputeDecisionType {
  @Field(() => DisputeOutcomeEnum)
  outcome: string;

  @Field(() => String)
  reason: string;

  @Field(() => GraphQLISODateTime)
  decidedAt: Date;
}

@ObjectType('Dispute', {
  description: 'One side puts cash of a deal in question: exactly that is frozen until an operator has decided.',
})
export class DisputeType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  dealId: string;

  @Field(() => DisputeStateEnum)
  state: string;

  @Field(() => DisputeScopeEnum, { description: 'Of the deal: its work rests. Of deliverables: only they rest.' })
  scope: string;

  @Field(() => DisputeReasonEnum)
  reason: string;

  @Field(() => DisputeSideEnum, { description: 'Who opened it.' })
  side: string;

  @Field(() => GraphQLISODateTime)
  openedAt: Date;

  @Field(() => GraphQLISODateTime, {
    description: 'Until then the other side is waited for; afterwards it may still answer, and nothing ends by itself.',
  })
  answerDueAt: Date;

  @Field(() => [DisputeItemType])
  items: DisputeItemType[];

  @Field(() => [DisputeEntryType], { description: 'In their order, the claim first.' })
  entries: DisputeEntryType[];

  @Field(() => DisputeDecisionType, { nullable: true })
  decision: DisputeDecisionType | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  withdrawnAt: Date | null;
}

export function toDispute({ dispute, names }: DisputeView): DisputeType {
  const { state, scope, reason, side, openedAt, answerDueAt, decision, withdrawnAt } = dispute;
  return {
    id: toGlobalId('dispute', dispute.id),
    dealId: toGlobalId('deal', dispute.dealId),
    state,
    scope,
    reason,
    side,
    openedAt,
    answerDueAt,
    items: dispute.items.map((item) => toItem(item, dispute)),
    entries: dispute.entries.map((entry) => toEntry(entry, names)),
    decision: decision && { outcome: decision.outcome, reason: decision.reason, decidedAt: decision.decidedAt },
    withdrawnAt,
  };
}

function toItem({ deliverableId, place, amountMinor, decided }: DisputeItem, { currency }: Dispute): DisputeItemType {
  if (currency === null) throw new Error(`The amount in question of deliverable ${deliverableId} has no currency.`);
  return {
    deliverableId: toGlobalId('deliverable', deliverableId),
    place,
    amount: toMoney(amountMinor, currency),
    influencerShare: decided?.influencerShare ?? null,
    kept: decided && toMoney(decided.keptMinor, currency),
    returned: decided && toMoney(decided.returnedMinor, currency),
  };
}

function toEntry(entry: DisputeEntry, names: DisputeView['names']): DisputeEntryType {
  const { number, kind, side, partyId, text, writtenAt } = entry;
  const party = names.get(partyId);
  if (!party) throw new Error(`Party ${partyId} has no name.`);
  const fileIds = entry.fileIds.map((id) => toGlobalId('file', id));
  return { number, kind, side, party: toParty(party), text, fileIds, writtenAt };
}
