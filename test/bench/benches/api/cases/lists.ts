import type { PostedMessage } from '../../../../support/post-all';
import type { Measurement } from '../../../bench';
import { contest, timed } from '../../../contest';
import { askAll, bareMessage, CONNECTIONS } from '../asking';
import { BIDS, named } from '../documents';
import type { Stage } from '../stage';

const ROUNDS = 7;
const REQUESTS = 600;

/** The latest 20 bids on a campaign, each with its influencer and its offers. */
export async function* lists({ brand, bare, campaign, product }: Stage): AsyncGenerator<Measurement> {
  const url = `${product.url}/graphql`;
  const variables = { campaignId: campaign.id };
  // A comment makes it a document that nobody vouched for.
  const any = { url, message: brand.message({ query: `${BIDS} # any`, variables }) };
  const trusted = { url, message: brand.message({ ...named(BIDS), variables }) };
  const theirs = { url: bare.url, message: bareMessage(BIDS, { campaignId: campaign.uuid }) };
  await assertAlike([any, trusted, theirs]);
  const rates = await contest({ any: turn(any), trusted: turn(trusted), bare: turn(theirs) }, ROUNDS);
  const limited = { unit: 'requests/s', limit: rates.bare, better: 'more' } as const;
  yield { case: 'list of 20 × 2 relations, any document', value: rates.any, goal: 0.6, ...limited };
  yield { case: 'list of 20 × 2 relations, trusted document', value: rates.trusted, goal: 1, ...limited };
}

interface Target {
  readonly url: string;
  readonly message: PostedMessage;
}

function turn({ url, message }: Target): () => ReturnType<typeof timed> {
  const messages = Array.from({ length: REQUESTS }, () => message);
  return () => timed(() => askAll(url, messages, CONNECTIONS));
}

/** All answer the same, but for the form of ids and cursors. */
async function assertAlike(targets: readonly Target[]): Promise<void> {
  const answers = (await Promise.all(targets.map(answerOf))).map((text) =>
    text.trim().replaceAll(/"(id|influencerId|endCursor)":"[^"]*"/gu, '"$1":""'),
  );
  const other = answers.find((answer) => answer !== answers[0]);
  if (other !== undefined) throw new Error(`They do not answer the same:\n${answers[0]}\n${other}`);
}

async function answerOf({ url, message: { headers, body } }: Target): Promise<string> {
  return (await fetch(url, { method: 'POST', headers, body })).text();
}
