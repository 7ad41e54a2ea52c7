import { type Actor, hasStaffRole, isFinance } from '@evenhand/kernel';

/** Who may select a field. Which objects somebody sees is decided by the use case and by row-level security. */
export interface FieldRule {
  /** Says the rule in words, for error messages and the access report. */
  readonly says: string;
  readonly may: (actor: Actor) => boolean;
  /** The scope an API key needs; a root field without one is closed to API keys. */
  readonly scope?: string;
}

/** Type name → field name → rule. A field that no rule names is closed to everybody. */
export type FieldPolicy = Readonly<Record<string, Readonly<Record<string, FieldRule>>>>;

export const everyone: FieldRule = { says: 'everyone', may: () => true };

export const signedIn: FieldRule = { says: 'anybody signed in', may: (actor) => actor.kind !== 'anonymous' };

export const brandMembers: FieldRule = {
  says: 'members of a brand',
  may: (actor) => actor.kind === 'person' && actor.memberships.some((m) => m.kind === 'brand'),
};

export const agencyMembers: FieldRule = {
  says: 'members of an agency',
  may: (actor) => actor.kind === 'person' && actor.memberships.some((m) => m.kind === 'agency'),
};

export const influencers: FieldRule = {
  says: 'influencers',
  may: (actor) => actor.kind === 'person' && actor.influencerId !== null,
};

export const finance: FieldRule = { says: 'finance staff', may: isFinance };

export const operators: FieldRule = { says: 'operators', may: (actor) => hasStaffRole(actor, 'operator') };

/** Anybody to whom one of the rules applies. */
export function anyOf(...rules: readonly FieldRule[]): FieldRule {
  return {
    says: rules.map((rule) => rule.says).join(' or '),
    may: (actor) => rules.some((rule) => rule.may(actor)),
  };
}

/** The rule, and for API keys the scope. */
export function scoped(scope: string, rule: FieldRule): FieldRule {
  return { ...rule, scope };
}

/** One rule for several fields. */
export function allow(rule: FieldRule, ...fields: readonly string[]): Readonly<Record<string, FieldRule>> {
  return Object.fromEntries(fields.map((field) => [field, rule]));
}

/** Every field of an error type and of the plumbing of connections, open to whoever got so far. */
export const edgeFields = allow(everyone, 'node', 'cursor');
export const connectionFields = allow(everyone, 'edges', 'pageInfo', 'totalCount');
