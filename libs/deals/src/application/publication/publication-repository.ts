import type { Transaction } from '@evenhand/kernel';
import type { Publication } from '../../domain/publication/publication';
import type { Deal } from '../deal';

/** Posts of deliverables, under the rights that apply in the transaction. */
export abstract class PublicationRepository {
  /** Throws LiveUrlAlreadyUsed, LivestreamsOverlap. */
  abstract add(tx: Transaction, deal: Deal, deliverableId: string, publication: Publication): Promise<void>;
  abstract saveConfirmation(tx: Transaction, deliverableId: string, at: Date): Promise<void>;
  abstract savePlannedStart(tx: Transaction, deliverableId: string, plannedStart: Date): Promise<void>;
  /** Of two acceptances the later one counts. */
  abstract acceptMinutes(tx: Transaction, deal: Deal, deliverableId: string, minutes: number, at: Date): Promise<void>;
}
