import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isNonNullType,
  isUnionType,
} from 'graphql';
import type { FieldPolicy, FieldRule } from '../../../apps/api/src/graphql/access/rules';
import { type Actor, MAX_PAGE_SIZE } from '@evenhand/kernel';
import type { ObjectKind, Objects } from './demo-objects';
import { generatedArgs, idPathsOf } from './generated-input';
import { fullSelections } from './selections';

/** A query or mutation that takes ids, with one choice of those of its ids that are optional. */
export interface Operation {
  readonly root: 'Query' | 'Mutation';
  readonly name: string;
  /** `name(the paths that are given)`, for messages. */
  readonly title: string;
  readonly paths: readonly string[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly rule: FieldRule;
}

const CLOSED: FieldRule = { says: 'nobody', may: () => false };

/** Ids that only make sense together, where taking each alone or all at once does not. */
const TOGETHER: Readonly<Record<string, readonly (readonly string[])[]>> = {
  earnings: ['brandId', 'campaignId', 'dealId', 'deliverableId', 'influencerId', 'saleId'].map((name) => [
    `filter.${name}`,
  ]),
  // Shares belong to a decision that splits, by the deliverables in question.
  decideDispute: [['input.disputeId']],
  openDispute: [['input.dealId'], ['input.dealId', 'input.deliverableIds'], ['input.dealId', 'input.fileIds']],
  // Brands are known to everybody.
  requestMandate: [
    ['input.agencyId', 'input.influencerId'],
    ['input.agencyId', 'input.influencerId', 'input.mandateId'],
  ],
  splitPreview: [['input.bidId'], ['input.campaignId', 'input.influencerId']],
  submitBid: [
    ['input.campaignId', 'input.influencerId'],
    ['input.campaignId', 'input.influencerId', 'input.agencyId'],
  ],
};

/** Every root field that takes ids: with all of them, and with each that may be left out alone. */
export function operationsWithIds(schema: GraphQLSchema, policy: FieldPolicy, root: 'Query' | 'Mutation'): Operation[] {
  const fields = (root === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};
  return Object.values(fields).flatMap((field) => {
    const { required, optional } = idsOf(field);
    const choices = TOGETHER[field.name] ?? [
      [...required, ...optional],
      ...optional.map((path) => [...required, path]),
    ];
    const distinct = new Map(choices.filter((paths) => paths.length > 0).map((paths) => [paths.join(' '), paths]));
    return [...distinct.values()].map((paths) => {
      const title = `${field.name}(${paths.map((path) => path.replace(/^(input|filter)\./, '')).join(', ')})`;
      return { root, name: field.name, title, paths, field, rule: policy[root]?.[field.name] ?? CLOSED };
    });
  });
}

/** Queries that can be asked without an id, the lists among them. */
export function operationsWithoutIds(schema: GraphQLSchema, policy: FieldPolicy): Operation[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter((field) => !field.args.some((arg) => isNonNullType(arg.type) && idPathsOf(arg.type, arg.name).length > 0))
    .map((field) => {
      const rule = policy['Query']?.[field.name] ?? CLOSED;
      return { root: 'Query', name: field.name, title: field.name, paths: [], field, rule };
    });
}

function idsOf(field: GraphQLField<unknown, unknown>) {
  const required: string[] = [];
  const optional: string[] = [];
  for (const arg of field.args) {
    for (const path of idPathsOf(arg.type, arg.name)) (isRequired(arg.type, path) ? required : optional).push(path);
  }
  return { required, optional };
}

/** True where no level above the id may be left out. */
function isRequired(type: GraphQLField<unknown, unknown>['args'][number]['type'], path: string): boolean {
  if (!isNonNullType(type)) return false;
  const [, ...below] = path.split('.');
  const [name] = below;
  if (name === undefined) return true;
  const named = getNamedType(type);
  const inner = 'getFields' in named ? named.getFields()[name] : undefined;
  return inner !== undefined && isRequired(inner.type, below.join('.'));
}

/** The documents of an operation for somebody: queries with everything they may select, mutations with their outcome. */
export function documentsOf(operation: Operation, policy: FieldPolicy, actor: Actor): readonly string[] {
  const { field, root } = operation;
  const given = field.args.filter((arg) => isGiven(operation, arg));
  const variables = given.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const args = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = args === '' ? field.name : `${field.name}(${args})`;
  const selections =
    root === 'Mutation'
      ? [`{ __typename ${hasErrors(getNamedType(field.type)) ? '... on BusinessError { code message }' : ''} }`]
      : fullSelections(getNamedType(field.type), policy, actor);
  return selections.map((selection) => {
    const head = variables === '' ? root.toLowerCase() : `${root.toLowerCase()} (${variables})`;
    return `${head} { ${call} ${selection} }`;
  });
}

function isGiven(operation: Operation, arg: GraphQLArgument): boolean {
  const isRequiredArg = isNonNullType(arg.type) && arg.defaultValue === undefined;
  return isRequiredArg || arg.name === 'first' || operation.paths.some((path) => path.split('.')[0] === arg.name);
}

function hasErrors(type: GraphQLNamedType): boolean {
  return isUnionType(type) && type.getTypes().some((member) => member.getInterfaces().length > 0);
}

/** Variables of the operation with these ids for its paths; lists are asked for in full. */
export function variablesOf(operation: Operation, idFor: (path: string) => string): Record<string, unknown> {
  const args = operation.field.args.filter((arg) => isGiven(operation, arg));
  const given = generatedArgs(args, (path) => (operation.paths.includes(path) ? idFor(path) : undefined));
  return args.some((arg) => arg.name === 'first') ? { ...given, first: MAX_PAGE_SIZE } : given;
}

const KIND_BY_NAME: Readonly<Record<string, ObjectKind>> = {
  partyId: 'party',
  payeeId: 'party',
  brandId: 'brand',
  influencerId: 'influencer',
  agencyId: 'agency',
  userId: 'user',
  campaignId: 'campaign',
  forCampaignId: 'campaign',
  forInfluencerId: 'influencer',
  savedSearchId: 'savedSearch',
  bidId: 'bid',
  dealId: 'deal',
  addressId: 'address',
  deliverableId: 'deliverable',
  deliverableIds: 'deliverable',
  disputeId: 'dispute',
  fileId: 'file',
  fileIds: 'file',
  commentId: 'comment',
  saleId: 'sale',
  sourceId: 'source',
  deliveryIds: 'delivery',
  endpointId: 'endpoint',
  messageIds: 'message',
  throughMessageId: 'dealMessage',
  notificationIds: 'notification',
  problemId: 'problem',
  problemIds: 'problem',
  importId: 'import',
  riskHoldId: 'riskHold',
  mandateId: 'mandate',
  channelId: 'channel',
  invitationId: 'invitation',
  apiKeyId: 'apiKey',
  batchId: 'batch',
  itemId: 'payoutItem',
  bookId: 'book',
  transactionId: 'transaction',
  earningId: 'earning',
  shareId: 'share',
};

/** Names that mean different things in different places. */
const KIND_BY_PLACE: Readonly<Record<string, ObjectKind>> = {
  'auditLog.objectId': 'audited',
  'bid.id': 'bid',
  'campaign.id': 'campaign',
  'deal.id': 'deal',
  'dispute.id': 'dispute',
  'influencer.id': 'influencer',
  'mandate.id': 'mandate',
  'payoutBatch.id': 'batch',
  'salesImport.id': 'import',
  'payoutItem.id': 'payoutItem',
  'verifyPayoutAccount.input.accountId': 'payoutAccount',
  'postings.filter.accountId': 'account',
  'accountBalance.id': 'account',
  'transactionReceipt.id': 'transaction',
};

/** What the id at the path of the operation is an id of; fails for one that nobody has said. */
export function kindOf(operation: Operation, path: string): ObjectKind {
  const kind = KIND_BY_PLACE[`${operation.name}.${path}`] ?? KIND_BY_NAME[path.split('.').at(-1) ?? ''];
  if (kind === undefined) throw new Error(`Say in operations.ts what ${operation.name} takes as ${path}.`);
  return kind;
}

/** The `variant`-th object of the kind; where there are fewer it begins anew. */
export function pick(objects: Objects, kind: ObjectKind, variant: number): string {
  const ids = objects[kind];
  const id = ids[variant % Math.max(ids.length, 1)];
  if (id === undefined) throw new Error(`There is no ${kind} to try.`);
  return id;
}

/** How many combinations of protected objects the operation is tried with. */
export function variantsOf(operation: Operation, objects: Objects): number {
  return Math.max(...operation.paths.map((path) => objects[kindOf(operation, path)].length));
}
