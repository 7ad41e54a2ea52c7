import { hash } from 'node:crypto';
import { type SplitRule, splitRuleText } from '../domain/split-rule';
import type { TransactionDraft } from '../domain/transaction-draft';

/**
 * sha256, in hexadecimal digits, of what was asked. Each money event lists the fields of its request itself, in one
 * order, so equal requests have equal texts; the rule of an earning is a part of its request.
 */
export function requestHash({ kind, request, earning }: TransactionDraft): string {
  return hash('sha256', `${kind}${JSON.stringify(request)}${earning ? ruleHash(earning.rule) : ''}`);
}

const RULE_HASHES = new WeakMap<SplitRule, string>();

/** sha256, in hexadecimal digits, of the rule's text. */
export function ruleHash(rule: SplitRule): string {
  const known = RULE_HASHES.get(rule);
  if (known !== undefined) return known;
  const digest = hash('sha256', splitRuleText(rule));
  RULE_HASHES.set(rule, digest);
  return digest;
}
