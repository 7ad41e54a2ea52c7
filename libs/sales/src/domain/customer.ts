import { InvalidInput } from '@evenhand/kernel';

const MAX_LENGTH = 254;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
/** What stands for a customer once the address is gone: the id of a key and a digest, never with an @. */
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/;

export function isCustomerToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Loose: an address need only tell customers apart, and an order is not lost over an unusual one. */
export function isCustomerAddress(text: string): boolean {
  return text.length <= MAX_LENGTH && ADDRESS.test(text.trim());
}

/** Throws {@link InvalidInput}, which does not repeat it. */
export function checkCustomer(customer: string): void {
  if (isCustomerToken(customer) || isCustomerAddress(customer)) return;
  throw new InvalidInput('customerEmail', 'This is no e-mail address.');
}
