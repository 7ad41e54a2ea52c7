import { Clock, IdGenerator, UnitOfWork } from '@evenhand/kernel';
import { PartiesModule } from '@evenhand/parties';
import { type FactoryProvider, Module } from '@nestjs/common';
import { ResealSecrets, SealedSecrets } from './application/reseal-secrets';
import { SqlSealedSecrets } from './infrastructure/sql-sealed-secrets';
import { Audience } from './application/audience';
import {
  DeleteEndpoint,
  DisableEndpoint,
  EnableEndpoint,
  RotateEndpointSecret,
  UpdateEndpoint,
} from './application/change-endpoint';
import { DeliverMessages } from './application/deliver-messages';
import { EndpointAccess } from './application/endpoint-access';
import { EndpointRepository } from './application/endpoint-repository';
import { ForgetMessages, WatchMessages } from './application/keep-messages';
import { MessageSender } from './application/message-sender';
import { MessageStore } from './application/message-store';
import { PublicEvents } from './application/public-events';
import { QueueMessagesWhenEventRecorded } from './application/queue-messages-when-event-recorded.handler';
import { ListEndpoints, ListMessages } from './application/read-endpoints';
import { RegisterEndpoint } from './application/register-endpoint';
import { ReplayFailedMessages, ReplayMessages } from './application/replay-messages';
import { SendTestEvent } from './application/send-test-event';
import { HttpMessageSender } from './infrastructure/http-message-sender';
import { OutboxPublicEvents, RECORDED_TYPES } from './infrastructure/outbox-public-events';
import { DnsNameLookup, NameLookup, PublicAddresses } from './infrastructure/public-addresses';
import { SqlEndpointRepository } from './infrastructure/sql-endpoint-repository';
import { SqlMessageStore } from './infrastructure/sql-message-store';

const USE_CASES = [
  ResealSecrets,
  RegisterEndpoint,
  UpdateEndpoint,
  RotateEndpointSecret,
  DisableEndpoint,
  EnableEndpoint,
  DeleteEndpoint,
  ListEndpoints,
  ListMessages,
  ReplayMessages,
  ReplayFailedMessages,
  SendTestEvent,
  DeliverMessages,
  WatchMessages,
  ForgetMessages,
];

/** A handler hears one type of event; this is the same one for each. */
const HANDLERS = RECORDED_TYPES.map((eventType): FactoryProvider<QueueMessagesWhenEventRecorded> => ({
  provide: `queue messages when ${eventType}`,
  inject: [UnitOfWork, Clock, IdGenerator, PublicEvents, Audience, MessageStore],
  useFactory: (
    uow: UnitOfWork,
    clock: Clock,
    ids: IdGenerator,
    events: PublicEvents,
    audience: Audience,
    messages: MessageStore,
  ) => new QueueMessagesWhenEventRecorded(eventType, uow, clock, ids, events, audience, messages),
}));

/** Outgoing webhooks: who wants to be told of events, and the messages that tell them. */
@Module({
  imports: [PartiesModule],
  providers: [
    ...USE_CASES,
    ...HANDLERS,
    Audience,
    EndpointAccess,
    PublicAddresses,
    { provide: SealedSecrets, useClass: SqlSealedSecrets },
    { provide: NameLookup, useClass: DnsNameLookup },
    { provide: EndpointRepository, useClass: SqlEndpointRepository },
    { provide: MessageStore, useClass: SqlMessageStore },
    { provide: MessageSender, useClass: HttpMessageSender },
    { provide: PublicEvents, useClass: OutboxPublicEvents },
  ],
  exports: [...USE_CASES],
})
export class WebhooksModule {}
