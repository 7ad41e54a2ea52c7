import { type AuditEntryView, ListAuditLog } from '@evenhand/audit';
import { type Actor, groupBy, type Page, type PageRequest } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { fromAnyGlobalId, LoaderPerActor, toConnection } from '../graphql';
import { toAuditEntry } from './audit.mapper';
import type { AuditEntryConnection } from './audit.types';

interface Wanted {
  readonly objectId: string;
  readonly page: PageRequest;
}

/** Logs of the objects of a list; all that are asked for at the same moment are loaded at once. */
@Injectable()
export class AuditLogOf {
  private readonly pages = new LoaderPerActor<Wanted, Page<AuditEntryView>>((actor, wanted) =>
    this.load(actor, wanted),
  );

  constructor(private readonly list: ListAuditLog) {}

  async pageOf(actor: Actor, objectId: string, { first, after }: PageRequest): Promise<AuditEntryConnection> {
    return toConnection(await this.pages.load(actor, { objectId, page: { first, after } }), toAuditEntry);
  }

  /** One query for each page that is asked for, which is one unless a document asks for several by aliases. */
  private async load(actor: Actor, wanted: readonly Wanted[]): Promise<readonly Page<AuditEntryView>[]> {
    const found = new Map<Wanted, Page<AuditEntryView>>();
    for (const alike of groupBy(wanted, ({ page }) => JSON.stringify([page.first, page.after])).values()) {
      const [{ page } = { page: { first: 0, after: null } }] = alike;
      const objects = alike.map(({ objectId }) => {
        const { prefix, uuid } = fromAnyGlobalId(objectId);
        return { kind: prefix, id: uuid };
      });
      for (const [place, one] of (await this.list.execute({ actor, objects, page })).entries()) {
        const asked = alike[place];
        if (asked) found.set(asked, one);
      }
    }
    return wanted.map((one) => found.get(one) ?? { rows: [], totalCount: 0, hasNextPage: false });
  }
}
