export const PARTY_KINDS = ['brand', 'agency', 'influencer', 'platform'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** The platform is a party too: it holds its own share of every split. The id is the same in every installation. */
export const PLATFORM_PARTY_ID = '00000000-0000-7000-8000-000000000001';

/** What any signed-in person may know of a party. */
export interface PartyName {
  readonly id: string;
  readonly name: string;
  readonly kind: PartyKind;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}
