import {
  DiscardFile,
  OpenFile,
  RemoveUnattachedFiles,
  RequestChanges,
  StoreFile,
  SubmitDeliverable,
} from '@evenhand/deals';
import { systemActor } from '@evenhand/kernel';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runningDeal } from '../completed-deal';
import { everyKind } from '../deal-samples';
import type { DealWorld, Someone } from '../deal-world';
import { piecesOf, SAMPLES } from './sample-files';

/** A brand, an influencer and her agency in a world of deals, and what they do with files. */
export async function filesWorld(world: DealWorld) {
  const brand = await world.signUpBrand();
  const influencer = await world.signUpInfluencer();
  const agency = await world.signUpAgency();
  const { mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));

  return {
    brand,
    influencer,
    agency,
    mandateId,
    newDeal: () => runningDeal(world, brand, influencer),
    deliverableOf: async (dealId: string) => (await world.deal(brand, dealId)).deliverables[0]?.id ?? '',

    store: async (
      who: Someone,
      dealId: string,
      bytes: Buffer | AsyncIterable<Uint8Array> = SAMPLES.png,
      name = 'a.png',
    ) => {
      const actor = await world.actor(who);
      const pieces = Buffer.isBuffer(bytes) ? piecesOf(bytes) : bytes;
      return world.get(StoreFile).execute({ actor, dealId, name, declaredBytes: null, bytes: pieces });
    },

    submit: async (who: Someone, deliverableId: string, fileIds: readonly string[]) => {
      const actor = await world.actor(who);
      return world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: '#广告', mediaUrls: [], fileIds });
    },

    sendBack: async (deliverableId: string): Promise<void> => {
      const actor = await world.actor(brand);
      await world.get(RequestChanges).execute({ actor, deliverableId, feedback: 'Brighter' });
    },

    open: async (who: Someone, fileId: string) =>
      world.get(OpenFile).execute({ actor: await world.actor(who), fileId }),

    discard: async (who: Someone, fileId: string) =>
      world.get(DiscardFile).execute({ actor: await world.actor(who), fileId }),

    removeUnattached: () => world.get(RemoveUnattachedFiles).execute({ now: world.clock.now(), limit: 1_000 }),

    rowsOf: async (dealId: string): Promise<number> => {
      const statement = 'select count(*)::integer as n from deals.files where deal_id = $1';
      return Number((await world.sql(systemActor('test'), statement, [dealId]))[0]?.['n']);
    },

    /** The name of every file on the disk, drafts among them. */
    filesOnDisk: (): readonly string[] => {
      const folder = join(world.dataDirectory, 'files');
      if (!existsSync(folder)) return [];
      const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
      return entries.flatMap((one) => (one.isFile() ? [one.name] : []));
    },
  };
}
