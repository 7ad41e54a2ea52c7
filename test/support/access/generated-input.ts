import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Gives the id for the argument or input field at this path, such as `input.dealId`; undefined leaves it out. */
export type IdSource = (path: string) => string | undefined;

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
type Slot = GraphQLArgument | GraphQLInputField;

const DAY_MS = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const euro = { amount: '1.00', currency: 'EUR' };

/** Texts that must have a form, by the name of the field; any other text is a sentence. */
const TEXTS: Readonly<Record<string, () => Value>> = {
  amount: () => '1.00',
  bankReference: () => 'SEPA-2026-1',
  categories: () => ['fashion'],
  category: () => 'bags',
  carrier: () => 'DHL',
  code: () => 'RIVAL10',
  contentHash: () => 'a'.repeat(64),
  country: () => 'FR',
  currencies: () => ['EUR'],
  currency: () => 'EUR',
  deliverableKey: () => 'note',
  dueOn: () => day(60).slice(0, 10),
  email: () => 'invited@example.com',
  eventTypes: () => ['sale.recorded'],
  from: () => day(-30).slice(0, 10),
  iban: () => 'FR7630006000011234567890189',
  idempotencyKey: () => 'access-walk-1',
  key: () => 'note',
  languages: () => ['fr'],
  destination: () => 'https://shop.example.com/bag',
  liveUrl: () => 'https://www.xiaohongshu.com/explore/abc123',
  markets: () => ['FR'],
  maximumRate: () => '0.20',
  media: () => ['instagram'],
  minimumRate: () => '0.10',
  // So long over that closing it hinders nothing.
  period: () => '2000-01',
  rate: () => '0.15',
  scopes: () => ['deals:read'],
  share: () => '1/5',
  source: () => 'shop',
  territory: () => ['FR'],
  timeZone: () => 'UTC',
  to: () => day(60).slice(0, 10),
  url: () => 'https://www.instagram.com/rival/',
};
const SENTENCE = 'Said by nobody in particular';

/** Instants that must lie behind us; any other lies ahead. */
const PAST = new Set(['receivedAt', 'paidAt', 'occurredAt', 'cutOff', 'earnedFrom']);

/** Optional fields that an input cannot do without. */
const WITH_OPTIONALS: Readonly<Record<string, readonly string[]>> = {
  CompensationInput: ['gift'],
  CompensationRangesInput: ['gift'],
  SaleEventInput: ['base', 'code'],
  RecordMetricsInput: ['views'],
  RefundEventInput: ['amount'],
  SaveSearchInput: ['campaigns'],
  SetPayoutAccountInput: ['iban'],
  SplitPreviewInput: ['compensation'],
};

/** Whole values where generation would not do. */
const OVERRIDES: Readonly<Record<string, () => Value>> = {
  MoneyInput: () => euro,
  AmountRangeInput: () => ({ minimum: euro, maximum: { amount: '900.00', currency: 'EUR' } }),
};

/** A valid value of the input type: what must be given, what holds an id that `ids` gives, and nothing else. */
export function generatedInput(schema: GraphQLSchema, typeName: string, ids: IdSource): Record<string, Value> {
  const type = schema.getType(typeName);
  if (!isInputObjectType(type)) throw new Error(`${typeName} is no input type.`);
  return objectOf(type, ids, 'input');
}

/** The arguments of a field, made the same way. */
export function generatedArgs(args: readonly GraphQLArgument[], ids: IdSource): Record<string, Value> {
  return fieldsOf(args, [], ids, '');
}

function objectOf(type: GraphQLInputType, ids: IdSource, path: string): Record<string, Value> {
  if (!isInputObjectType(type)) throw new Error(`${path} is no object.`);
  return fieldsOf(Object.values(type.getFields()), WITH_OPTIONALS[type.name] ?? [], ids, path);
}

function fieldsOf(slots: readonly Slot[], wanted: readonly string[], ids: IdSource, path: string) {
  const entries = slots.flatMap((slot): [string, Value][] => {
    const at = path === '' ? slot.name : `${path}.${slot.name}`;
    const must = isNonNullType(slot.type) && slot.defaultValue === undefined;
    if (!must && !wanted.includes(slot.name) && !givesId(slot.type, ids, at)) return [];
    return [[slot.name, valueOf(slot.type, slot.name, ids, at)]];
  });
  return Object.fromEntries(entries);
}

function givesId(type: GraphQLInputType, ids: IdSource, path: string): boolean {
  return idPathsOf(type, path).some((at) => ids(at) !== undefined);
}

/** The paths of all ids in a value of the type. */
export function idPathsOf(type: GraphQLInputType, path: string): readonly string[] {
  if (isNonNullType(type)) return idPathsOf(type.ofType, path);
  if (isListType(type)) return idPathsOf(type.ofType, path);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) => idPathsOf(field.type, `${path}.${field.name}`));
  }
  return 'name' in type && type.name === 'ID' ? [path] : [];
}

function valueOf(type: GraphQLInputType, name: string, ids: IdSource, path: string): Value {
  if (isNonNullType(type)) return valueOf(type.ofType, name, ids, path);
  if (isListType(type)) {
    const known = TEXTS[name]?.();
    return Array.isArray(known) ? known : [valueOf(type.ofType, name, ids, path)];
  }
  if (isInputObjectType(type)) return OVERRIDES[type.name]?.() ?? objectOf(type, ids, path);
  if (isEnumType(type)) return type.getValues()[0]?.name ?? null;
  return scalarOf(type.name, name, ids, path);
}

function scalarOf(type: string, name: string, ids: IdSource, path: string): Value {
  if (type === 'ID') {
    const id = ids(path);
    if (id === undefined) throw new Error(`${path} needs an id.`);
    return id;
  }
  if (type === 'Boolean') return true;
  if (type === 'Int' || type === 'Float') return 1;
  if (type === 'DateTime') return PAST.has(name) ? day(-1) : day(30);
  return TEXTS[name]?.() ?? SENTENCE;
}
