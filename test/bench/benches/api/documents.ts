import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** The latest 20 bids on a campaign, each with its influencer and its offers. */
export const BIDS = `query Bids($campaignId: ID!) {
  bids(first: 20, filter: { campaignId: $campaignId }) {
    edges {
      node {
        id state submittedAt influencerId influencerName
        offers { number side message offeredAt expiresAt compensation { cash { amount { amount currency }
          milestones { deliverableKey amount { amount currency } } } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

function sha256(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/** What a client sends that names the document instead. */
export function named(document: string): Readonly<Record<string, unknown>> {
  return { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(document) } } };
}

/** The file by which the product trusts these documents. */
export function writeManifest(file: string): void {
  writeFileSync(file, JSON.stringify({ [sha256(BIDS)]: BIDS }));
}

export const CAMPAIGNS = `query Campaigns {
  campaigns(first: 20) {
    edges { node { id title state publishedAt brandName brief { summary bidDeadline categories } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const SUBMIT_BID = `mutation SubmitBid($input: SubmitBidInput!) {
  submitBid(input: $input) {
    __typename
    ... on Bid { id state submittedAt }
    ... on BusinessError { code message }
  }
}`;
