import { type Actor, InvalidInput, InvalidTransition } from '@evenhand/kernel';
import {
  CloseSource,
  type FailedDelivery,
  ListFailedDeliveries,
  ListSources,
  OpenSource,
  RetryDeliveries,
  RotateSourceSecret,
  type SalesSource,
  SourceNameTaken,
  type SourceWithNewSecret,
} from '@evenhand/sales';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection, toGlobalId } from '../graphql';
import {
  CloseSalesSourceInput,
  FailedDeliveriesArgs,
  OpenSalesSourceInput,
  RetryDeliveriesInput,
  RotateSourceSecretInput,
  SalesSourcesArgs,
} from './sources.inputs';
import {
  FailedDeliveryConnection,
  type FailedDeliveryType,
  RetriedDeliveriesType,
  SalesSourceType,
  SourceSecretSuccess,
} from './sources.types';

const OpenSalesSourceResult = resultUnion('OpenSalesSourceResult', () => SourceSecretSuccess, [
  SourceNameTaken,
  InvalidInput,
]);
const RotateSourceSecretResult = resultUnion('RotateSourceSecretResult', () => SourceSecretSuccess, [
  InvalidInput,
  InvalidTransition,
]);

@Resolver()
export class SalesSourcesResolver {
  constructor(
    private readonly openSource: OpenSource,
    private readonly rotateSecret: RotateSourceSecret,
    private readonly closeSource: CloseSource,
    private readonly listSources: ListSources,
    private readonly listFailed: ListFailedDeliveries,
    private readonly retryDeliveriesOf: RetryDeliveries,
  ) {}

  @Mutation(() => OpenSalesSourceResult.type, { description: 'Opens a source of webhooks for a brand.' })
  openSalesSource(@CurrentActor() actor: Actor, @Input() input: OpenSalesSourceInput) {
    return OpenSalesSourceResult.of(async () => {
      const { name, format, secret } = input;
      const brandId = fromGlobalId('party', input.brandId);
      return withSecret(await this.openSource.execute({ actor, brandId, name, format, secret }));
    });
  }

  @Mutation(() => RotateSourceSecretResult.type, {
    description: 'Gives a source a new secret; the one before it is valid for another 24 hours.',
  })
  rotateSourceSecret(@CurrentActor() actor: Actor, @Input() { sourceId, secret }: RotateSourceSecretInput) {
    return RotateSourceSecretResult.of(async () =>
      withSecret(await this.rotateSecret.execute({ actor, sourceId: fromGlobalId('source', sourceId), secret })),
    );
  }

  @Mutation(() => SalesSourceType, {
    description: 'Refuses the webhooks of a source from now on; what came before is kept.',
  })
  async closeSalesSource(
    @CurrentActor() actor: Actor,
    @Input() { sourceId }: CloseSalesSourceInput,
  ): Promise<SalesSourceType> {
    return toSource(await this.closeSource.execute({ actor, sourceId: fromGlobalId('source', sourceId) }));
  }

  @Mutation(() => RetriedDeliveriesType, { description: 'Lets webhooks that failed be tried again.' })
  retryDeliveries(@CurrentActor() actor: Actor, @Input() input: RetryDeliveriesInput): Promise<RetriedDeliveriesType> {
    const brandId = fromGlobalId('party', input.brandId);
    const deliveryIds = input.deliveryIds.map((id) => fromGlobalId('delivery', id));
    return this.retryDeliveriesOf.execute({ actor, brandId, deliveryIds });
  }

  @Query(() => [SalesSourceType], { description: 'The sources of a brand’s webhooks, by name.' })
  async salesSources(@CurrentActor() actor: Actor, @Args() { brandId }: SalesSourcesArgs): Promise<SalesSourceType[]> {
    const sources = await this.listSources.execute({ actor, brandId: fromGlobalId('party', brandId) });
    return sources.map(toSource);
  }

  @Query(() => FailedDeliveryConnection, {
    description: 'Webhooks of a brand that could not be taken in and wait for a person, newest first.',
  })
  async failedDeliveries(
    @CurrentActor() actor: Actor,
    @Args() { brandId, ...page }: FailedDeliveriesArgs,
  ): Promise<FailedDeliveryConnection> {
    const listed = await this.listFailed.execute({ actor, brandId: fromGlobalId('party', brandId), page });
    return toConnection(listed, toFailedDelivery);
  }
}

function withSecret({ source, secret }: SourceWithNewSecret): SourceSecretSuccess {
  return { source: toSource(source), secret };
}

function toSource({ sourceId, brandId, name, format, createdAt, closedAt }: SalesSource): SalesSourceType {
  const id = toGlobalId('source', sourceId);
  const path = `/webhooks/sales/${id}`;
  return { id, brandId: toGlobalId('party', brandId), name, format, path, createdAt, closedAt };
}

function toFailedDelivery(delivery: FailedDelivery): FailedDeliveryType {
  const { messageId, topic, attempts, reason, receivedAt } = delivery;
  const [id, sourceId] = [toGlobalId('delivery', delivery.deliveryId), toGlobalId('source', delivery.sourceId)];
  return { id, sourceId, messageId, topic, attempts, reason, receivedAt };
}
