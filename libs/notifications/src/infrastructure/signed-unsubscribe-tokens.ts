import { isUuid } from '@evenhand/kernel';
import { KeyedDigest } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { type Unsubscription, UnsubscribeTokens } from '../application/unsubscribe-tokens';
import { type Group, GROUPS } from '../domain/kinds';

const PURPOSE = 'unsubscribe';

/** `<user>~<group>~<digest of both>`; keys that are still kept after a rotation are good for old e-mails. */
@Injectable()
export class SignedUnsubscribeTokens extends UnsubscribeTokens {
  constructor(private readonly digest: KeyedDigest) {
    super();
  }

  override make({ userId, group }: Unsubscription): string {
    const [signature = ''] = this.digest.tokensOf(`${userId} ${group}`, PURPOSE);
    return [userId, group, signature].join('~');
  }

  override read(token: string): Unsubscription | null {
    const [userId = '', group = '', signature = '', ...more] = token.split('~');
    if (more.length > 0 || !isUuid(userId) || !isGroup(group) || group === 'security') return null;
    const isSigned = this.digest.tokensOf(`${userId} ${group}`, PURPOSE).some((one) => isSame(one, signature));
    return isSigned ? { userId, group } : null;
  }
}

function isGroup(text: string): text is Group {
  return GROUPS.some((group) => group === text);
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
