import type { Brief } from './brief';
import { ATTRIBUTION_MODELS, type CommissionOffer, type Compensation } from './compensation';

/** JSON in which money is a decimal string of minor units and an instant an ISO string; keys as in the types. */
export type StoredJson = { readonly [key: string]: StoredValue };
type StoredValue = string | number | boolean | null | readonly StoredValue[] | StoredJson;

const WHOLE_KEY = /^threshold$|Minor$/;
const INSTANT_KEYS: ReadonlySet<string> = new Set(['bidDeadline']);

/** For a jsonb column or an event; {@link compensationFromJson} is its exact inverse. */
export function compensationToJson(compensation: Compensation): StoredJson {
  return store(compensation) as StoredJson;
}

export function compensationFromJson(json: unknown): Compensation {
  const restored = restore('', json) as Compensation;
  if (!restored.commission) return restored;
  // An offer made before there were bonuses states none, and one made before clicks were recorded the default.
  const { bonuses = [], attributionModel = ATTRIBUTION_MODELS[0] } = restored.commission as Partial<CommissionOffer>;
  return { ...restored, commission: { ...restored.commission, bonuses, attributionModel } };
}

/** For a jsonb column or an event; {@link briefFromJson} is its exact inverse. */
export function briefToJson(brief: Brief): StoredJson {
  return store(brief) as StoredJson;
}

export function briefFromJson(json: unknown): Brief {
  return restore('', json) as Brief;
}

function store(value: unknown): StoredValue {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(store);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, store(inner)]));
  }
  return value as string | number | boolean | null;
}

function restore(key: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (WHOLE_KEY.test(key)) return BigInt(value);
    return INSTANT_KEYS.has(key) ? new Date(value) : value;
  }
  if (Array.isArray(value)) return value.map((inner) => restore('', inner));
  if (typeof value !== 'object' || value === null) return value;
  // A loop takes half the time of entries mapped to entries, and lists restore hundreds of objects.
  const restored: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) restored[name] = restore(name, inner);
  return restored;
}
