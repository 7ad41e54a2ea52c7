import { UserProfiles } from '@evenhand/identity';
import {
  type Actor,
  cursorOf,
  hasStaffRole,
  isBigint,
  isFinance,
  NotFound,
  ownPartyIds,
  type Page,
  pageOf,
  type PageRequest,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { PartyDirectory, type PartyName } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { AuditedObject, AuditEntry } from '../domain/audit-entry';
import { AuditLog } from './audit-log';

/** An entry as it is shown to a reader. */
export interface AuditEntryView {
  readonly entry: AuditEntry;
  /** The person's name, or that of the job or command. Null where the person is of another party and the reader no staff. */
  readonly actorName: string | null;
  /** Where the name is known to the reader. */
  readonly apiKeyId: string | null;
  readonly actingParty: PartyName | null;
}

export interface ListAuditLogQuery {
  readonly actor: Actor;
  readonly objects: readonly AuditedObject[];
  /** The same of each object. */
  readonly page: PageRequest;
}

/**
 * A page of the log of each of these objects, newest entry first, in as many statements as for one. Each entry says whom it
 * concerns, and row-level security shows it to them: members of those parties, agencies while they hold the influencer's
 * mandate, operators, and finance where money is concerned. Throws Unauthenticated, InvalidInput for a cursor that is not ours.
 */
@Injectable()
export class ListAuditLog {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly log: AuditLog,
    private readonly users: UserProfiles,
    private readonly parties: PartyDirectory,
  ) {}

  /** In the order of `objects`; an object of which the actor may read nothing has an empty page. */
  async execute({ actor, objects, page }: ListAuditLogQuery): Promise<readonly Page<AuditEntryView>[]> {
    requirePerson(actor);
    const [number] = cursorOf(page, [isBigint]) ?? [];
    const before = number === undefined ? null : BigInt(number);
    return this.uow.read(actor, async (tx) => {
      const pages = await this.log.pagesOf(tx, objects, page.first + 1, before);
      const view = await this.viewFor(
        tx,
        actor,
        pages.flatMap(({ entries }) => entries),
      );
      return pages.map(({ entries, totalCount }) =>
        pageOf(entries.map(view), page, totalCount, ({ entry }) => [String(entry.entryId)]),
      );
    });
  }

  /** The names of all entries, however many, in two queries. */
  private async viewFor(tx: Transaction, reader: Actor, entries: readonly AuditEntry[]) {
    const known = entries.filter((entry) => knowsActor(reader, entry));
    const users = await this.users.profilesOf(tx, distinct(known.map(({ actorUserId }) => actorUserId)));
    const parties = await this.parties.namesOf(tx, distinct(entries.map(({ actingPartyId }) => actingPartyId)));
    return (entry: AuditEntry): AuditEntryView => {
      const isKnown = knowsActor(reader, entry);
      const person = isKnown && entry.actorUserId !== null ? users.get(entry.actorUserId)?.displayName : null;
      return {
        entry,
        actorName: entry.actorName ?? person ?? null,
        apiKeyId: isKnown ? entry.apiKeyId : null,
        actingParty: (entry.actingPartyId === null ? null : parties.get(entry.actingPartyId)) ?? null,
      };
    };
  }
}

/** The log of one object. Throws NotFound where the actor may read nothing of it. */
@Injectable()
export class GetAuditLog {
  constructor(private readonly list: ListAuditLog) {}

  async execute(query: {
    readonly actor: Actor;
    readonly object: AuditedObject;
    readonly page: PageRequest;
  }): Promise<Page<AuditEntryView>> {
    const { actor, object, page } = query;
    const [found] = await this.list.execute({ actor, objects: [object], page });
    if (found === undefined || found.totalCount === 0) throw new NotFound('Object');
    return found;
  }
}

/** Who of another party's people did something is that party's own matter; who acted for the platform is staff's. */
function knowsActor(reader: Actor, { actorUserId, actingPartyId }: AuditEntry): boolean {
  if (reader.kind !== 'person' || actorUserId === null) return false;
  if (hasStaffRole(reader, 'operator') || isFinance(reader) || reader.userId === actorUserId) return true;
  return actingPartyId !== null && ownPartyIds(reader).includes(actingPartyId);
}

function distinct(ids: readonly (string | null)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
