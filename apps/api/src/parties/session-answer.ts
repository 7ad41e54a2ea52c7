import type { OpenedSession } from '@evenhand/identity';
import { GetViewer, LoadActor } from '@evenhand/parties';
import { SETTINGS, type Settings } from '@evenhand/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '../graphql';
import { setSessionCookie } from '../http/session-cookie';
import { type SignedInType, toViewer } from './viewer.types';

/** Gives the client its cookie and tells it who it is now. The token itself is never in the answer's body. */
@Injectable()
export class SessionAnswer {
  constructor(
    private readonly loadActor: LoadActor,
    private readonly getViewer: GetViewer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async give(context: RequestContext, session: OpenedSession & { readonly userId: string }): Promise<SignedInType> {
    const secure = this.settings.publicUrl.startsWith('https:');
    setSessionCookie(context.reply, session.token, session.expiresAt, secure);
    const actor = await this.loadActor.forUser(session.userId, null);
    return { viewer: toViewer(await this.getViewer.execute({ actor })), expiresAt: session.expiresAt };
  }
}
