/** What an API key may be allowed to do; whatever it may do, its creator must be allowed to do as well. */
export const SCOPES = [
  'sales:write',
  'sales:read',
  'reports:read',
  'campaigns:read',
  'campaigns:write',
  'deals:read',
  'deals:write',
  'parties:read',
  'payouts:read',
  'payouts:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}
