import { sessionFromJson, type StoredSession } from '@evenhand/identity';
import { SystemCalls } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type Rights, RightsReader, type SessionRights } from '../application/load-actor';

interface StoredSessionRights {
  readonly session: StoredSession | null;
  readonly rights: Rights | null;
}

@Injectable()
export class SqlRightsReader extends RightsReader {
  constructor(private readonly calls: SystemCalls) {
    super();
  }

  override async rightsOfSession(tokenDigest: Buffer, at: Date): Promise<SessionRights | null> {
    const call = 'parties.rights_of_session($1, $2)';
    const found = await this.calls.call('parties.rights_of_session', call, [tokenDigest, at]);
    const { session, rights } = found as StoredSessionRights;
    return session === null || rights === null ? null : { session: sessionFromJson(session), rights };
  }

  override async rightsOf(userId: string, at: Date): Promise<Rights | null> {
    return (await this.calls.call('parties.rights_of', 'parties.rights_of($1, $2)', [userId, at])) as Rights | null;
  }
}
