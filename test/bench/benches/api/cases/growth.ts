import type { Measurement } from '../../../bench';
import { contest, timed } from '../../../contest';
import { askAll } from '../asking';
import { CAMPAIGNS } from '../documents';
import type { Stage } from '../stage';

const FEW = 1_000;
const ROUNDS = 7;
const REQUESTS = 150;
const GOAL = 1.3;

/** The first page of campaigns as an influencer sees it, one request after the other, among few and among many. */
export async function* growth(stage: Stage): AsyncGenerator<Measurement> {
  const many = stage.isLarge ? 1_000_000 : 100_000;
  const [small, large] = [await stage.withCampaigns('few', FEW), await stage.withCampaigns('many', many)];
  try {
    const turn = (url: string, message: ReturnType<typeof small.reader.message>) => {
      const messages = Array.from({ length: REQUESTS }, () => message);
      return () => timed(() => askAll(`${url}/graphql`, messages, 1));
    };
    const rates = await contest(
      {
        few: turn(small.url, small.reader.message({ query: CAMPAIGNS })),
        many: turn(large.url, large.reader.message({ query: CAMPAIGNS })),
      },
      ROUNDS,
    );
    yield {
      case: `list of 20 of ${many.toLocaleString('en')} campaigns, of ${FEW.toLocaleString('en')}`,
      value: 1_000 / rates.many,
      unit: 'ms',
      limit: 1_000 / rates.few,
      goal: GOAL,
      better: 'less',
    };
  } finally {
    await small.close();
    await large.close();
  }
}
