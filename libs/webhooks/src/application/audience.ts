import { Clock, type Transaction } from '@evenhand/kernel';
import { MandateDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { Endpoint } from '../domain/endpoint';
import { isWanted } from '../domain/event-types';
import { EndpointRepository } from './endpoint-repository';
import type { PublicEvent } from './public-events';

/** An endpoint that wants an event, and the influencer for whom its party may know of it; null where it is its own. */
export interface Listener {
  readonly endpoint: Endpoint;
  readonly representedId: string | null;
}

/** Who is told of events: their parties, and the agencies that represent these at this moment. */
@Injectable()
export class Audience {
  constructor(
    private readonly clock: Clock,
    private readonly mandates: MandateDirectory,
    private readonly endpoints: EndpointRepository,
  ) {}

  /** Keyed by event; needs the system's rights. Where `lock` is said, the endpoints stay enabled in the transaction. */
  async listenersOf(
    tx: Transaction,
    events: readonly PublicEvent[],
    options: { readonly lock: boolean },
  ): Promise<ReadonlyMap<string, readonly Listener[]>> {
    const parties = [...new Set(events.flatMap(({ partyIds }) => partyIds))];
    const agencies = await this.mandates.agenciesOf(tx, parties, this.clock.now());
    const everybody = [...new Set([...parties, ...[...agencies.values()].flat()])];
    const endpoints = await this.endpoints.enabledOf(tx, everybody, options);
    return new Map(events.map((event) => [event.eventId, endpoints.flatMap((it) => listenerOf(it, event, agencies))]));
  }
}

function listenerOf(
  endpoint: Endpoint,
  event: PublicEvent,
  agencies: ReadonlyMap<string, readonly string[]>,
): readonly Listener[] {
  if (!isWanted(endpoint.eventTypes, event.type)) return [];
  if (event.partyIds.includes(endpoint.partyId)) return [{ endpoint, representedId: null }];
  const representedId = event.partyIds.find((id) => agencies.get(id)?.includes(endpoint.partyId));
  return representedId === undefined ? [] : [{ endpoint, representedId }];
}
