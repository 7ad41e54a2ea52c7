import { type Transitions, nextState } from '@evenhand/kernel';
import type { Brief, CampaignLimits } from './brief';
import { assertValidBrief } from './brief-rules';
import { BidDeadlinePassed, CampaignClosed, DecisionDeadlinePassed } from './errors';

export const CAMPAIGN_STATES = ['draft', 'published', 'closed', 'completed', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];
export type CampaignCommand = 'update_brief' | 'publish' | 'close' | 'complete' | 'cancel';

export const CAMPAIGN_TRANSITIONS: Transitions<CampaignState, CampaignCommand> = {
  draft: { update_brief: 'draft', publish: 'published', cancel: 'cancelled' },
  published: { close: 'closed', cancel: 'cancelled' },
  closed: { complete: 'completed', cancel: 'cancelled' },
  completed: {},
  cancelled: {},
};

/** Days after the bid deadline in which offers already made can still be countered and accepted. */
export const DECISION_PERIOD_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Campaign {
  readonly id: string;
  readonly brandId: string;
  readonly state: CampaignState;
  readonly brief: Brief;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  /** When it was closed, completed or cancelled last. */
  readonly endedAt: Date | null;
}

/** What of its limits a campaign has committed so far; the brand's secret. */
export interface CampaignUse extends CampaignLimits {
  readonly dealCount: number;
  /** Committed minor units per currency. */
  readonly committedMinor: ReadonlyMap<string, bigint>;
}

export function draftCampaign(id: string, brandId: string, brief: Brief, limits: CampaignLimits, now: Date): Campaign {
  assertValidBrief(brief, limits, now);
  return { id, brandId, state: 'draft', brief, createdAt: now, publishedAt: null, endedAt: null };
}

export function updateBrief(campaign: Campaign, brief: Brief, limits: CampaignLimits, now: Date): Campaign {
  const state = campaignAfter(campaign, 'update_brief');
  assertValidBrief(brief, limits, now);
  return { ...campaign, state, brief };
}

/** A brief may have been valid when it was written and not be so any more: its dates are checked again. */
export function publish(campaign: Campaign, limits: CampaignLimits, now: Date): Campaign {
  const state = campaignAfter(campaign, 'publish');
  assertValidBrief(campaign.brief, limits, now);
  return { ...campaign, state, publishedAt: now };
}

export function end(campaign: Campaign, command: 'close' | 'complete' | 'cancel', now: Date): Campaign {
  return { ...campaign, state: campaignAfter(campaign, command), endedAt: now };
}

function campaignAfter(campaign: Campaign, command: CampaignCommand): CampaignState {
  return nextState('The campaign', CAMPAIGN_TRANSITIONS, campaign.state, command);
}

/** The last instant at which offers can be made in answer to others, or accepted. */
export function decisionDeadline(brief: Brief): Date {
  return new Date(brief.bidDeadline.getTime() + DECISION_PERIOD_DAYS * DAY_MS);
}

/** Throws {@link CampaignClosed} or {@link BidDeadlinePassed}. */
export function assertTakesBids(campaign: Campaign, now: Date): void {
  if (campaign.state !== 'published') throw new CampaignClosed(campaign.state);
  if (now > campaign.brief.bidDeadline) throw new BidDeadlinePassed(campaign.brief.bidDeadline);
}

/** Throws {@link CampaignClosed} or {@link DecisionDeadlinePassed}. */
export function assertTakesDecisions(campaign: Campaign, now: Date): void {
  if (campaign.state !== 'published') throw new CampaignClosed(campaign.state);
  const deadline = decisionDeadline(campaign.brief);
  if (now > deadline) throw new DecisionDeadlinePassed(deadline);
}
