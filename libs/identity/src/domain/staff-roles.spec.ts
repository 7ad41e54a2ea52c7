import type { StaffRole } from '@evenhand/kernel';
import { ApiKeyExpiryOutOfRange, StaffRolesConflict, UnknownScope } from './errors';
import { assertApiKeyExpiry, parseScopes } from './api-key';
import { withStaffRole } from './staff-roles';

describe('withStaffRole', () => {
  it.each<[StaffRole[], StaffRole]>([
    [['operator'], 'finance_approver'],
    [['operator'], 'finance_preparer'],
    [['finance_preparer'], 'operator'],
    [['finance_approver'], 'operator'],
  ])('refuses %j with %s: an operator cannot approve payouts', (held, role) => {
    expect(() => withStaffRole(held, role)).toThrow(StaffRolesConflict);
  });

  it('keeps each role once', () => {
    expect(withStaffRole(['finance_preparer'], 'finance_approver')).toEqual(['finance_approver', 'finance_preparer']);
    expect(withStaffRole(['operator'], 'operator')).toEqual(['operator']);
  });
});

describe('an API key', () => {
  const now = new Date('2026-01-01T00:00:00Z');

  it('has known scopes only', () => {
    expect(parseScopes(['sales:write', 'deals:read', 'sales:write'])).toEqual(['deals:read', 'sales:write']);
    expect(() => parseScopes(['sales:write', 'everything'])).toThrow(UnknownScope);
  });

  it.each(['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', '2027-01-03T00:00:00Z', 'not a date'])(
    'cannot expire at %s',
    (expiresAt) => {
      expect(() => assertApiKeyExpiry(new Date(expiresAt), now)).toThrow(ApiKeyExpiryOutOfRange);
    },
  );
});
