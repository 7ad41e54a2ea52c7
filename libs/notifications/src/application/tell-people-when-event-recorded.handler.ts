import { OutboxHandler, type RecordedEvent, systemActor, UnitOfWork } from '@evenhand/kernel';
import { factsOf } from '../domain/facts';
import { TellPeople } from './tell-people';

const ACTOR = systemActor('tell people when event recorded');

/** An event of another context becomes notifications of those whom it concerns. */
export class TellPeopleWhenEventRecorded extends OutboxHandler {
  readonly name = 'tell-people-when-event-recorded';

  constructor(
    readonly eventType: string,
    private readonly uow: UnitOfWork,
    private readonly tellPeople: TellPeople,
  ) {
    super();
  }

  override async handle(event: RecordedEvent): Promise<void> {
    await this.uow.run(ACTOR, async (tx) => {
      for (const fact of factsOf(event)) await this.tellPeople.execute(tx, fact);
    });
  }
}
