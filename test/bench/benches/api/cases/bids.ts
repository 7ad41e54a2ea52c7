import type { PostedMessage } from '../../../../support/post-all';
import type { Measurement } from '../../../bench';
import { type Contender, contest, timed } from '../../../contest';
import { askAll, bareMessage, CONNECTIONS } from '../asking';
import { SUBMIT_BID } from '../documents';
import type { Stage } from '../stage';

const ROUNDS = 5;
const CAMPAIGNS_A_TURN = 20;
const GOAL = 0.4;

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const COMPENSATION = {
  cash: {
    amount: euro('1200.00'),
    milestones: [
      { deliverableKey: 'video', amount: euro('800.00') },
      { deliverableKey: 'note', amount: euro('400.00') },
    ],
  },
};

/** Bids by as many influencers as there are connections, each on every campaign. */
export async function* bids(stage: Stage): AsyncGenerator<Measurement> {
  const { product, bare } = stage;
  const campaigns = await stage.openCampaigns((ROUNDS + 1) * CAMPAIGNS_A_TURN);
  const bidders = await stage.influencers(1, CONNECTIONS);
  const others = await stage.influencers(CONNECTIONS + 1, 2 * CONNECTIONS);
  const clients = await Promise.all(bidders.map(({ email }) => stage.signedIn(email)));
  const ours = turns(campaigns, `${product.url}/graphql`, (campaign) =>
    clients.map((client) => {
      const input = { campaignId: campaign.id, compensation: COMPENSATION };
      return client.message({ query: SUBMIT_BID, variables: { input } });
    }),
  );
  const theirs = turns(campaigns, bare.url, (campaign) =>
    others.map(({ uuid }) => {
      const input = { campaignId: campaign.uuid, influencerId: uuid, compensation: COMPENSATION };
      return bareMessage(SUBMIT_BID, { input });
    }),
  );
  const { ours: value, bare: limit } = await contest({ ours, bare: theirs }, ROUNDS);
  const expected = campaigns.length * CONNECTIONS;
  for (const made of [await stage.bidsBy(bidders, campaigns), await stage.bidsBy(others, campaigns)]) {
    if (made !== expected) throw new Error(`${made} bids were made of ${expected}.`);
  }
  yield { case: 'bids submitted, of a bare server', value, unit: 'bids/s', limit, goal: GOAL, better: 'more' };
}

/** Each turn takes the next campaigns, and sends what `messagesTo` makes for them. */
function turns<Campaign>(
  campaigns: readonly Campaign[],
  url: string,
  messagesTo: (campaign: Campaign) => readonly PostedMessage[],
): Contender {
  const left = [...campaigns];
  return () => {
    const messages = left.splice(0, CAMPAIGNS_A_TURN).flatMap(messagesTo);
    return timed(() => askAll(url, messages, CONNECTIONS));
  };
}
