import { KeyedDigest } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { normalizeEmail } from 'validator';
import { CustomerTokens } from '../../application/risk/customer-tokens';
import { isCustomerAddress, isCustomerToken } from '../../domain/customer';

const PURPOSE = 'sales.customers';

/** By a key of each brand's own, in effect: one customer of two brands is two strangers. */
@Injectable()
export class KeyedCustomerTokens extends CustomerTokens {
  constructor(private readonly digest: KeyedDigest) {
    super();
  }

  override tokensOf(brandId: string, customer: string): readonly string[] {
    if (isCustomerToken(customer)) return [customer];
    if (!isCustomerAddress(customer)) return [];
    return this.digest.tokensOf(`${brandId}\n${mailboxOf(customer)}`, PURPOSE);
  }
}

/** One text for the spellings of a mailbox: case, the dots and names of Gmail, and what follows a plus. */
function mailboxOf(address: string): string {
  const trimmed = address.trim();
  const normal = normalizeEmail(trimmed) || trimmed.toLowerCase();
  return normal.replace(/\+[^@]*(?=@[^@]*$)/, '');
}
