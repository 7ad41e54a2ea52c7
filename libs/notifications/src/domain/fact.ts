import type { RecordedEvent } from '@evenhand/kernel';
import type { NotificationKind } from './kinds';

export type Side = 'brand' | 'influencer';

/** Minor units as they are in events. */
export interface AmountOf {
  readonly amountMinor: string;
  readonly currency: string;
}

/** Something that people are to be told, as an event of another context says it. */
export interface Fact {
  readonly kind: NotificationKind;
  /** Of what `KINDS` says the kind is about. */
  readonly objectId: string;
  /** One notification of each person for each key; the same fact may come in several events. */
  readonly key: string;
  /** Null where it was no person, or nobody says. */
  readonly doneBy: string | null;
  readonly parties: Readonly<Partial<Record<'brand' | 'influencer' | 'agency' | 'party', string>>>;
  /** Which of both sides is told, for kinds that tell one of them. */
  readonly toldSide?: Side;
  /** The one of the party who is told, for kinds that tell one person alone. */
  readonly personId?: string;
  readonly campaignId: string | null;
  readonly dealId: string | null;
  /** As somebody called what it is about. */
  readonly name?: string;
  readonly amount?: AmountOf;
  /** ISO 8601. */
  readonly date?: string;
  /** How many things of the kind it tells of. */
  readonly count: number;
  /** Nobody is told before; unsaid, at once. */
  readonly notBefore?: Date;
}

/** The facts of an event of one type. */
export type FactsOf = (event: RecordedEvent) => readonly Fact[];

type Told = Pick<Fact, 'kind'> & Partial<Fact>;

/** A fact with what most have in common read from the payload; `told` says what is its own. */
export function factOf({ eventId, subjectId, payload }: RecordedEvent, told: Told): Fact {
  const id = (field: string) => textIn(payload, field);
  const [brand, influencer, agency] = [id('brandId'), id('influencerId'), id('agencyId')];
  return {
    objectId: subjectId,
    key: `event:${eventId}:${told.kind}`,
    doneBy: personIn(payload),
    parties: { ...(brand && { brand }), ...(influencer && { influencer }), ...(agency && { agency }) },
    campaignId: id('campaignId'),
    dealId: id('dealId'),
    count: 1,
    ...told,
  };
}

export function textIn(payload: RecordedEvent['payload'], field: string): string | null {
  const value = payload[field];
  return typeof value === 'string' ? value : null;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `by` names a job where no person did it. */
function personIn(payload: RecordedEvent['payload']): string | null {
  const by = textIn(payload, 'by');
  return by !== null && UUID.test(by) ? by : null;
}
