import { InvalidInput } from '@evenhand/kernel';
import { parseCountry, parseText } from './checks';

/** Where parcels are sent, in clear. It is personal: see `DeliveryAddress` for what others may know. */
export interface PostalAddress {
  /** Whose name stands on the parcel. */
  readonly recipient: string;
  /** Street, house, floor: 1 to 4 lines in the order in which they are written. */
  readonly lines: readonly string[];
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone: string | null;
}

/** An address by the name its owner gave it: enough to choose it, and nothing of where it is but the country. */
export interface DeliveryAddress {
  readonly id: string;
  readonly influencerId: string;
  /** Such as "Home" or "Studio"; others read it. */
  readonly label: string;
  readonly country: string;
  readonly createdAt: Date;
}

export const MAX_DELIVERY_ADDRESSES = 20;
const MAX_LINES = 4;

/** Throws `InvalidInput`, which never repeats what was given. */
export function parsePostalAddress(given: PostalAddress): PostalAddress {
  const lines = given.lines.map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0 || lines.length > MAX_LINES) {
    throw new InvalidInput('lines', `Give the street and house in 1 to ${MAX_LINES} lines.`);
  }
  return {
    recipient: required('recipient', given.recipient, 100),
    lines: lines.map((line) => required('lines', line, 120)),
    city: required('city', given.city, 100),
    region: optional('region', given.region, 100),
    postalCode: optional('postalCode', given.postalCode, 20),
    country: parseCountry('country', given.country),
    phone: optional('phone', given.phone, 30),
  };
}

export function parseAddressLabel(label: string): string {
  return required('label', label, 40);
}

function required(field: string, text: string, maxCharacters: number): string {
  const line = parseLine(field, text, maxCharacters);
  if (line === '') throw new InvalidInput(field, 'Must not be empty.');
  return line;
}

function optional(field: string, text: string | null, maxCharacters: number): string | null {
  return text === null ? null : parseLine(field, text, maxCharacters) || null;
}

/** Labels of parcels are printed line by line. */
function parseLine(field: string, text: string, maxCharacters: number): string {
  const line = parseText(field, text, maxCharacters);
  if (/\p{Cc}/u.test(line)) throw new InvalidInput(field, 'Must be one line.');
  return line;
}
