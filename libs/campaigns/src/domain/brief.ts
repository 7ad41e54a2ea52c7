import type { ChannelPlatform } from '@evenhand/kernel';
import type { CommissionBase } from './compensation';

export const DELIVERABLE_KINDS = ['image_note', 'video_note', 'livestream', 'story'] as const;
export type DeliverableKind = (typeof DELIVERABLE_KINDS)[number];

export const LINKS_POLICIES = ['platform_only', 'links_allowed'] as const;
/** `platform_only` forbids whatever leads off the platform: URLs, QR codes, WeChat and Taobao ids. */
export type LinksPolicy = (typeof LINKS_POLICIES)[number];

export interface BriefProduct {
  readonly name: string;
  readonly description: string;
  /** Shop price of one piece, minor units; null where it is not told. */
  readonly retailPrice: { readonly currency: string; readonly amountMinor: bigint } | null;
}

export interface DeliverableSpec {
  /** Short name, unique in the brief; milestones refer to it. */
  readonly key: string;
  readonly kind: DeliverableKind;
  readonly quantity: number;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly revisionsAllowed: number;
  readonly description: string;
  /** Of a livestream: how long it lasts at least; left out or null for no minimum. */
  readonly minimumMinutes?: number | null;
}

/** Bounds of an amount in one currency, both included, minor units. */
export interface AmountRange {
  readonly currency: string;
  readonly minimumMinor: bigint;
  readonly maximumMinor: bigint;
}

/** Bounds of a commission in one currency; rates are exact decimals or fractions as text, both ends included. */
export interface CommissionRange {
  readonly currency: string;
  readonly minimumRate: string;
  readonly maximumRate: string;
  readonly base: CommissionBase;
}

/** The kinds a bid may be mixed of, one range per currency; an empty list means the kind is not offered. */
export interface CompensationRanges {
  readonly cash: readonly AmountRange[];
  /** Ranges of the gift's whole fair market value. */
  readonly gift: readonly AmountRange[];
  readonly commission: readonly CommissionRange[];
}

export interface UsageRights {
  readonly media: readonly string[];
  /** Upper-case ISO 3166-1 alpha-2 codes, or `WORLD`. */
  readonly territory: readonly string[];
  /** Calendar days, both included. */
  readonly from: string;
  readonly to: string;
}

export interface Exclusivity {
  readonly category: string;
  readonly from: string;
  readonly to: string;
}

/** What a campaign asks for and offers. Everything in it may be read by whoever may bid. */
export interface Brief {
  readonly title: string;
  readonly summary: string;
  readonly products: readonly BriefProduct[];
  readonly channels: readonly ChannelPlatform[];
  readonly deliverables: readonly DeliverableSpec[];
  readonly compensation: CompensationRanges;
  /** The last instant at which a bid may be submitted. */
  readonly bidDeadline: Date;
  /** Upper-case ISO 3166-1 alpha-2 codes. */
  readonly markets: readonly string[];
  /** BCP 47 tags in canonical form. */
  readonly languages: readonly string[];
  /** Lower-case slugs. */
  readonly categories: readonly string[];
  readonly disclosureText: string;
  readonly usageRights: UsageRights | null;
  readonly exclusivity: Exclusivity | null;
  readonly linksPolicy: LinksPolicy;
  /** The platform's own order number for paid content (报备), where it is known. */
  readonly lawfulOrderNumber: string | null;
}

/** What the brand is ready to commit; never shown to those who bid. */
export interface CampaignLimits {
  readonly budgets: readonly Budget[];
  /** Most deals the campaign may lead to; null for no cap. */
  readonly dealCap: number | null;
}

export interface Budget {
  readonly currency: string;
  readonly amountMinor: bigint;
}
