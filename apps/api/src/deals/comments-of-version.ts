import { type CommentView, ListComments, type VersionKey } from '@evenhand/deals';
import type { Actor, Page, PageRequest } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PagesPerActor } from '../graphql';

/** Comments on versions; all that are asked for at the same moment are read at once. */
@Injectable()
export class CommentsOfVersion {
  private readonly pages = new PagesPerActor<VersionKey, CommentView>((actor, versions, page) =>
    this.list.execute({ actor, versions, page }),
  );

  constructor(private readonly list: ListComments) {}

  pageOf(actor: Actor, version: VersionKey, page: PageRequest): Promise<Page<CommentView>> {
    return this.pages.load(actor, version, page);
  }
}
